namespace Pyro.Analyzers.Tests.Catalogue;

/// <summary>The pages are true: their wrong examples have the diagnostic, on the marked lines, and their right ones have none.</summary>
public sealed class PageTests
{
    public static IEnumerable<string> Ids => Repository.Names("docs/diagnostics", "PYRO*.md").Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Ids))]
    public void Has_the_form_of_a_page(string id)
    {
        var page = new Page(id);
        var descriptor = Verify.Analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).Single(descriptor => descriptor.Id == id);
        Assert.That(page.Heading, Is.EqualTo($"# {id}: {descriptor.Title}").IgnoreCase);
        Assert.That(
            page.Summary,
            Is.EqualTo($"{descriptor.DefaultSeverity}." + string.Concat(Verify.FixesOf(id).Select(fix => $" Fix: *{fix.Title}*."))));
        Assert.That(page.Headings, Is.EqualTo(["## Cause", "## Wrong", "## Right"]));
    }

    [TestCaseSource(nameof(Ids))]
    public async Task Wrong_examples_are_wrong_on_the_marked_lines(string id)
    {
        var examples = new Page(id).Examples("Wrong").ToArray();
        Assert.That(examples, Is.Not.Empty);
        foreach (var example in examples)
        {
            var lines = example.Split('\n').Index().Where(line => line.Item.EndsWith("// " + id, StringComparison.Ordinal)).Select(line => (id, line.Index));
            Assert.That((await Verify.Lines(example, id)).ToArray(), Is.EqualTo(lines));
        }
    }

    [TestCaseSource(nameof(Ids))]
    public async Task Right_examples_are_right(string id)
    {
        var examples = new Page(id).Examples("Right").ToArray();
        Assert.That(examples, Is.Not.Empty);
        foreach (var example in examples)
            Assert.That(await Verify.Alarms([example]), Is.Empty);
    }
}
