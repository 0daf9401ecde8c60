using Pyro.Testing;

namespace Pyro.Compiler.Tests;

/// <summary>The rooms of the compiler know those before them, in the order of docs/architecture.md, and no others.</summary>
public class ArrowTests
{
    private const string Root = "Pyro.Compiler.";

    private static readonly string[] _rooms = ["Catalog", "Ir", "Reading", "Incremental", "Analysis", "Writing"];

    [Test]
    public void Rooms_OfTheCompiler_KnowThoseBeforeThem()
    {
        var arrows = Arrows.Between(typeof(ProgramCompiler).Assembly, type => type.Namespace?.StartsWith(Root, StringComparison.Ordinal) == true ? type.Namespace[Root.Length..] : null);
        Assert.That(arrows.Keys.SelectMany(arrow => new[] { arrow.From, arrow.To }).Distinct(), Is.SubsetOf(_rooms));
        Assert.That(arrows.Where(arrow => Array.IndexOf(_rooms, arrow.Key.To) > Array.IndexOf(_rooms, arrow.Key.From)).Select(arrow => arrow.Value), Is.Empty);
        Assert.That(arrows.Keys, Does.Contain(("Reading", "Catalog")).And.Contain(("Writing", "Ir")));
    }
}
