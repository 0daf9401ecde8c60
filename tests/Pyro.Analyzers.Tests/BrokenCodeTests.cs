using System.Globalization;
using Microsoft.CodeAnalysis;
using Pyro.Testing;

namespace Pyro.Analyzers.Tests;

/// <summary>Code as it is while somebody types: no analyzer throws, and no fix makes it worse. PYRO_BROKEN=N tries N pieces of broken code.</summary>
public sealed class BrokenCodeTests
{
    private static readonly int _count = int.TryParse(Environment.GetEnvironmentVariable("PYRO_BROKEN"), CultureInfo.InvariantCulture, out var count) ? count : 60;

    [Test]
    public async Task CorpusPrograms_Broken_ThrowNothing_AndNoFixMakesThemWorse()
    {
        var broken = new BrokenCode([.. Catalogue.Repository.Texts("tests/Pyro.Corpus", "*.cs")], "using System; using System.Collections.Generic; using System.Linq;\n", seed: 2);
        for (var i = 0; i < _count; i++)
        {
            var text = broken.Next();
            var diagnostics = await Verify.All(text);
            Assert.That(diagnostics.Where(diagnostic => diagnostic.Id is "AD0001" or "CS8785").Select(diagnostic => diagnostic.ToString()), Is.Empty, text);
            var errors = Errors(diagnostics);
            foreach (var (id, after) in await Verify.Fixed(text))
                Assert.That(Errors(await Verify.All(after)), Is.LessThanOrEqualTo(errors), $"The fix of {id} makes\n{text}\nworse:\n{after}");
        }
    }

    private static int Errors(IEnumerable<Diagnostic> diagnostics) => diagnostics.Count(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && diagnostic.Id.StartsWith("CS", StringComparison.Ordinal));
}
