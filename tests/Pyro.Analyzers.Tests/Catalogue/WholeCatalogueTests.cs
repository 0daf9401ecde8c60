using Microsoft.CodeAnalysis;

namespace Pyro.Analyzers.Tests.Catalogue;

/// <summary>The ids that the design asks for, copied from it: each is reported by an analyzer with that severity, has its page and its row of release.</summary>
public sealed class WholeCatalogueTests
{
    private const DiagnosticSeverity Error = DiagnosticSeverity.Error, Warning = DiagnosticSeverity.Warning, Info = DiagnosticSeverity.Info;

    public static TheoryData<string, DiagnosticSeverity> Ids => new()
    {
        { "PYRO001", Error },
        { "PYRO002", Error },
        { "PYRO003", Info },
        { "PYRO010", Error },
        { "PYRO011", Error },
        { "PYRO012", Warning },
        { "PYRO013", Warning },
        { "PYRO014", Error },
        { "PYRO020", Error },
        { "PYRO021", Error },
        { "PYRO022", Error },
        { "PYRO023", Error },
        { "PYRO024", Warning },
        { "PYRO025", Error },
        { "PYRO026", Error },
        { "PYRO030", Error },
        { "PYRO031", Warning },
        { "PYRO032", Error },
        { "PYRO033", Warning },
        { "PYRO034", Warning },
        { "PYRO040", Info },
        { "PYRO041", Warning },
        { "PYRO042", Error },
        { "PYRO050", Error },
        { "PYRO051", Warning },
        { "PYRO052", Warning },
        { "PYRO053", Info },
        { "PYRO060", Warning },
        { "PYRO061", Warning },
        { "PYRO070", Warning },
        { "PYRO071", Warning },
        { "PYRO072", Warning },
    };

    [Theory]
    [MemberData(nameof(Ids))]
    public void Is_there(string id, DiagnosticSeverity severity)
    {
        Assert.Equal(severity, Verify.Analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).Single(descriptor => descriptor.Id == id).DefaultSeverity);
        Assert.Contains(id, Repository.Names("docs/diagnostics", "PYRO*.md"));
        Assert.Contains($"\n{id} | ", Repository.Read("src/Pyro.Compiler/AnalyzerReleases.Shipped.md") + Repository.Read("src/Pyro.Compiler/AnalyzerReleases.Unshipped.md"), StringComparison.Ordinal);
    }
}
