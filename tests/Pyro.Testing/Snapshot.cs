using System.Runtime.CompilerServices;

namespace Pyro.Testing;

/// <summary>
/// Holds text against a file beside the test, NAME.verified.EXT. A difference writes NAME.received.EXT and fails; taking it over is renaming it.
/// </summary>
public static class Snapshot
{
    /// <summary>Compares the text with the snapshot.</summary>
    /// <param name="text">What the test produced.</param>
    /// <param name="name">The snapshot's name.</param>
    /// <param name="extension">The file's extension without a dot.</param>
    /// <param name="test">The test's file; filled in by the compiler.</param>
    public static void Verify(string text, string name, string extension, [CallerFilePath] string test = "")
    {
        var stem = Path.Combine(Path.GetDirectoryName(test)!, $"{Path.GetFileNameWithoutExtension(test)}.{name}");
        Compare(text, $"{stem}.verified.{extension}", $"{stem}.received.{extension}");
    }

    /// <summary>Compares the text with a document that tests write, and leaves NAME.received.EXT beside it.</summary>
    /// <param name="text">What the document has to say.</param>
    /// <param name="path">The document.</param>
    public static void Document(string text, string path) => Compare(text, path, Path.ChangeExtension(path, ".received" + Path.GetExtension(path)));

    private static void Compare(string text, string verified, string received)
    {
        var expected = File.Exists(verified) ? File.ReadAllText(verified) : "";
        if (Normal(expected) == Normal(text))
        {
            File.Delete(received);
            return;
        }
        File.WriteAllText(received, text);
        throw new InvalidOperationException($"{Path.GetFileName(verified)} differs; see {Path.GetFileName(received)}, and rename it to take it over.");
    }

    private static string Normal(string text) => text.Replace("\r\n", "\n").Trim();
}
