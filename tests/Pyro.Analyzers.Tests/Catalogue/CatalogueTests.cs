using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Pyro.Analyzers.Rules;
using Pyro.Testing;

namespace Pyro.Analyzers.Tests.Catalogue;

/// <summary>
/// The rules are all that there is to write: each is asked by one analyzer and has its page, and the tables in docs/diagnostics are what the
/// rules say of themselves. A table that is not leaves the right one beside it.
/// </summary>
public sealed class CatalogueTests
{
    private const string Tables = "docs/diagnostics/";

    private static readonly IReadOnlyList<DiagnosticDescriptor> _descriptors = [.. Rule.All<Rule>().Select(rule => rule.Descriptor)];

    [Test]
    public void Every_rule_is_asked_by_one_analyzer() => Assert.That(
        Verify.Analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).OrderBy(descriptor => descriptor.Id, StringComparer.Ordinal),
        Is.EqualTo(_descriptors));

    [Test]
    public void Every_id_is_used_once() => Assert.That(_descriptors.Select(descriptor => descriptor.Id), Is.Unique);

    [Test]
    public void Rows_of_the_next_release_are_the_rules_that_no_release_has()
    {
        var shipped = Repository.Read(Tables + "AnalyzerReleases.Shipped.md").Split('\n');
        var rows = _descriptors.Select(descriptor => $"{descriptor.Id} | {descriptor.Category} | {descriptor.DefaultSeverity} | {descriptor.Title}");
        Written("AnalyzerReleases.Unshipped.md", "PYRO", rows.Except(shipped));
    }

    [Test]
    public void Table_is_the_rules_and_their_fixes() => Written(
        "README.md",
        "| [PYRO",
        _descriptors.Select(d => $"| [{d.Id}]({d.Id}.md) | {d.DefaultSeverity} | {d.Title} | {string.Concat(Verify.FixesOf(d.Id).Select(fix => fix.Title + " "))}|"));

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
    public void Every_fix_can_fix_all_of_a_document_a_project_and_a_solution() => Assert.That(
        Verify.Fixes.Select(fix => fix.GetFixAllProvider().GetSupportedFixAllScopes().ToHashSet()),
        Has.All.SupersetOf(new HashSet<FixAllScope> { FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution }));

    /// <summary>A table whose rows begin so is the last of its document, and has these rows.</summary>
    private static void Written(string document, string start, IEnumerable<string> rows)
    {
        var text = Repository.Read(Tables + document).Split('\n').TakeWhile(line => !line.StartsWith(start, StringComparison.Ordinal));
        Snapshot.Document(string.Join('\n', text.Concat(rows)) + '\n', Repository.Path(Tables + document));
    }
}
