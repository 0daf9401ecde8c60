namespace Pyro.Analyzers.Tests.Guides;

/// <summary>PYRO024: plates or events of a site differ between guide and model.</summary>
public sealed class PlatesDifferTests
{
    private const string Plated = """using (IArange("p", n)) Sample("z", new Normal(0f, 1f));""", Single = """Sample("z", new Normal(0f, 1f));""";

    [TestCase(Plated, """{|PYRO024:Sample|}("z", new Normal(0f, 1f));""")]
    [TestCase(Single, """using var p = IArange("p", n); {|PYRO024:Sample|}("z", new Normal(0f, 1f));""")]
    [TestCase("var z = Sample(\"z\", new MultivariateNormal(zeros(2), eye(2)));", """{|PYRO024:Sample|}("z", new Normal(zeros(2), ones(2)));""")]
    [TestCase("""Sample("z", new Normal(zeros(2), ones(2)).ToEvent(1));""", """{|PYRO024:Sample|}("z", new Normal(zeros(2), ones(2)));""")]
    public Task Fires_on_the_site_of_the_guide(string model, string guide) => Verify.Diagnostics(Source.Pair(model, guide));

    [TestCase(Plated, Plated)]
    [TestCase(Plated, """using var q = IArange("q", n); Sample("z", new Normal(0f, 1f));""")]
    [TestCase(Plated, """using var p = Open(n); Sample("z", new Normal(0f, 1f));""")]
    [TestCase(Plated, """using (var s = new MemoryStream()) Sample("z", new Normal(0f, 1f));""")]
    [TestCase("Sample(\"z\", new Normal(zeros(2), ones(2)).ToEvent(1));", """Sample("z", new MultivariateNormal(zeros(2), eye(2)));""")]
    [TestCase("Sample(\"z\", new Normal(zeros(2), ones(2)).ToEvent(n));", """Sample("z", new Normal(zeros(2), ones(2)));""")]
    [TestCase("Sample(\"z\", new Dirichlet(ones(3)));", """Sample("z", new Delta(ones(3) / 3));""")]
    public Task Silent_where_they_agree_or_it_cannot_know(string model, string guide) =>
        Verify.Diagnostics(Source.Pair(model, guide, members: """    private static IDisposable Open(int n) => IArange("p", n);"""));
}
