namespace Pyro.Analyzers.Tests.Plates;

/// <summary>PYRO050: iterations that are declared independent are not.</summary>
public sealed class DependentIterationsTests
{
    [TestCase("""var z = x; foreach (var t in IRange("t", n)) z = {|PYRO050:Sample|}($"z_{t}", new Normal(z, 1f));""")]
    [TestCase("""var last = x; foreach (var t in IRange("t", n)) { var z = Sample($"z_{t}", new Normal(0f, 1f)); {|PYRO050:Observe|}($"x_{t}", new Normal(last, 1f), x[t]); last = z; }""")]
    [TestCase("""var sum = x; foreach (var t in IRange("t", n)) { {|PYRO050:Sample|}($"w_{t}", new Normal(sum, 1f)); var z = Sample($"z_{t}", new Normal(0f, 1f)); sum += z; }""")]
    [TestCase("""var z = x; foreach (var t in IRange("t", n)) { var mean = 0.9f * z; z = {|PYRO050:Sample|}($"z_{t}", new Normal(mean, 1f)); }""")]
    [TestCase("""var zs = new Tensor[n + 1]; foreach (var t in IRange("t", n)) zs[t + 1] = {|PYRO050:Sample|}($"z_{t}", new Normal(zs[t], 1f));""")]
    [TestCase("""var zs = new Tensor[n]; foreach (var t in IRange("t", n)) zs[t] = {|PYRO050:Sample|}($"z_{t}", new Normal(t == 0 ? x : zs[t - 1], 1f));""")]
    [TestCase("""var zs = zeros(n + 1); foreach (var t in IRange("t", n)) { var z = {|PYRO050:Sample|}($"z_{t}", new Normal(zs[t], 1f)); zs[1 + t] = z; }""")]
    [TestCase("""var zs = new List<Tensor> { x }; foreach (var t in IRange("t", n)) zs.Add({|PYRO050:Sample|}($"z_{t}", new Normal(zs[^1], 1f)));""")]
    [TestCase("""var zs = new List<Tensor> { x }; foreach (var t in IRange("t", n)) zs.Add({|PYRO050:Sample|}($"z_{t}", new Normal(zs[zs.Count - 1], 1f)));""")]
    [TestCase("""var zs = new List<Tensor> { x }; foreach (var t in IRange("t", n)) zs.Add({|PYRO050:Sample|}($"z_{t}", new Normal(zs.Last(), 1f)));""")]
    [TestCase("""var z = x; var steps = IRange("t", n); foreach (var t in steps) z = {|PYRO050:Sample|}($"z_{t}", new Normal(z, 1f));""")]
    [TestCase("""Tensor a = x, b = y; foreach (var t in IRange("t", n)) (a, b) = ({|PYRO050:Sample|}($"a_{t}", new Normal(b, 1f)), {|PYRO050:Sample|}($"b_{t}", new Normal(a, 1f)));""")]
    [TestCase("""var last = x; foreach (var t in IRange("t", n)) { var z = {|PYRO050:Sample|}($"z_{t}", new Normal(last, 1f)); Observe($"x_{t}", new Normal(z, 1f), x[t]); last = z; }""")]
    public Task Fires_on_what_an_earlier_iteration_drew(string body) => Verify.Diagnostics(Source.Model(body));

    [TestCase("""var z = x; for (var t = 0; t < n; t++) z = Sample($"z_{t}", new Normal(z, 1f));""")]
    [TestCase("""var sum = x; foreach (var t in {|PYRO053:IRange("t", n)|}) sum += Sample($"z_{t}", new Normal(0f, 1f)); Observe("y", new Normal(sum, 1f), y);""")]
    [TestCase("""var z = x; foreach (var t in {|PYRO053:IRange("t", n)|}) { z = Sample($"z_{t}", new Normal(0f, 1f)); Observe($"x_{t}", new Normal(z, 1f), x[t]); }""")]
    [TestCase("""var zs = new Tensor[n]; foreach (var t in {|PYRO053:IRange("t", n)|}) { zs[t] = Sample($"z_{t}", new Normal(0f, 1f)); Observe($"x_{t}", new Normal(zs[t], 1f), x[t]); }""")]
    [TestCase("""var last = x; foreach (var t in {|PYRO053:IRange("t", n)|}) { Observe($"x_{t}", new Normal(last, 1f), x[t]); last = y; }""")]
    [TestCase("""var zs = new List<Tensor>(); foreach (var t in {|PYRO053:IRange("t", n)|}) { zs.Add(Sample($"z_{t}", new Normal(0f, 1f))); Observe($"x_{t}", new Normal(zs[^1], 1f), x[t]); }""")]
    [TestCase("""var zs = new Tensor[n]; foreach (var t in {|PYRO053:IRange("t", n)|}) { zs[t] = Sample($"z_{t}", new Normal(0f, 1f)); Observe($"x_{t}", new Normal(zs[t], 1f), x[t + 1]); }""")]
    [TestCase("""var means = new Tensor[n + 1]; foreach (var t in {|PYRO053:IRange("t", n)|}) { means[t + 1] = x[t]; Sample($"z_{t}", new Normal(means[t], 1f)); }""")]
    public Task Silent_where_iterations_keep_apart_or_it_cannot_know(string body) => Verify.Diagnostics(Source.Model(body));

    [Test]
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

    [Test]
    public Task Fix_keeps_the_size_together_and_finds_it_by_its_name() => Verify.FixAll(
        "PYRO050",
        Source.Model(
            """
            var z = x;
            foreach (var t in IRange("t", n > 3 ? n : 3))
                z = {|PYRO050:Sample|}($"z_{t}", new Normal(z, 1f));
            foreach (int t in Primitives.IRange(size: n, name: "u"))
                z = {|PYRO050:Sample|}($"u_{t}", new Normal(z, 1f));
            """),
        Source.Model(
            """
            var z = x;
            for (var t = 0; t < (n > 3 ? n : 3); t++)
                z = Sample($"z_{t}", new Normal(z, 1f));
            for (var t = 0; t < n; t++)
                z = Sample($"u_{t}", new Normal(z, 1f));
            """));
}
