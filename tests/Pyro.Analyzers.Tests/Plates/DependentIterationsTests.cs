namespace Pyro.Analyzers.Tests.Plates;

/// <summary>PYRO050: iterations that are declared independent are not.</summary>
public sealed class DependentIterationsTests
{
    [Theory]
    [InlineData("""var z = x; foreach (var t in IRange("t", n)) z = {|PYRO050:Sample|}($"z_{t}", new Normal(z, 1f));""")]
    [InlineData("""var last = x; foreach (var t in IRange("t", n)) { var z = Sample($"z_{t}", new Normal(0f, 1f)); {|PYRO050:Observe|}($"x_{t}", new Normal(last, 1f), x[t]); last = z; }""")]
    [InlineData("""var sum = x; foreach (var t in IRange("t", n)) { {|PYRO050:Sample|}($"w_{t}", new Normal(sum, 1f)); var z = Sample($"z_{t}", new Normal(0f, 1f)); sum += z; }""")]
    public Task Fires_on_what_an_earlier_iteration_drew(string body) => Verify.Diagnostics(Source.Model(body));

    [Theory]
    [InlineData("""var z = x; for (var t = 0; t < n; t++) z = Sample($"z_{t}", new Normal(z, 1f));""")]
    [InlineData("""var sum = x; foreach (var t in {|PYRO053:IRange("t", n)|}) sum += Sample($"z_{t}", new Normal(0f, 1f)); Observe("y", new Normal(sum, 1f), y);""")]
    [InlineData("""var z = x; foreach (var t in {|PYRO053:IRange("t", n)|}) { z = Sample($"z_{t}", new Normal(0f, 1f)); Observe($"x_{t}", new Normal(z, 1f), x[t]); }""")]
    [InlineData("""var zs = new Tensor[n]; foreach (var t in {|PYRO053:IRange("t", n)|}) { zs[t] = Sample($"z_{t}", new Normal(0f, 1f)); Observe($"x_{t}", new Normal(zs[t], 1f), x[t]); }""")]
    [InlineData("""var last = x; foreach (var t in {|PYRO053:IRange("t", n)|}) { Observe($"x_{t}", new Normal(last, 1f), x[t]); last = y; }""")]
    public Task Silent_where_iterations_keep_apart_or_it_cannot_know(string body) => Verify.Diagnostics(Source.Model(body));

    [Fact]
    public Task Fix_makes_a_plain_loop() => Verify.FixAll(
        "PYRO050",
        Source.Model(
            """
            var z = x; // start
            foreach (var t in IRange("t", 2 * n)) // walk
                z = {|PYRO050:Sample|}($"z_{t}", new Normal(z, 1f));
            """),
        Source.Model(
            """
            var z = x; // start
            for (var t = 0; t < 2 * n; t++) // walk
                z = Sample($"z_{t}", new Normal(z, 1f));
            """));
}
