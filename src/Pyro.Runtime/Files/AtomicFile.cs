namespace Pyro.Files;

/// <summary>Files that are whole or as they were.</summary>
internal static class AtomicFile
{
    /// <summary>Writes a file beside the one that is meant, hands it to the disk and renames it. Whatever fails before the last step leaves the old file as it was.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes its content.</param>
    public static void Write(string path, Action<Stream> write)
    {
        path = Path.GetFullPath(path);
        var beside = $"{path}.{Environment.ProcessId}.{Guid.NewGuid():N}.part";
        try
        {
            using (var stream = new FileStream(beside, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(beside, path, overwrite: true);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    }

    /// <summary>Deletes what processes that were killed have left beside a file.</summary>
    /// <param name="path">The file.</param>
    public static void DeleteParts(string path)
    {
        path = Path.GetFullPath(path);
        foreach (var part in Directory.EnumerateFiles(Path.GetDirectoryName(path)!, $"{Path.GetFileName(path)}.*.part"))
            File.Delete(part);
    }
}
