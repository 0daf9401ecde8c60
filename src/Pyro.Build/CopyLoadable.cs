using System.Text;
using Microsoft.Build.Framework;

namespace Pyro.Build;

/// <summary>
/// Copies a native library so that this system can load it: where the system's C++ library lacks a version that the copy needs for a symbol
/// that does nothing, the need is marked weak. The source, which may be in the package cache, is only read.
/// </summary>
/// <remarks>
/// libLibTorchSharp.so needs GLIBCXX_3.4.32 for std::ios_base_library_init alone, which is empty: it exists to state that version. Without the
/// mark the dynamic loader refuses the library on Debian 12 and Ubuntu 22.04.
/// </remarks>
public sealed class CopyLoadable : Microsoft.Build.Utilities.Task
{
    private static readonly string[] SystemFolders =
        ["/usr/lib/x86_64-linux-gnu", "/lib/x86_64-linux-gnu", "/usr/lib64", "/lib64", "/usr/lib", "/lib"];

    /// <summary>The library, as its package has it.</summary>
    [Required]
    public string Source { get; set; } = "";

    /// <summary>The copy: written beside itself and renamed, so that builds that run together cannot disturb one another.</summary>
    [Required]
    public string Destination { get; set; } = "";

    /// <summary>The version whose need is marked weak, such as GLIBCXX_3.4.32.</summary>
    [Required]
    public string Version { get; set; } = "";

    /// <summary>
    /// Whether the mark is set: <c>auto</c>, where this system lacks the version; <c>always</c>, for a publish that runs on an older system
    /// than it is built on; <c>never</c>.
    /// </summary>
    public string Mark { get; set; } = "auto";

    /// <inheritdoc/>
    public override bool Execute()
    {
        bool marks;
        switch (Mark)
        {
            case "always":
                marks = true;
                break;
            case "never":
                marks = false;
                break;
            case "auto":
                marks = SystemLibrary() is { } system && !Contains(File.ReadAllBytes(system), Version);
                break;
            default:
                Log.LogError($"TorchMarkVersionNeedWeak is '{Mark}'. Set it to auto, always or never.");
                return false;
        }
        try
        {
            Copy(marks);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Log.LogError($"{Source} cannot be copied to {Destination}: {failure.Message}");
            return false;
        }
    }

    private void Copy(bool marks)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(Destination))!);
        var part = $"{Destination}.{Guid.NewGuid():N}";
        try
        {
            // A copy keeps the mode; its bytes are replaced.
            File.Copy(Source, part);
            if (marks)
            {
                var bytes = File.ReadAllBytes(part);
                if (ElfVersionNeeds.MarkWeak(bytes, Version))
                {
                    File.WriteAllBytes(part, bytes);
                    Log.LogMessage(MessageImportance.High, $"{Path.GetFileName(Destination)}: its need of {Version}, which this system lacks, is marked weak in the copy.");
                }
            }
            File.Delete(Destination);
            File.Move(part, Destination);
        }
        catch (IOException) when (File.Exists(Destination))
        {
            // Another build was faster with the same bytes.
        }
        finally
        {
            File.Delete(part);
        }
    }

    private static string? SystemLibrary() => SystemFolders.Select(folder => Path.Combine(folder, "libstdc++.so.6")).FirstOrDefault(File.Exists);

    private static bool Contains(byte[] file, string version)
    {
        // Names of versions end with a zero: GLIBCXX_3.4.3 is not GLIBCXX_3.4.32.
        ReadOnlySpan<byte> name = Encoding.ASCII.GetBytes(version + "\0");
        return file.AsSpan().IndexOf(name) >= 0;
    }
}
