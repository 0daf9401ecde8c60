namespace Pyro.Analyzers.Tests.Catalogue;

/// <summary>Files of the repository, for tests that hold documents against code.</summary>
internal static class Repository
{
    private static readonly string _root = Find(new DirectoryInfo(AppContext.BaseDirectory));

    public static string Path(string path) => System.IO.Path.Combine(_root, path);

    public static string Read(string path) => File.ReadAllText(Path(path));

    public static IEnumerable<string> Names(string folder, string pattern) =>
        Directory.EnumerateFiles(Path(folder), pattern).Select(path => System.IO.Path.GetFileNameWithoutExtension(path));

    public static IEnumerable<string> Texts(string folder, string pattern) =>
        Directory.EnumerateFiles(Path(folder), pattern).Order(StringComparer.Ordinal).Select(File.ReadAllText);

    private static string Find(DirectoryInfo folder) => File.Exists(System.IO.Path.Combine(folder.FullName, "ProbCompiler.sln"))
        ? folder.FullName
        : Find(folder.Parent ?? throw new DirectoryNotFoundException("No ProbCompiler.sln above the tests."));
}
