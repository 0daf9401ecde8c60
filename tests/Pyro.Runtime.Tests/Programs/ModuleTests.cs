using Pyro.Distributions;
using Pyro.Infer;
using Pyro.Optim;
using Pyro.Params;
using Pyro.Poutines;
using static Pyro.Primitives;
using static TorchSharp.torch;
using Linear = TorchSharp.Modules.Linear;

namespace Pyro.Runtime.Tests.Programs;

/// <summary>Modules whose parameters are the store's, and modules with priors.</summary>
public sealed class ModuleTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("modules").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Linear Line() => nn.Linear(3, 2);

    [Fact]
    public void ParametersAreNamedByModuleAndPath()
    {
        using var net = nn.Sequential(("one", nn.Linear(3, 4)), ("two", nn.Sequential(("inner", nn.Linear(4, 2)))));
        var context = Runs.Context();
        var trace = Runs.TraceOf(() => Assert.Same(net, Module("net", net, "slow")), context);
        Assert.Equal(["net$$$one.weight", "net$$$one.bias", "net$$$two.inner.weight", "net$$$two.inner.bias"], trace.ParamNodes);
        Assert.Equal(net.state_dict().Keys.Order(), context.Store.Parameters.Select(p => p.NameInModule).Order());
        Assert.All(context.Store.Parameters, p => Assert.Equal(("net", "slow"), (p.ModuleName, Assert.Single(p.Tags))));
    }

    [Fact]
    public void SeparatorsInNamesAreRefused()
    {
        using var line = Line();
        Assert.Contains("$$$", Runs.Fails(() => Module("a$$$b", line)).Message);
    }

    [Fact]
    public void TheModulesTensorsAreTrained()
    {
        using var line = Line();
        var (x, y) = (rand(20, 3), zeros(20, 2));
        var before = line.weight!.Numbers();
        var svi = new SVI<Unit>(
            Runs.Program(() =>
            {
                Module("line", line);
                Observe("y", new Normal(line.call(x), 1), y);
            }),
            Runs.Program(() => { }), new Adam(0.1), new ELBO(), Runs.Context());
        var first = svi.Step(default);
        svi.Fit(default, 100);
        Assert.True(svi.EvaluateLoss(default) < first);
        Assert.NotEqual(before, line.weight!.Numbers());
        Assert.Equal(svi.Context.Store.GetValue("line$$$weight").Numbers(), line.weight!.Numbers());
    }

    [Fact]
    public void AModuleMadeAnewInEachStepIsTrainedToo()
    {
        // In the reference a fresh module under a known name kept parameters of its own, which nobody trained.
        var x = ones(5, 3);
        var svi = new SVI<Unit>(
            Runs.Program(() =>
            {
                var line = Module("line", Line());
                Observe("y", new Normal(line.call(x), 1), zeros(5, 2));
            }),
            Runs.Program(() => { }), new Adam(0.05), new ELBO(), Runs.Context());
        svi.Fit(default, 300);
        Numeric.Close(5 * 2 * 0.5 * Math.Log(2 * Math.PI), svi.EvaluateLoss(default), 1e-2);
    }

    public static TheoryData<string> Losses => ["two particles", "enumerated", "also in the model", "parallel"];

    [Theory]
    [MemberData(nameof(Losses))]
    public void AModuleMadeAnewHasAllOfItsGradient(string kind)
    {
        var once = Gradients(anew: false);
        Assert.NotEqual(0, once[0]);
        Assert.Equal(once, Gradients(anew: true));

        double[] Gradients(bool anew)
        {
            using var net = nn.Linear(1, 1);
            Linear Net() => Module("net", anew ? nn.Linear(1, 1) : net);
            var loss = kind switch
            {
                "two particles" => new ELBO(2),
                "parallel" => new ELBO(4, parallel: true),
                "enumerated" => new ELBO(1, enumDiscrete: Enumerate.LockStep),
                _ => new ELBO(),
            };
            var model = Runs.Program(() =>
            {
                var mu = Sample("mu", new Normal(0, 1));
                var z = Sample("z", new Bernoulli(ps: 0.5));
                Observe("x", new Normal(mu + z + (kind == "also in the model" ? Net().call(ones(1)).squeeze(0) : 0f), 1), tensor(2f));
            });
            var guide = Runs.Program(() =>
            {
                Sample("mu", new Normal(Net().call(ones(1)).squeeze(0), 1));
                Sample("z", new Bernoulli(ps: 0.3));
            });
            var context = Runs.Context();
            context.Store.GetParam("net$$$weight", tensor(new[,] { { 0.7f } }));
            context.Store.GetParam("net$$$bias", tensor(new[] { 0.1f }));
            var trained = new ParamSet();
            for (var step = 0; step < 2; step++)
            {
                using var scope = NewDisposeScope();
                trained.Clear();
                loss.LossAndGrads(context, model, guide, default, trained);
                Assert.Equal(2, trained.Count);
            }
            return [.. trained.SelectMany(parameter => parameter.Unconstrained.grad!.Numbers())];
        }
    }

    [Fact]
    public void TheReferencesTestOfSavedModules()
    {
        // Two linears and a parameter; a step; save, clear, load; a third linear takes what was saved.
        var file = Path.Combine(_folder, "p.safetensors");
        using var first = Line();
        using var second = Line();
        using var third = Line();
        var context = Runs.Context();
        var svi = new SVI<Unit>(
            Runs.Program(() =>
            {
                var (a, b) = (Module("mymodule", first), Module("mymodule2", second));
                Factor("f", (a.call(ones(3)) + b.call(ones(3)) + Param("myparam", tensor(1.234))).sum());
            }),
            Runs.Program(() => { }), new Adam(0.01), new ELBO(), context);
        svi.Step(default);
        Assert.Equal(5, context.Store.Count);
        var after = context.Store.GetValue("myparam").Number();
        Assert.NotEqual(1.234, after);
        var names = context.Store.Names.ToArray();
        context.Store.Save(file);
        context.Store.Clear();
        Assert.Equal(0, context.Store.Count);
        context.Store.Load(file);
        Assert.Equal(names, context.Store.Names);
        Assert.Equal(after, context.Store.GetValue("myparam").Number());
        Assert.NotEqual(first.weight!.Numbers(), third.weight!.Numbers());
        Runs.TraceOf(() => Module("mymodule", third), context);
        Assert.Equal(first.weight!.Numbers(), third.weight!.Numbers());
        Assert.Same(third.weight, context.Store["mymodule$$$weight"].Unconstrained);
    }

    [Fact]
    public void AModuleOfAnotherShapeIsRefused()
    {
        using var line = Line();
        using var other = nn.Linear(4, 2);
        var context = Runs.Context();
        Runs.TraceOf(() => Module("line", line), context);
        var error = Assert.Throws<ModelException>(() => Runs.TraceOf(() => Module("line", other), context));
        Assert.Equal("line$$$weight", error.Site);
    }

    [Fact]
    public void ARandomModuleHasALatentForEachParameter()
    {
        using var line = Line();
        var before = line.weight!.Numbers();
        IReadOnlyDictionary<string, Tensor>? values = null;
        var trace = Runs.TraceOf(() => values = RandomModule("line", line, new Bernoulli(ps: 1.0)));
        Assert.Equal(["line$$$weight", "line$$$bias"], trace.StochasticNodes);
        Assert.Equal([2L, 3], values!["weight"].shape);
        Assert.All(values["weight"].Numbers().Concat(values["bias"].Numbers()), number => Assert.Equal(1, number));
        Assert.Equal(before, line.weight!.Numbers());

        var partial = Runs.TraceOf(() => RandomModule("line", line, new Dictionary<string, Distribution> { ["weight"] = new Normal(zeros(2, 3), 1) }));
        Assert.Equal(["line$$$weight"], partial.StochasticNodes);
        Assert.Equal(["line$$$bias"], partial.ParamNodes);
        var called = Runs.TraceOf(() => RandomModule("line", line, name => name.EndsWith("bias", StringComparison.Ordinal) ? new Normal(0, 1) : null));
        Assert.Equal(["line$$$bias"], called.StochasticNodes);
    }

    [Fact]
    public void APriorOfNoParameterIsRefused()
    {
        using var line = Line();
        RandomModuleOf("line$$$weight");
        RandomModuleOf("bias");
        var error = Assert.Throws<ModelException>(() => RandomModuleOf("wieght"));
        Assert.Equal("line", error.Site);
        Assert.Contains("weight, bias", error.Message);

        void RandomModuleOf(string parameter) =>
            Runs.TraceOf(() => RandomModule("line", line, new Dictionary<string, Distribution> { [parameter] = new Normal(0, 1) }));
    }

    [Fact]
    public void AModuleThatWouldNotComputeWithWhatAHandlerGivesIsRefused()
    {
        using var line = Line();
        var program = Runs.Program(() => Module("line", line));
        foreach (var handled in new[] { program.Lift(new Normal(0, 1)), program.Substitute(new Dictionary<string, Tensor> { ["line$$$weight"] = zeros(2, 3) }) })
        {
            var error = Assert.Throws<ModelException>(() => handled.Trace(default, Runs.Context()));
            Assert.Equal("line$$$weight", error.Site);
            Assert.Contains("RandomModule", error.Message);
        }
        program.Block().Lift(new Normal(0, 1)).Trace(default, Runs.Context());
    }

    [Fact]
    public void ABayesianRegressionFindsItsPosterior()
    {
        // y = w x + ε with w ~ N(0, 1): the posterior is N(Σxy / (1 + Σx²), 1 / (1 + Σx²)).
        using var line = nn.Linear(1, 1, hasBias: false);
        var (x, y) = (tensor(new[,] { { 1f }, { 2 }, { -1 } }), tensor(new[,] { { 0.9f }, { 2.2f }, { -0.7f } }));
        var model = Runs.Program(() =>
        {
            var values = RandomModule("line", line, new Normal(0, 1));
            Observe("y", new Normal(nn.functional.linear(x, values["weight"]), 1), y);
        });
        var guide = Runs.Program(() => RandomModule("line", line, new Normal(Param("m", zeros(1, 1)), Param("s", ones(1, 1), Constraints.Positive))));
        var svi = new SVI<Unit>(model, guide, new Adam(0.02), new ELBO(numParticles: 4), Runs.Context());
        svi.Fit(default, 800);
        Numeric.Close(6.0 / 7, svi.Context.Store.GetValue("m").Number(), 0.06);
        Numeric.Close(Math.Sqrt(1.0 / 7), svi.Context.Store.GetValue("s").Number(), 0.06);
    }

    [Fact]
    public void ParametersHaveTheTagsOfTheirFirstMention()
    {
        var context = Runs.Context();
        Runs.TraceOf(() => Param("a", 1.0, tags: ["fast", "x"]), context);
        Runs.TraceOf(() => Param("a", 1.0, tags: ["other"]), context);
        Assert.Equal(["fast", "x"], context.Store["a"].Tags.Order());
    }
}
