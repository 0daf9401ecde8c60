using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Pyro.Compiler.Rules;

namespace Pyro.Analyzers.Tests.Catalogue;

/// <summary>Descriptors, analyzers, fixes, release rows, the table of the catalogue and the pages say the same.</summary>
public sealed partial class CatalogueTests
{
    private static readonly IReadOnlyList<DiagnosticDescriptor> _descriptors =
        [.. typeof(ProgramRules).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(ProgramRules).Namespace)
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Select(field => field.GetValue(null))
            .OfType<DiagnosticDescriptor>()
            .OrderBy(descriptor => descriptor.Id, StringComparer.Ordinal)];

    [Test]
    public void Every_descriptor_is_reported_by_one_analyzer() => Assert.That(
        Verify.Analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).Select(descriptor => descriptor.Id).Order(StringComparer.Ordinal),
        Is.EqualTo(_descriptors.Select(descriptor => descriptor.Id)));

    [Test]
    public void Categories_go_by_the_tens()
    {
        foreach (var ten in _descriptors.GroupBy(descriptor => descriptor.Id[..^1]))
            Assert.That(ten.Select(descriptor => descriptor.Category).Distinct(), Has.Exactly(1).Items);
    }

    [Test]
    public void Release_rows_are_the_descriptors() => Assert.That(
        Rows(Repository.Read("src/Pyro.Compiler/AnalyzerReleases.Shipped.md") + Repository.Read("src/Pyro.Compiler/AnalyzerReleases.Unshipped.md")),
        Is.EqualTo(_descriptors.Select(descriptor => $"{descriptor.Id} | {descriptor.Category} | {descriptor.DefaultSeverity} | {descriptor.Title}")));

    [Test]
    public void Table_is_the_descriptors_and_their_fixes() => Assert.That(
        Repository.Read("docs/diagnostics/README.md").Split('\n').Where(line => line.StartsWith("| [PYRO", StringComparison.Ordinal)),
        Is.EqualTo(_descriptors.Select(d => $"| [{d.Id}]({d.Id}.md) | {d.DefaultSeverity} | {d.Title} | {string.Concat(Verify.FixesOf(d.Id).Select(fix => fix.Title + " "))}|")));

    [Test]
    public void Help_links_lead_to_the_pages()
    {
        foreach (var descriptor in _descriptors)
            Assert.That(descriptor.HelpLinkUri, Does.EndWith($"/docs/diagnostics/{descriptor.Id}.md"));
        Assert.That(
            Repository.Names("docs/diagnostics", "PYRO*.md").Order(StringComparer.Ordinal),
            Is.EqualTo(_descriptors.Select(descriptor => descriptor.Id)));
    }

    [Test]
    public void Every_fix_can_fix_all_of_a_document_a_project_and_a_solution() => Assert.That(Verify.Fixes.Select(fix => fix.GetFixAllProvider().GetSupportedFixAllScopes().ToHashSet()), Has.All.SupersetOf(new HashSet<FixAllScope> { FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution }));

    private static IEnumerable<string> Rows(string releases) => releases.Split('\n').Where(line => Row().IsMatch(line)).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"^PYRO\d{3} \|")]
    private static partial Regex Row();
}
