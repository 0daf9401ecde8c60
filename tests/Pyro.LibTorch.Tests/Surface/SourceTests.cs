using System.Runtime.CompilerServices;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Pyro.LibTorch.Tests;

/// <summary>The same sources compile against the real TorchSharp.dll: the runtime, and these tests, which call what programs call.</summary>
public class SourceTests
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    [Theory]
    [InlineData("src/Pyro.Runtime", "")]
    [InlineData("tests/Pyro.LibTorch.Tests", "global using Xunit;")]
    public void Sources_compile_against_the_real_package(string project, string more)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var root = Path.Combine(Root(), project);
        // The compiler of the SDK is newer than the package here: what is its language is a preview to this one.
        var options = new CSharpParseOptions(LanguageVersion.Preview, preprocessorSymbols: ["NET10_0_OR_GREATER", "NET9_0_OR_GREATER", "NET"]);
        var trees = Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Where(path => !Path.GetRelativePath(root, path).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "Conformance" or "Surface"))
            .Concat(Linked(root))
            .Select(path => CSharpSyntaxTree.ParseText(File.ReadAllText(path), options, path, cancellationToken: cancellation))
            .Append(CSharpSyntaxTree.ParseText(Usings + more, options, cancellationToken: cancellation));
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is not ("TorchSharp.dll" or "Pyro.LibTorch.Tests.dll")).Append(Surface.RealPackage)
            .Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create("Sources", trees, references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
        Assert.Empty(compilation.GetDiagnostics(cancellation).Where(problem => problem.Severity == DiagnosticSeverity.Error));
    }

    // Files that a project takes from another one.
    private static IEnumerable<string> Linked(string root) => XDocument.Load(Directory.EnumerateFiles(root, "*.csproj").Single()).Descendants("Compile")
        .SelectMany(item => Files(root, item.Attribute("Include")).Except(Files(root, item.Attribute("Exclude"))));

    private static IEnumerable<string> Files(string root, XAttribute? patterns) => patterns?.Value.Split(';')
        .Select(pattern => Path.GetFullPath(Path.Combine(root, pattern)))
        .SelectMany(pattern => Directory.EnumerateFiles(Path.GetDirectoryName(pattern)!, Path.GetFileName(pattern))) ?? [];

    private static string Root([CallerFilePath] string path = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "../../.."));
}
