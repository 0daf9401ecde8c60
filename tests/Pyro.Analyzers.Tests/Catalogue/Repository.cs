namespace Pyro.Analyzers.Tests.Catalogue;

/// <summary>Files of the repository, for tests that hold documents against code.</summary>
internal static class Repository
{
    private static readonly string _root = Find(new DirectoryInfo(AppContext.BaseDirectory));

    public static string Read(string path) => File.ReadAllText(Path.Combine(_root, path));

    public static IEnumerable<string> Names(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(_root, folder), pattern).Select(path => Path.GetFileNameWithoutExtension(path));

    public static IEnumerable<string> Texts(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(_root, folder), pattern).Order(StringComparer.Ordinal).Select(File.ReadAllText);

    private static string Find(DirectoryInfo folder) => File.Exists(Path.Combine(folder.FullName, "ProbCompiler.sln"))
        ? folder.FullName
        : Find(folder.Parent ?? throw new DirectoryNotFoundException("No ProbCompiler.sln above the tests."));
}
