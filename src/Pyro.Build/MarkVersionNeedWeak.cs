using Microsoft.Build.Framework;

namespace Pyro.Build;

/// <summary>
/// Copies a shared object and marks its need of a version weak in the copy, so that the dynamic loader takes it where the version is missing.
/// The source, which may be in the package cache, is only read.
/// </summary>
/// <remarks>
/// libLibTorchSharp.so needs GLIBCXX_3.4.32 for std::ios_base_library_init alone, which is empty: it exists to state that version. Without the
/// mark the dynamic loader refuses the library on Debian 12 and Ubuntu 22.04.
/// </remarks>
public sealed class MarkVersionNeedWeak : Microsoft.Build.Utilities.Task
{
    /// <summary>The shared object, as its package has it.</summary>
    [Required]
    public string Source { get; set; } = "";

    /// <summary>The copy. One that is there stays.</summary>
    [Required]
    public string Destination { get; set; } = "";

    /// <summary>The version, such as GLIBCXX_3.4.32.</summary>
    [Required]
    public string Version { get; set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        try
        {
            var file = File.ReadAllBytes(Source);
            if (ElfVersionNeeds.MarkWeak(file, Version))
                Log.LogMessage($"{Destination}: the need of {Version} is marked weak.");
            Write(file);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            Log.LogError($"{Source} cannot be copied to {Destination} for systems without {Version}: {failure.Message}");
            return false;
        }
    }

    // Written beside the destination and renamed: a build that runs at the same time sees the whole file or none.
    private void Write(byte[] file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(Destination))!);
        var part = $"{Destination}.{Guid.NewGuid():N}";
        try
        {
            File.WriteAllBytes(part, file);
            File.Move(part, Destination);
        }
        catch (IOException) when (File.Exists(Destination))
        {
            // Another build has written the same bytes.
        }
        finally
        {
            File.Delete(part);
        }
    }
}
