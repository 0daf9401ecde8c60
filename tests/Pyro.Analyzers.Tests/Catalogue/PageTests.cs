namespace Pyro.Analyzers.Tests.Catalogue;

/// <summary>The pages are true: their wrong examples have the diagnostic, on the marked lines, and their right ones have none.</summary>
public sealed class PageTests
{
    public static TheoryData<string> Ids => [.. Repository.Names("docs/diagnostics", "PYRO*.md").Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Has_the_form_of_a_page(string id)
    {
        var page = new Page(id);
        var descriptor = Verify.Analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).Single(descriptor => descriptor.Id == id);
        Assert.Equal($"# {id}: {descriptor.Title}", page.Heading, ignoreCase: true);
        Assert.Equal(
            $"{descriptor.DefaultSeverity}." + string.Concat(Verify.FixesOf(id).Select(fix => $" Fix: *{fix.Title}*.")),
            page.Summary);
        Assert.Equal(["## Cause", "## Wrong", "## Right"], page.Headings);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Wrong_examples_are_wrong_on_the_marked_lines(string id)
    {
        var examples = new Page(id).Examples("Wrong").ToArray();
        Assert.NotEmpty(examples);
        foreach (var example in examples)
        {
            var lines = example.Split('\n').Index().Where(line => line.Item.EndsWith("// " + id, StringComparison.Ordinal)).Select(line => (id, line.Index));
            Assert.Equal(lines, (await Verify.Lines(example, id)).ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Right_examples_are_right(string id)
    {
        var examples = new Page(id).Examples("Right").ToArray();
        Assert.NotEmpty(examples);
        foreach (var example in examples)
            Assert.Empty(await Verify.Alarms([example]));
    }
}
