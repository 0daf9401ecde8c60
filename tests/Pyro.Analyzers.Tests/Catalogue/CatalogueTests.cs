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

    [Fact]
    public void Every_descriptor_is_reported_by_one_analyzer() => Assert.Equal(
        _descriptors.Select(descriptor => descriptor.Id),
        Verify.Analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).Select(descriptor => descriptor.Id).Order(StringComparer.Ordinal));

    [Fact]
    public void Categories_go_by_the_tens() => Assert.All(
        _descriptors.GroupBy(descriptor => descriptor.Id[..^1]),
        ten => Assert.Single(ten.Select(descriptor => descriptor.Category).Distinct()));

    [Fact]
    public void Release_rows_are_the_descriptors() => Assert.Equal(
        _descriptors.Select(descriptor => $"{descriptor.Id} | {descriptor.Category} | {descriptor.DefaultSeverity} | {descriptor.Title}"),
        Rows(Repository.Read("src/Pyro.Compiler/AnalyzerReleases.Shipped.md") + Repository.Read("src/Pyro.Compiler/AnalyzerReleases.Unshipped.md")));

    [Fact]
    public void Table_is_the_descriptors_and_their_fixes() => Assert.Equal(
        _descriptors.Select(d => $"| [{d.Id}]({d.Id}.md) | {d.DefaultSeverity} | {d.Title} | {string.Concat(Verify.FixesOf(d.Id).Select(fix => fix.Title + " "))}|"),
        Repository.Read("docs/diagnostics/README.md").Split('\n').Where(line => line.StartsWith("| [PYRO", StringComparison.Ordinal)));

    [Fact]
    public void Help_links_lead_to_the_pages()
    {
        Assert.All(_descriptors, descriptor => Assert.EndsWith($"/docs/diagnostics/{descriptor.Id}.md", descriptor.HelpLinkUri));
        Assert.Equal(
            _descriptors.Select(descriptor => descriptor.Id), Repository.Names("docs/diagnostics", "PYRO*.md").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_fix_can_fix_all_of_a_document_a_project_and_a_solution() => Assert.All(
        Verify.Fixes,
        fix => Assert.Superset(
            new HashSet<FixAllScope> { FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution }, fix.GetFixAllProvider().GetSupportedFixAllScopes().ToHashSet()));

    private static IEnumerable<string> Rows(string releases) => releases.Split('\n').Where(line => Row().IsMatch(line)).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"^PYRO\d{3} \|")]
    private static partial Regex Row();
}
