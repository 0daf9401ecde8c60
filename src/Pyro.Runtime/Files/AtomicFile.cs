namespace Pyro.Files;

/// <summary>Files that are whole or as they were.</summary>
internal static class AtomicFile
{
    /// <summary>
    /// Writes a file beside the one that is meant, hands it to the disk and renames it. Whatever fails before the last step leaves the old file as it was. What a
    /// link leads to is written, not the link, and the new file may be read by those who might read the old one.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes its content.</param>
    public static void Write(string path, Action<Stream> write)
    {
        path = Target(path);
        var beside = PartFile.NameFor(path);
        try
        {
            using (var stream = new FileStream(beside, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16))
            {
                KeepMode(path, stream);
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
        path = Target(path);
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(path)!))
            if (PartFile.Read(file, path) is { IsBeingWritten: false } part)
                part.Delete();
    }

    // Before anything stands in it.
    private static void KeepMode(string path, FileStream stream)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(path))
            return;
        var mode = File.GetUnixFileMode(path);
        if (mode != File.GetUnixFileMode(stream.SafeFileHandle))
            File.SetUnixFileMode(stream.SafeFileHandle, mode);
    }

    private static string Target(string path)
    {
        var file = new FileInfo(path);
        return file.LinkTarget is null ? file.FullName : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
    }
}
