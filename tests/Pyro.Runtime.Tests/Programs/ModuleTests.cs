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

    [Test]
    public void ParametersAreNamedByModuleAndPath()
    {
        using var net = nn.Sequential(("one", nn.Linear(3, 4)), ("two", nn.Sequential(("inner", nn.Linear(4, 2)))));
        var context = Runs.Context();
        var trace = Runs.TraceOf(() => Assert.That(Module("net", net, "slow"), Is.SameAs(net)), context);
        Assert.That(trace.ParamNodes, Is.EqualTo(["net$$$one.weight", "net$$$one.bias", "net$$$two.inner.weight", "net$$$two.inner.bias"]));
        Assert.That(context.Store.Parameters.Select(p => p.NameInModule).Order(), Is.EqualTo(net.state_dict().Keys.Order()));
        Assert.That(context.Store.Parameters.Select(p => (p.ModuleName, p.Tags.Single())), Has.All.EqualTo(("net", "slow")));
    }

    [Test]
    public void SeparatorsInNamesAreRefused()
    {
        using var line = Line();
        Assert.That(Runs.Fails(() => Module("a$$$b", line)).Message, Does.Contain("$$$"));
    }

    [Test]
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
        Assert.That(svi.EvaluateLoss(default) < first);
        Assert.That(line.weight!.Numbers(), Is.Not.EqualTo(before));
        Assert.That(line.weight!.Numbers(), Is.EqualTo(svi.Context.Store.GetValue("line$$$weight").Numbers()));
    }

    [Test]
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

    public static IEnumerable<string> Losses => ["two particles", "enumerated", "also in the model", "parallel"];

    [TestCaseSource(nameof(Losses))]
    public void AModuleMadeAnewHasAllOfItsGradient(string kind)
    {
        var once = Gradients(anew: false);
        Assert.That(once[0], Is.Not.EqualTo(0));
        Assert.That(Gradients(anew: true), Is.EqualTo(once));

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
                Assert.That(trained.Count, Is.EqualTo(2));
            }
            return [.. trained.SelectMany(parameter => parameter.Unconstrained.grad!.Numbers())];
        }
    }

    [Test]
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
        Assert.That(context.Store.Count, Is.EqualTo(5));
        var after = context.Store.GetValue("myparam").Number();
        Assert.That(after, Is.Not.EqualTo(1.234));
        var names = context.Store.Names.ToArray();
        context.Store.Save(file);
        context.Store.Clear();
        Assert.That(context.Store.Count, Is.EqualTo(0));
        context.Store.Load(file);
        Assert.That(context.Store.Names, Is.EqualTo(names));
        Assert.That(context.Store.GetValue("myparam").Number(), Is.EqualTo(after));
        Assert.That(third.weight!.Numbers(), Is.Not.EqualTo(first.weight!.Numbers()));
        Runs.TraceOf(() => Module("mymodule", third), context);
        Assert.That(third.weight!.Numbers(), Is.EqualTo(first.weight!.Numbers()));
        Assert.That(context.Store["mymodule$$$weight"].Unconstrained, Is.SameAs(third.weight));
    }

    [Test]
    public void Buffers_AreInTheStoreAndItsFiles()
    {
        var file = Path.Combine(_folder, "norm.safetensors");
        using var first = nn.BatchNorm1d(3);
        using var second = nn.BatchNorm1d(3);
        var context = Runs.Context();
        var x = tensor(new[,] { { 1f, 2, 3 }, { 3, 6, 5 } });
        Runs.TraceOf(() => Module("norm", first).call(x), context);
        Assert.That(context.Store.BufferNames, Is.EqualTo(["norm$$$num_batches_tracked", "norm$$$running_mean", "norm$$$running_var"]));
        // A tenth of the batch's mean; nine tenths of 1 and a tenth of the batch's unbiased variance.
        Assert.That(context.Store.GetBuffer("norm$$$running_mean").Numbers(), Is.EqualTo([0.2, 0.4, 0.4]).Within(1e-6));
        Assert.That(context.Store.GetBuffer("norm$$$running_var").Numbers(), Is.EqualTo([1.1, 1.7, 1.1]).Within(1e-6));
        context.Store.Save(file);
        context.Store.Clear();
        Assert.That(context.Store.BufferNames, Is.Empty);
        context.Store.Load(file);
        second.eval();
        first.eval();
        Runs.TraceOf(() => Module("norm", second), context);
        Assert.That(second.call(x).Numbers(), Is.EqualTo(first.call(x).Numbers()));

        // A file that is loaded reaches the module that is there.
        using (no_grad())
            second.running_mean!.fill_(7);
        context.Store.Load(file);
        Assert.That(second.running_mean!.Numbers(), Is.EqualTo(first.running_mean!.Numbers()));
        Assert.That(() => context.Store.GetBuffer("other"), Throws.TypeOf<KeyNotFoundException>().With.Message.Contains("norm$$$running_var"));
        Assert.That(context.Store.Remove("norm$$$running_var"), Is.True);
        Assert.That(context.Store.BufferNames, Has.Count.EqualTo(2));
    }

    [Test]
    public void Buffers_OfADamagedFileAreRefused()
    {
        using var net = nn.BatchNorm1d(3);
        var context = Runs.Context();
        Runs.TraceOf(() => Module("norm", net), context);
        using var stream = new MemoryStream();
        context.Store.Save(stream);
        stream.Position = 0;
        var (tensors, metadata) = Pyro.Files.SafeTensors.Read(stream);
        metadata["pyro.buffers"] = metadata["pyro.buffers"].Replace("num_batches_tracked\",\"", "running_mean\",\"", StringComparison.Ordinal);
        using var damaged = new MemoryStream();
        Pyro.Files.SafeTensors.Write(damaged, [.. tensors], metadata);
        damaged.Position = 0;
        Assert.That(() => context.Store.Load(damaged), Throws.TypeOf<InvalidDataException>().With.Message.Contains("two buffers 'norm$$$running_mean'"));
    }

    [Test]
    public void Buffers_OfAnotherShapeAreRefused()
    {
        var context = Runs.Context();
        using var net = new Pyro.Nn.MaskedLinear(ones(2, 3));
        Runs.TraceOf(() => Module("net", net), context);
        context.Store.Remove("net$$$linear.weight");
        using var other = new Pyro.Nn.MaskedLinear(ones(2, 4));
        var error = Assert.Throws<ModelException>(() => Runs.TraceOf(() => Module("net", other), context));
        Assert.That(error.Site, Is.EqualTo("net$$$mask"));
        Assert.That(error.Message, Does.Contain("(2, 3)").And.Contain("(2, 4)"));
    }

    [Test]
    public void Buffers_AreAsTheyWere_WhenAStepFails()
    {
        var fails = true;
        using var net = nn.BatchNorm1d(1);
        var x = tensor(new[,] { { 1f }, { 3 } });
        var svi = new SVI<Unit>(
            Runs.Program(() =>
            {
                Observe("x", new Normal(Module("net", net).call(x), 1), x);
                if (fails)
                    throw new TimeoutException();
            }),
            Runs.Program(() => { }), new Adam(0.1), new ELBO(), Runs.Context());
        Assert.Throws<TimeoutException>(() => svi.Step(default));
        Assert.That(svi.Context.Store.BufferNames, Is.Empty);
        Assert.That(net.running_mean!.Number(), Is.EqualTo(0));
        fails = false;
        svi.Step(default);
        fails = true;
        Assert.Throws<TimeoutException>(() => svi.Step(default));
        Assert.That(net.running_mean!.Number(), Is.EqualTo(0.2).Within(1e-6));
        Assert.That(svi.Context.Store.GetBuffer("net$$$running_mean").Number(), Is.EqualTo(net.running_mean!.Number()));
    }

    [Test]
    public void Buffers_GoOn_WhenAModuleIsMadeAnewInEachStep()
    {
        var (x, once) = (tensor(new[,] { { 1f, 2 }, { 3, 8 } }), new Pyro.Distributions.Transforms.BatchNorm(2));
        Assert.That(Mean(anew: true), Is.EqualTo(Mean(anew: false)));

        double[] Mean(bool anew)
        {
            var svi = new SVI<Unit>(
                Runs.Program(() =>
                {
                    var norm = anew ? new Pyro.Distributions.Transforms.BatchNorm(2) : once;
                    Module("norm", norm.Network);
                    using var plate = IArange("rows", 2);
                    Observe("x", new TransformedDistribution(new Normal(zeros(2), 1).ToEvent(1), norm), x);
                }),
                Runs.Program(() => { }), new Adam(0.1), new ELBO(), Runs.Context());
            svi.Fit(default, 5);
            return svi.Context.Store.GetBuffer("norm$$$mean").Numbers();
        }
    }

    [Test]
    public void AModuleOfAnotherShapeIsRefused()
    {
        using var line = Line();
        using var other = nn.Linear(4, 2);
        var context = Runs.Context();
        Runs.TraceOf(() => Module("line", line), context);
        var error = Assert.Throws<ModelException>(() => Runs.TraceOf(() => Module("line", other), context));
        Assert.That(error.Site, Is.EqualTo("line$$$weight"));
    }

    [Test]
    public void ARandomModuleHasALatentForEachParameter()
    {
        using var line = Line();
        var before = line.weight!.Numbers();
        IReadOnlyDictionary<string, Tensor>? values = null;
        var trace = Runs.TraceOf(() => values = RandomModule("line", line, new Bernoulli(ps: 1.0)));
        Assert.That(trace.StochasticNodes, Is.EqualTo(["line$$$weight", "line$$$bias"]));
        Assert.That(values!["weight"].shape, Is.EqualTo([2L, 3]));
        Assert.That(values["weight"].Numbers().Concat(values["bias"].Numbers()), Has.All.EqualTo(1));
        Assert.That(line.weight!.Numbers(), Is.EqualTo(before));

        var partial = Runs.TraceOf(() => RandomModule("line", line, new Dictionary<string, Distribution> { ["weight"] = new Normal(zeros(2, 3), 1) }));
        Assert.That(partial.StochasticNodes, Is.EqualTo(["line$$$weight"]));
        Assert.That(partial.ParamNodes, Is.EqualTo(["line$$$bias"]));
        var called = Runs.TraceOf(() => RandomModule("line", line, name => name.EndsWith("bias", StringComparison.Ordinal) ? new Normal(0, 1) : null));
        Assert.That(called.StochasticNodes, Is.EqualTo(["line$$$bias"]));
    }

    [Test]
    public void APriorOfNoParameterIsRefused()
    {
        using var line = Line();
        RandomModuleOf("line$$$weight");
        RandomModuleOf("bias");
        var error = Assert.Throws<ModelException>(() => RandomModuleOf("wieght"));
        Assert.That(error.Site, Is.EqualTo("line"));
        Assert.That(error.Message, Does.Contain("weight, bias"));

        void RandomModuleOf(string parameter) =>
            Runs.TraceOf(() => RandomModule("line", line, new Dictionary<string, Distribution> { [parameter] = new Normal(0, 1) }));
    }

    [Test]
    public void AModuleThatWouldNotComputeWithWhatAHandlerGivesIsRefused()
    {
        using var line = Line();
        var program = Runs.Program(() => Module("line", line));
        foreach (var handled in new[] { program.Lift(new Normal(0, 1)), program.Substitute(new Dictionary<string, Tensor> { ["line$$$weight"] = zeros(2, 3) }) })
        {
            var error = Assert.Throws<ModelException>(() => handled.Trace(default, Runs.Context()));
            Assert.That(error.Site, Is.EqualTo("line$$$weight"));
            Assert.That(error.Message, Does.Contain("RandomModule"));
        }
        program.Block().Lift(new Normal(0, 1)).Trace(default, Runs.Context());
    }

    [Test]
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

    [Test]
    public void ParametersHaveTheTagsOfTheirFirstMention()
    {
        var context = Runs.Context();
        Runs.TraceOf(() => Param("a", 1.0, tags: ["fast", "x"]), context);
        Runs.TraceOf(() => Param("a", 1.0, tags: ["other"]), context);
        Assert.That(context.Store["a"].Tags.Order(), Is.EqualTo(["fast", "x"]));
    }
}
