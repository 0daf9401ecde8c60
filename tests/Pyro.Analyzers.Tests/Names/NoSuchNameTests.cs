namespace Pyro.Analyzers.Tests.Names;

/// <summary>PYRO013: no site has this name.</summary>
public sealed class NoSuchNameTests
{
    [TestCase("""CompiledModel.Condition(new Dictionary<string, Tensor> { [{|PYRO013:"rates"|}] = x });""")]
    [TestCase("""CompiledModel.Do(new Dictionary<string, Tensor> { { {|PYRO013:"rates"|}, x } });""")]
    [TestCase("""CompiledModel.Scale(2).Block(hide: [{|PYRO013:"rates"|}, "rate"]);""")]
    [TestCase("""var program = CompiledModel; program.Replay(program.Trace(x), [{|PYRO013:"rates"|}]);""")]
    [TestCase("""CompiledModel.Lift(new Dictionary<string, Distribution> { [{|PYRO013:"locs"|}] = new Normal(0f, 1f) });""")]
    [TestCase("""var trace = CompiledModel.Trace(x); Console.WriteLine(trace[{|PYRO013:"rates"|}].Value);""")]
    [TestCase("""Posterior.Sample(CompiledModel, x, 10).Marginal({|PYRO013:"rates"|});""")]
    public Task Fires_on_the_name(string use) => Verify.Diagnostics(Text(use));

    [TestCase("""CompiledModel.Condition(new Dictionary<string, Tensor> { ["rate"] = x, ["z_3"] = x });""")]
    [TestCase("""var trace = CompiledModel.Trace(x); Console.WriteLine(trace["plate"].Name + trace["loc"].Name + trace.Contains("none"));""")]
    [TestCase("""void Inner(Pyro.Traces.Trace trace) => Console.WriteLine(trace["none"].Name); Inner(CompiledModel.Trace(x));""")]
    [TestCase("""CompiledOpen.Condition(new Dictionary<string, Tensor> { ["none"] = x });""")]
    public Task Silent_where_there_is_one_or_may_be(string use) => Verify.Diagnostics(Text(use));

    [Test]
    public async Task Says_what_was_meant() => Assert.That(
        await Verify.Message(Text("""CompiledModel.Block(hide: [{|PYRO013:"rates"|}]);""")),
        Is.EqualTo("'rates' is no name in 'Model'; did you mean 'rate'?"));

    [Test]
    public Task No_fix_without_a_near_match() => Verify.NoFix(Text("""CompiledModel.Block(hide: [{|PYRO013:"something"|}]);"""));

    [Test]
    public Task Fix_writes_the_near_match() => Verify.FixAll(
        "PYRO013",
        Text("""CompiledModel.Block(hide: [{|PYRO013:"rates"|}, {|PYRO013:"ob"|}, {|PYRO013:"something"|}]);"""),
        Text("""CompiledModel.Block(hide: ["rate", "obs", {|PYRO013:"something"|}]);"""));

    private static string Text(string use) =>
        $$"""
        using Pyro.Infer;
        using Pyro.Poutines;
        using Pyro.Traces;

        public static partial class Models
        {
            [Model]
            public static void Model(Tensor x)
            {
                var rate = Sample("rate", new Gamma(1f, 1f)) + Param("loc", 0f);
                for (var i = 0; i < 3; i++)
                    rate = rate + Sample($"z_{i}", new Gamma(1f, 1f));
                using (IArange("plate", 3))
                    Observe("obs", new Poisson(rate), x);
            }

            [Model(Dynamic = true)]
            public static void Open(Tensor x) => Sample(x.ToString(), new Normal(0f, 1f));

            public static void Use(Tensor x)
            {
                {{use}}
            }

            public static Type Kinds => typeof(Trace) ?? typeof(Posterior) ?? typeof(Handlers);
        }
        """;
}
