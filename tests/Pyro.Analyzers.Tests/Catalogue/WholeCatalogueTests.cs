using Microsoft.CodeAnalysis;

namespace Pyro.Analyzers.Tests.Catalogue;

/// <summary>The ids that the design asks for, copied from it: each is reported by an analyzer with that severity.</summary>
public sealed class WholeCatalogueTests
{
    private const DiagnosticSeverity Error = DiagnosticSeverity.Error, Warning = DiagnosticSeverity.Warning, Info = DiagnosticSeverity.Info;

    public static IEnumerable<TestCaseData<string, DiagnosticSeverity>> Ids =>
    [
        new("PYRO001", Error),
        new("PYRO002", Error),
        new("PYRO003", Info),
        new("PYRO010", Error),
        new("PYRO011", Error),
        new("PYRO012", Warning),
        new("PYRO013", Warning),
        new("PYRO014", Error),
        new("PYRO020", Error),
        new("PYRO021", Error),
        new("PYRO022", Error),
        new("PYRO023", Error),
        new("PYRO024", Warning),
        new("PYRO025", Error),
        new("PYRO026", Error),
        new("PYRO030", Error),
        new("PYRO031", Warning),
        new("PYRO032", Error),
        new("PYRO033", Warning),
        new("PYRO034", Warning),
        new("PYRO035", Info),
        new("PYRO040", Info),
        new("PYRO041", Warning),
        new("PYRO042", Error),
        new("PYRO050", Error),
        new("PYRO051", Warning),
        new("PYRO052", Warning),
        new("PYRO053", Info),
        new("PYRO060", Warning),
        new("PYRO061", Warning),
        new("PYRO062", Warning),
        new("PYRO070", Warning),
        new("PYRO071", Warning),
        new("PYRO072", Warning),
    ];

    [TestCaseSource(nameof(Ids))]
    public void Is_there(string id, DiagnosticSeverity severity) => Assert.That(
        Verify.Analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).Single(descriptor => descriptor.Id == id).DefaultSeverity,
        Is.EqualTo(severity));
}
