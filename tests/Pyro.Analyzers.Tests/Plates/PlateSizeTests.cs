namespace Pyro.Analyzers.Tests.Plates;

/// <summary>PYRO052: one plate has two sizes.</summary>
public sealed class PlateSizeTests
{
    [TestCase("""using (IArange("p", 3)) Sample("a", new Normal(0f, 1f)); using (IArange("p", {|PYRO052:4|})) Sample("b", new Normal(0f, 1f));""")]
    [TestCase("""using (IArange("p", 3)) Sample("a", new Normal(0f, 1f)); foreach (var i in IRange("p", {|PYRO052:2 * 2|})) Sample($"b_{i}", new Normal(0f, 1f));""")]
    public Task Fires_on_the_later_of_two(string body) => Verify.Diagnostics(Source.Model(body));

    [TestCase("""using (IArange("p", 3)) Sample("a", new Normal(0f, 1f)); using (IArange("p", 3)) Sample("b", new Normal(0f, 1f));""")]
    [TestCase("""using (IArange("p", 3)) Sample("a", new Normal(0f, 1f)); using (IArange("q", 4)) Sample("b", new Normal(0f, 1f));""")]
    [TestCase("""using (IArange("p", 3)) Sample("a", new Normal(0f, 1f)); using (IArange("p", n)) Sample("b", new Normal(0f, 1f));""")]
    [TestCase("""if (flag) { using (IArange("p", 3)) Sample("a", new Normal(0f, 1f)); } else { using (IArange("p", 4)) Sample("a", new Normal(0f, 1f)); }""")]
    public Task Silent_on_equal_unknown_and_exclusive_ones(string body) => Verify.Diagnostics(Source.Model(body));

    [Test]
    public Task Fires_on_a_guide_that_differs_from_its_model() => Verify.Diagnostics(Source.Pair(
        """using (IArange("p", 3)) Sample("a", new Normal(0f, 1f));""",
        """using (IArange("p", {|PYRO052:4|})) Sample("a", new Normal(0f, 1f));"""));
}
