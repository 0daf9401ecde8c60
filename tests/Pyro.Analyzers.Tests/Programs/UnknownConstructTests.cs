namespace Pyro.Analyzers.Tests.Programs;

/// <summary>PYRO003: a construct is not known to the compiler.</summary>
public sealed class UnknownConstructTests
{
    private const string Helpers =
        """
            private static Tensor Scale() => Sample("scale", new HalfNormal(1f));

            private static Tensor Twice() => Scale() * 2;

            private static Tensor Half(Tensor x) => x / 2;

            [Model]
            private static Tensor Known() => Sample("known", new HalfNormal(1f));
        """;

    [TestCase("""Observe("o", new Normal(0f, {|PYRO003:Scale()|}), x);""")]
    [TestCase("""Observe("o", new Normal(0f, {|PYRO003:Twice()|}), x);""")]
    public Task Fires_on_the_call(string body) => Verify.Exactly(Source.Model(body, Helpers));

    [TestCase("""foreach (var s in new[] { "a", "b" }) Sample({|PYRO003:$"z_{s}"|}, new Normal(0f, 1f));""")]
    [TestCase("""for (var i = 0; i < n; i++) Sample({|PYRO003:$"z_{i:D2}"|}, new Normal(0f, 1f));""")]
    [TestCase("""for (var i = 0; i < n; i++) Sample({|PYRO003:$"z_{x[i].item<int>()}"|}, new Normal(0f, 1f));""")]
    public Task Fires_on_a_name_that_is_no_pattern(string body) => Verify.Exactly(Source.Model(body));

    [TestCase("""const string part = "a"; for (var i = 0; i < n; i++) Sample($"{part}_{i}_{nameof(Model)}", new Normal(0f, 1f));""")]
    [TestCase("""for (var i = 0; i < n; i++) Sample($"z_{i + 1}", new Normal(0f, 1f));""")]
    public Task Silent_on_a_pattern(string body) => Verify.Exactly(Source.Model(body));

    [Test]
    public Task Fires_on_recursion() => Verify.Exactly(Source.Model("""Sample("z", new Normal(0f, 1f)); if (n > 0) {|PYRO003:Model(flag, n - 1, x, y)|};"""));

    [TestCase("""Observe("o", new Normal(0f, Known()), Half(x));""")]
    [TestCase("""Observe("o", new Normal(0f, Inner()), x); Tensor Inner() => Sample("z", new HalfNormal(1f));""")]
    public Task Silent_where_the_sites_are_known(string body) => Verify.Exactly(Source.Model(body, Helpers.Replace("private static Tensor Scale()", "[Model] private static Tensor Scale()", StringComparison.Ordinal)
        .Replace("private static Tensor Twice()", "[Model] private static Tensor Twice()", StringComparison.Ordinal)));

    [Test]
    public Task Silent_where_it_is_meant() => Verify.Exactly(
        Source.Model("""Observe("o", new Normal(0f, Scale()), x);""", Helpers).Replace("[Model]\n    public", "[Model(Dynamic = true)]\n    public", StringComparison.Ordinal));
}
