using Pyro.Distributions;
using Pyro.Files;
using Pyro.Infer;
using Pyro.Optim;
using Pyro.Params;
using static Pyro.Primitives;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Optim;

/// <summary>What optimizers keep: whose it is, what it may be, and that it comes back from a file as it was.</summary>
public sealed class StateTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("state").FullName;

    private static readonly Dictionary<string, Func<PyroOptim>> s_all = new()
    {
        ["Adam"] = () => new Adam(0.1), ["Adamax"] = () => new Adamax(0.1), ["SGD"] = () => new SGD(0.1),
        ["RMSprop"] = () => new RMSprop(0.1), ["RMSprop, centered"] = () => new RMSprop(0.1, momentum: 0.5, centered: true), ["Rprop"] = () => new Rprop(0.1),
        ["Adagrad"] = () => new Adagrad(0.1), ["Adadelta"] = () => new Adadelta(0.1), ["ASGD"] = () => new ASGD(0.1),
    };

    private string File => Path.Combine(_folder, "o.safetensors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // As it was before files said of which optimizer they are.
    private void WithoutKind()
    {
        using var scope = NewDisposeScope();
        Dictionary<string, Tensor> tensors;
        Dictionary<string, string> metadata;
        using (var stream = System.IO.File.OpenRead(File))
            (tensors, metadata) = SafeTensors.Read(stream);
        Assert.That(metadata.Remove("pyro.rule"), Is.True);
        using (var stream = System.IO.File.Create(File))
            SafeTensors.Write(stream, [.. tensors], metadata);
    }

    [Test]
    public void AnotherOptimizersStateIsRefused()
    {
        foreach (var saysKind in new[] { true, false })
            foreach (var (from, make) in s_all)
            {
                var first = make();
                first.Take(Steps.Store(), 1, 3);
                first.Save(File);
                if (!saysKind)
                    WithoutKind();
                foreach (var (to, other) in s_all)
                {
                    var (second, store) = (other(), Steps.Store());
                    second.Take(store, 1);
                    if (from.Split(',')[0] == to.Split(',')[0])
                    {
                        second.Load(File);
                        Assert.That(second.StepsOf("x"), Is.EqualTo(3));
                        continue;
                    }
                    var error = Assert.Throws<InvalidDataException>(() => second.Load(File));
                    Assert.That(error.Message, Does.Contain($" {(saysKind ? from : to).Split(',')[0]}"));
                    Assert.That(error.Message, Does.EndWith("Nothing was changed."));
                    Assert.That(second.StepsOf("x"), Is.EqualTo(1));
                }
            }
    }

    [Test]
    public void AdamAndItsRelativesGoOnWhereOneOfThemWas()
    {
        var first = new Adam(0.1, amsgrad: true);
        first.Take(Steps.Store(), 1, 3);
        first.Save(File);
        foreach (var second in new PyroOptim[] { new AdamW(), new ClippedAdam(), new Adam() })
        {
            second.Load(File);
            Assert.That(second.StepsOf("x"), Is.EqualTo(3));
        }
    }

    [Test]
    public void ACheckpointOfAnotherOptimizerIsRefused()
    {
        var model = Runs.Program(() => Sample("z", new Normal(tensor(0f), tensor(1f))));
        var guide = Runs.Program(() => Sample("z", new Normal(Param("m", tensor(3f)), tensor(1f))));
        SVI<Unit> New(PyroOptim optimizer) => new(model, guide, optimizer, new ELBO(), Runs.Context());
        New(new RMSprop(0.01)).Run(default, 4, new RunOptions { Checkpoint = File });
        var svi = New(new Adam(0.01));
        Assert.That(() => svi.LoadCheckpoint(File), Throws.TypeOf<InvalidDataException>().With.Message.Contains("RMSprop"));
        Assert.That(svi.Steps, Is.EqualTo(0));
        Assert.That(svi.Context.Store.Contains("m"), Is.False);
    }

    public static IEnumerable<TestCaseData<string, string, double>> Hostile =>
    [
        new("'square' is negative", "[{'name':'x','steps':3,'shape':[],'slots':['mean','square'],'keys':['a','b']}]", -1),
        new("'square' is negative or NaN", "[{'name':'x','steps':3,'shape':[],'slots':['mean','square'],'keys':['a','b']}]", double.NaN),
        new("'mean' is", "[{'name':'x','steps':3,'shape':[],'slots':['square','mean'],'keys':['a','b']}]", double.PositiveInfinity),
        new("9223372036854775807 steps", "[{'name':'x','steps':9223372036854775807,'shape':[],'slots':['mean','square'],'keys':['a','b']}]", 1),
        new("'square' is missing", "[{'name':'x','steps':3,'shape':[],'slots':['mean'],'keys':['a']}]", 1),
        new("'momentum' is not among", "[{'name':'x','steps':3,'shape':[],'slots':['mean','square','momentum'],'keys':['a','b','c']}]", 1),
        new("has shape () and the parameter (2)", "[{'name':'x','steps':3,'shape':['2'],'slots':['mean','square'],'keys':['a','b']}]", 1),
        new("has the shape (-2)", "[{'name':'x','steps':3,'shape':['-2'],'slots':[],'keys':[]}]", 1),
    ];

    [TestCaseSource(nameof(Hostile))]
    public void NumbersThatNoStateHasAreRefused(string what, string list, double b)
    {
        using (var stream = System.IO.File.Create(File))
            SafeTensors.Write(stream, [new("a", tensor(1.0)), new("b", tensor(b)), new("c", tensor(1.0))], new Dictionary<string, string>
            {
                ["pyro.kind"] = "optimizer", ["pyro.version"] = "1", ["pyro.optimizer"] = list.Replace('\'', '"'),
                ["pyro.rule"] = "[{\"kind\":\"Adam\",\"learningRate\":\"NaN\"}]",
            });
        var adam = new Adam();
        adam.Take(Steps.Store(), 1);
        Assert.That(() => adam.Load(File), Throws.TypeOf<InvalidDataException>().With.Message.Contains(what));
        Assert.That(adam.StepsOf("x"), Is.EqualTo(1));
    }

    [TestCase("[]")]
    [TestCase("[{\"kind\":\"Adam\",\"learningRate\":\"-1\"}]")]
    [TestCase("[{\"kind\":\"Adam\",\"learningRate\":\"Infinity\"}]")]
    [TestCase("[{\"kind\":\"Adam\"}]")]
    public void ARuleThatIsNoneIsRefused(string rule)
    {
        using (var stream = System.IO.File.Create(File))
            SafeTensors.Write(stream, [], new Dictionary<string, string>
            {
                ["pyro.kind"] = "optimizer", ["pyro.version"] = "1", ["pyro.optimizer"] = "[]", ["pyro.rule"] = rule,
            });
        var adam = new Adam(0.1);
        Assert.Throws<InvalidDataException>(() => adam.Load(File));
        Assert.That(adam.LearningRate, Is.EqualTo(0.1));
    }

    [TestCase("Adam")]
    [TestCase("RMSprop")]
    [TestCase("Adagrad")]
    [TestCase("Adadelta")]
    public void ASquareThatIsInfiniteIsLoadedAgain(string name)
    {
        // One steep gradient, whose square no single-precision number is.
        var (first, store) = (s_all[name](), Steps.Store(1.5, ScalarType.Float32));
        first.Take(store, 1e24);
        first.Take(store, 1);
        Assert.That(double.IsFinite(store.X()), Is.True);
        first.Save(File);
        var second = s_all[name]();
        second.Load(File);
        var other = Steps.Store(store.X(), ScalarType.Float32);
        first.Take(store, 2);
        second.Take(other, 2);
        Assert.That(other.X(), Is.EqualTo(store.X()));
    }

    [Test]
    public void ACheckpointAfterASteepGradientIsResumed()
    {
        var model = Runs.Program(() =>
        {
            Factor("f", -Param("m", tensor(3f)) * 1e20f);
            Sample("z", new Normal(tensor(0f), tensor(1f)));
        });
        var guide = Runs.Program(() => Sample("z", new Normal(tensor(0f), tensor(1f))));
        SVI<Unit> New() => new(model, guide, new Adam(0.01), new ELBO(), Runs.Context());
        New().Run(default, 6, new RunOptions { Checkpoint = File });
        Assert.That(New().Run(default, 9, new RunOptions { Checkpoint = File }).Step, Is.EqualTo(9));
    }

    [Test]
    public void AStateThatCouldNotBeLoadedIsNotSaved()
    {
        var (sgd, store) = (new SGD(1, momentum: 2), Steps.Store(1.5, ScalarType.Float32));
        sgd.Take(store, 1);
        sgd.Save(File);
        var before = System.IO.File.ReadAllBytes(File);
        sgd.Take(store, 3e38, 2);
        var error = Assert.Throws<ModelException>(() => sgd.Save(File));
        Assert.That(error.Site, Is.EqualTo("x"));
        Assert.That(error.Message, Does.Contain("'momentum'"));
        Assert.That(System.IO.File.ReadAllBytes(File), Is.EqualTo(before));
    }

    [Test]
    public void AMomentumThatBeginsLaterTakesItsFirstGradientInFull()
    {
        var (plain, store) = (new SGD(1), Steps.Store(0));
        plain.Take(store, 1);
        plain.Save(File);
        var damped = new SGD(1, momentum: 0.9, dampening: 0.5);
        damped.Load(File);
        damped.Take(store, 1);
        Assert.That(store.X(), Is.EqualTo(-2));
        damped.Take(store, 1);
        Numeric.Close(-2 - (0.9 + 0.5), store.X());
    }

    [Test]
    public void ALearningRateThatWasSetGoesWithTheState()
    {
        var model = Runs.Program(() => Sample("z", new Normal(tensor(0.0), 1)));
        var guide = Runs.Program(() => Sample("z", new Normal(Param("m", tensor(3.0)), 1)));
        double Run(params int[] ends)
        {
            System.IO.File.Delete(File);
            var m = double.NaN;
            foreach (var end in ends)
            {
                var adam = new Adam(0.1);
                var svi = new SVI<Unit>(model, guide, adam, new ELBO(), Runs.Context());
                svi.Run(default, end, new RunOptions
                {
                    Checkpoint = File,
                    AfterStep = progress =>
                    {
                        if (progress.Step == 10)
                            adam.LearningRate = 0.001;
                        return true;
                    },
                });
                m = svi.Context.Store.X("m");
            }
            return m;
        }
        Assert.That(Run(15, 20), Is.EqualTo(Run(20)));
    }

    [Test]
    public void ALearningRateThatWasNotSetIsTheOneOfTheProgram()
    {
        var first = new Adam(0.1);
        first.Save(File);
        var second = new Adam(0.2) { LearningRate = 0.3 };
        second.Load(File);
        Assert.That(second.LearningRate, Is.EqualTo(0.2));
        first.LearningRate = 0.4;
        first.Save(File);
        second.Load(File);
        Assert.That(second.LearningRate, Is.EqualTo(0.4));
        var own = new Adam(_ => new AdamOptions());
        own.Load(File);
        Assert.That(own.LearningRate, Is.NaN);
        // A file that knows nothing of rates leaves what was set.
        WithoutKind();
        second.LearningRate = 0.5;
        second.Load(File);
        Assert.That(second.LearningRate, Is.EqualTo(0.5));
    }

    [Test]
    public void ANewParameterBeginsAnewAndALoadedOneGoesOn()
    {
        var (adam, store) = (new Adam(0.1), Steps.Store());
        adam.Take(store, 1, 100);
        store.Save(File);

        store.Clear();
        store.Load(File);
        adam.Take(store, 1);
        Assert.That(adam.StepsOf("x"), Is.EqualTo(101));

        var other = new ParamStore();
        other.Load(File);
        adam.Take(other, 1);
        Assert.That(adam.StepsOf("x"), Is.EqualTo(102));

        store.Clear();
        store.GetParam("x", tensor(1.5));
        adam.Take(store, -1);
        Numeric.Close(1.6, store.X(), 1e-7);
        Assert.That(adam.StepsOf("x"), Is.EqualTo(1));
    }

    [Test]
    public void AStateThatWasLoadedWaitsForItsParameter()
    {
        var first = new Adam(0.1);
        first.Take(Steps.Store(), 1, 5);
        first.Save(File);
        var (second, store) = (new Adam(0.1), Steps.Store());
        second.Load(File);
        second.Take(store, 1);
        Assert.That(second.StepsOf("x"), Is.EqualTo(6));
        store.Remove("x");
        store.GetParam("x", tensor(1.5));
        second.Take(store, 1);
        Assert.That(second.StepsOf("x"), Is.EqualTo(1));
    }

    [TestCase("SGD")]
    [TestCase("Adam")]
    public void AnotherShapeBeginsAnewAndAnotherValueGoesOn(string name)
    {
        var asked = new List<long>();
        double Ask(long steps)
        {
            asked.Add(steps);
            return 1;
        }
        PyroOptim optimizer = name == "SGD" ? new SGD(0.1) { Schedule = Ask } : new Adam(0.1) { Schedule = Ask };
        var store = Steps.Store();
        optimizer.Take(store, 1, 2);
        store.Replace("x", tensor(2.5));
        optimizer.Take(store, 1);
        store.Replace("x", tensor(new[] { 1.0, 2 }));
        optimizer.Take(store, 1);
        Assert.That(asked, Is.EqualTo([0, 1, 2, 0]));
        Assert.That(optimizer.StepsOf("x"), Is.EqualTo(1));

        // Also from a file, where a rule without tensors knows the shape from nothing else.
        optimizer.Save(File);
        optimizer.Load(File);
        store.Replace("x", tensor(1.5));
        optimizer.Take(store, 1);
        Assert.That(asked[^1], Is.EqualTo(0));
    }

    [Test]
    public void OneThreadAtATimeUsesAnOptimizer()
    {
        // Used while it steps, as another thread would use it: within the step, where a schedule is asked.
        var store = Steps.Store();
        PyroOptim optimizer = null!;
        Action? use = null;
        optimizer = new Adam(0.1)
        {
            Schedule = _ =>
            {
                Task.Run(() => use?.Invoke(), TestContext.CurrentContext.CancellationToken).GetAwaiter().GetResult();
                return 1;
            },
        };
        optimizer.Save(File);
        foreach (var each in new Action[]
        {
            () => optimizer.Step(new ParamSet()), () => optimizer.Save(File), () => optimizer.Load(File), () => optimizer.Clear(),
        })
        {
            use = each;
            Assert.That(() => optimizer.Take(store, 1), Throws.TypeOf<InvalidOperationException>().With.Message.Contains("Adam of its own"));
            Assert.That(store.X(), Is.EqualTo(1.5));
        }
        use = null;
        optimizer.Take(store, 1);
        Numeric.Close(1.4, store.X(), 1e-7);
    }

    [Test]
    public void ATensorWithTwoNamesIsSteppedOnceUnderItsFirst()
    {
        var net = nn.Linear(1, 1);
        using (no_grad())
            net.weight!.fill_(1);
        var model = Runs.Program(() =>
        {
            Module("a", net);
            Module("b", net);
            Factor("f", -net.weight!.sum());
        });
        var sgd = new SGD(0.1);
        var svi = new SVI<Unit>(model, Runs.Program(() => { }), sgd, new ELBO(), Runs.Context());
        var before = net.weight!.Number();
        svi.Step(default);
        svi.Step(default);
        Numeric.Close(0.2, Math.Abs(before - net.weight!.Number()), 1e-6);
        Assert.That((sgd.StepsOf("a$$$weight"), sgd.StepsOf("b$$$weight")), Is.EqualTo((2, 0)));
        Assert.That(svi.Context.Store.Count, Is.EqualTo(4));
    }

    [Test]
    public void AStepLeavesNoTensorInTheCallersScope()
    {
        var store = Steps.Store();
        store.GetParam("y", zeros(100, ScalarType.BFloat16));
        store.GetParam("z", ones(3, 3));
        var set = new ParamSet();
        foreach (var parameter in store.Parameters)
            set.Add(parameter);
        var all = store.Parameters.Aggregate(tensor(0.0), (sum, parameter) => sum + parameter.Unconstrained.sum());
        all.backward();
        foreach (var optimizer in s_all.Values.Select(make => make()).Append(new ClippedAdam(0.1) { MaxGradient = 1, MaxGradientNorm = 0.5 }))
        {
            optimizer.Step(set);
            using var scope = NewDisposeScope();
            optimizer.Step(set);
            Assert.That(scope.DisposablesCount, Is.EqualTo(0));
            optimizer.Save(File);
            Assert.That(scope.DisposablesCount, Is.EqualTo(0));
        }
    }

    [Test]
    public void AGradientOfHalfPrecisionIsCheckedToo()
    {
        foreach (var dtype in new[] { ScalarType.BFloat16, ScalarType.Float16 })
        {
            var store = Steps.Store(1.5, dtype);
            var error = Assert.Throws<ModelException>(() => new Adam(0.1).Take(store, double.NaN));
            Assert.That(error.Site, Is.EqualTo("x"));
            Assert.That(store.X(), Is.EqualTo(1.5));
        }
    }

    [TestCase(1e200, 1e200, 1)]
    [TestCase(1e308, 1.7e308, 1e-3)]
    [TestCase(1e160, 0, 1e161)]
    public void TheNormOfLargeGradientsIsLimited(double first, double second, double limit)
    {
        var store = Steps.Store(0);
        store.GetParam("y", tensor(0.0));
        store.GetParam("empty", zeros(0, 3));
        var set = new ParamSet();
        foreach (var parameter in store.Parameters)
            set.Add(parameter);
        (store["x"].Unconstrained * first + store["y"].Unconstrained * second + store["empty"].Unconstrained.sum()).backward();
        new SGD(1) { MaxGradientNorm = limit }.Step(set);
        var scale = Math.Max(first, second);
        var length = Math.Sqrt(Math.Pow(first / scale, 2) + Math.Pow(second / scale, 2));
        var factor = Math.Min(1, limit / scale / length);
        Numeric.Close(-first * factor / limit, store.X() / limit, 1e-12);
        Numeric.Close(-second * factor / limit, store.X("y") / limit, 1e-12);
    }

    [Test]
    public void TheAverageOfAveragedDescent()
    {
        var (asgd, store, sum) = (new ASGD(0.1, lambd: 0, t0: 0), new ParamStore(), 0.0);
        store.GetParam("x", tensor(1.0), Constraints.Positive);
        var error = Assert.Throws<ModelException>(() => asgd.AverageOf(store["x"]));
        Assert.That(error.Message, Does.Contain("'x'"));
        for (var i = 0; i < 4; i++)
        {
            asgd.Take(store, 1 + i);
            sum += i == 0 ? 0 : store.X();
        }
        Numeric.Close(Math.Exp(sum / 3), asgd.AverageOf(store["x"]).Number(), 1e-12);
    }

    [Test]
    public void RoundingMakesNoVarianceNegative()
    {
        var (optimizer, store) = (new RMSprop(0.01, centered: true), Steps.Store(1.5, ScalarType.Float32));
        optimizer.Take(store, 0.1, 1500);
        Assert.That(double.IsFinite(store.X()), Is.True);
    }
}
