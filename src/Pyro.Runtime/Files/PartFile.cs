using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Pyro.Files;

/// <summary>A file that is being written beside the one that is meant: its name says by which process.</summary>
internal sealed class PartFile
{
    private const string Extension = ".part";
    private const int Identifier = 32;

    // Clocks and file systems do not tell times more exactly; in doubt a file stays.
    private static readonly TimeSpan s_doubt = TimeSpan.FromMinutes(1);

    private readonly string _path;
    private readonly int _process;

    private PartFile(string path, int process) => (_path, _process) = (path, process);

    /// <summary>
    /// Whether a process that is alive may be writing it: there is one of that number, and it was started before the file was last written. Numbers are given again.
    /// </summary>
    public bool IsBeingWritten
    {
        get
        {
            try
            {
                using var process = Process.GetProcessById(_process);
                return process.StartTime.ToUniversalTime() <= File.GetLastWriteTimeUtc(_path) + s_doubt;
            }
            catch (ArgumentException)
            {
                return false;
            }
            catch (Exception failure) when (failure is InvalidOperationException or Win32Exception or NotSupportedException)
            {
                // It is there, and does not say since when; or it has just ended, and the next start will see that.
                return true;
            }
        }
    }

    /// <summary>A name for what this process writes beside a file.</summary>
    public static string NameFor(string path) => string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}.{Guid.NewGuid():N}{Extension}");

    /// <summary>Reads a name; null for one that <see cref="NameFor"/> does not give for that path.</summary>
    public static PartFile? Read(string name, string path)
    {
        if (!name.StartsWith(path, StringComparison.Ordinal) || !name.EndsWith(Extension, StringComparison.Ordinal) || name.Length < path.Length + Extension.Length)
            return null;
        return name[path.Length..^Extension.Length].Split('.') is ["", var process, { Length: Identifier } identifier]
            && int.TryParse(process, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && Guid.TryParseExact(identifier, "N", out _)
            ? new PartFile(name, number)
            : null;
    }

    /// <summary>Deletes it, unless somebody has it open: a process in another container is not seen here, and what it has open is.</summary>
    public void Delete()
    {
        try
        {
            using var only = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It stays, as does what was in it.
        }
    }
}
