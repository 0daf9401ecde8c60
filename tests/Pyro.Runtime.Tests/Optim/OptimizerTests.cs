using Pyro.Files;
using Pyro.Optim;
using Pyro.Params;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Optim;

/// <summary>Each optimizer against its formula written out in numbers, on f(x) = x³ from x = 1.5 on.</summary>
public sealed class OptimizerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("optim").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>A formula: from the step (from 1), x and the gradient to the next x. Its memory is the array.</summary>
    public delegate double Formula(int t, double x, double g, double[] memory);

    public static IEnumerable<string> Names => s_all.Keys;

    private static readonly Dictionary<string, (Func<PyroOptim> Make, Formula Next)> s_all = new()
    {
        ["SGD"] = (() => new SGD(0.1, weightDecay: 0.01), (_, x, g, _) => x - 0.1 * (g + 0.01 * x)),
        ["SGD, momentum"] = (() => new SGD(0.05, momentum: 0.9, dampening: 0.3), (t, x, g, m) => x - 0.05 * (m[0] = 0.9 * m[0] + (t == 1 ? 1 : 0.7) * g)),
        ["SGD, Nesterov"] = (() => new SGD(0.05, momentum: 0.9, nesterov: true), (_, x, g, m) => x - 0.05 * (g + 0.9 * (m[0] = 0.9 * m[0] + g))),
        ["RMSprop"] = (() => new RMSprop(0.02, alpha: 0.9), (_, x, g, m) => x - 0.02 * g / (Math.Sqrt(m[0] = 0.9 * m[0] + 0.1 * g * g) + 1e-8)),
        ["RMSprop, centered, momentum"] = (() => new RMSprop(0.02, alpha: 0.9, momentum: 0.5, centered: true), (_, x, g, m) =>
        {
            m[0] = 0.9 * m[0] + 0.1 * g * g;
            m[1] = 0.9 * m[1] + 0.1 * g;
            return x - 0.02 * (m[2] = 0.5 * m[2] + g / (Math.Sqrt(m[0] - m[1] * m[1]) + 1e-8));
        }),
        ["Adagrad"] = (() => new Adagrad(0.1, lrDecay: 0.05, weightDecay: 0.1, initialAccumulator: 0.5, eps: 1e-3), (t, x, g, m) =>
        {
            g += 0.1 * x;
            m[0] += t == 1 ? 0.5 : 0;
            return x - 0.1 / (1 + (t - 1) * 0.05) * g / (Math.Sqrt(m[0] += g * g) + 1e-3);
        }),
        ["Adadelta"] = (() => new Adadelta(0.8, rho: 0.8, eps: 1e-3), (_, x, g, m) =>
        {
            m[0] = 0.8 * m[0] + 0.2 * g * g;
            var step = Math.Sqrt(m[1] + 1e-3) / Math.Sqrt(m[0] + 1e-3) * g;
            m[1] = 0.8 * m[1] + 0.2 * step * step;
            return x - 0.8 * step;
        }),
        ["Adamax"] = (() => new Adamax(0.05, (0.8, 0.9)), (t, x, g, m) =>
        {
            m[0] = 0.8 * m[0] + 0.2 * g;
            m[1] = Math.Max(0.9 * m[1], Math.Abs(g) + 1e-8);
            return x - 0.05 / (1 - Math.Pow(0.8, t)) * m[0] / m[1];
        }),
        ["AdamW"] = (() => new AdamW(0.05, (0.8, 0.9), weightDecay: 0.1), (t, x, g, m) => Adam(0.05, t, x * (1 - 0.05 * 0.1), g, m)),
        ["Rprop"] = (() => new Rprop(0.3, etas: (0.4, 1.3), stepSizes: (0.01, 0.6)), (t, x, g, m) =>
        {
            if (t == 1)
                m[1] = 0.3;
            m[1] = Math.Clamp(m[1] * (g * m[0] > 0 ? 1.3 : g * m[0] < 0 ? 0.4 : 1), 0.01, 0.6);
            m[0] = g * m[0] < 0 ? 0 : g;
            return x - Math.Sign(m[0]) * m[1];
        }),
        ["ASGD"] = (() => new ASGD(0.1, lambd: 0.1, alpha: 0.5, t0: 3, weightDecay: 0.2), (t, x, g, _) =>
        {
            g += 0.2 * x;
            var rate = t == 1 ? 0.1 : 0.1 / Math.Pow(1 + 0.1 * 0.1 * (t - 1), 0.5);
            return x * (1 - 0.1 * rate) - rate * g;
        }),
        ["ClippedAdam"] = (() => new ClippedAdam(0.05, (0.8, 0.9), eps: 0.1, weightDecay: 0.1, clipNorm: 1.5, lrd: 0.9), (t, x, g, m) =>
        {
            // The reference's: epsilon stands beside the root of the mean square as it is, before its bias is corrected.
            g = Math.Clamp(g, -1.5, 1.5) + 0.1 * x;
            m[0] = 0.8 * m[0] + 0.2 * g;
            m[1] = 0.9 * m[1] + 0.1 * g * g;
            return x - 0.05 * Math.Pow(0.9, t) * Math.Sqrt(1 - Math.Pow(0.9, t)) / (1 - Math.Pow(0.8, t)) * m[0] / (Math.Sqrt(m[1]) + 0.1);
        }),
        ["Adam, AMSGrad"] = (() => new Adam(0.05, (0.8, 0.5), amsgrad: true, maximize: true) { MaxGradient = 4 }, (t, x, g, m) =>
        {
            g = -Math.Min(g, 4);
            m[0] = 0.8 * m[0] + 0.2 * g;
            m[1] = 0.5 * m[1] + 0.5 * g * g;
            m[2] = Math.Max(m[2], m[1]);
            return x - 0.05 * m[0] / (1 - Math.Pow(0.8, t)) / (Math.Sqrt(m[2] / (1 - Math.Pow(0.5, t))) + 1e-8);
        }),
        ["Adam, schedule"] = (() => new Adam(0.05, (0.8, 0.9)) { Schedule = Schedules.Exponential(0.7) }, (t, x, g, m) => Adam(0.05 * Math.Pow(0.7, t - 1), t, x, g, m)),
        ["Adam, clipped"] = (() => new Adam(0.05, (0.8, 0.9)) { MaxGradient = 1 }, (t, x, g, m) => Adam(0.05, t, x, Math.Clamp(g, -1, 1), m)),
        ["SGD, clipped norm"] = (() => new SGD(0.05) { MaxGradientNorm = 2 }, (_, x, g, _) => x - 0.05 * g * Math.Min(1, 2 / Math.Abs(g))),
    };

    private static double Adam(double lr, int t, double x, double g, double[] m)
    {
        m[0] = 0.8 * m[0] + 0.2 * g;
        m[1] = 0.9 * m[1] + 0.1 * g * g;
        return x - lr * m[0] / (1 - Math.Pow(0.8, t)) / (Math.Sqrt(m[1] / (1 - Math.Pow(0.9, t))) + 1e-8);
    }

    private static void Step(PyroOptim optimizer, ParamStore store, params string[] names)
    {
        using var scope = NewDisposeScope();
        var set = new ParamSet();
        foreach (var name in names)
        {
            set.Add(store[name]);
            store[name].Unconstrained.pow(3).sum().backward();
        }
        optimizer.Step(set);
    }

    [TestCaseSource(nameof(Names))]
    public void FollowsItsFormula(string name)
    {
        var (make, next) = s_all[name];
        var (optimizer, store, memory, x) = (make(), new ParamStore(), new double[4], 1.5);
        store.GetParam("x", tensor(x));
        for (var t = 1; t <= 15; t++)
        {
            Step(optimizer, store, "x");
            x = next(t, x, 3 * x * x, memory);
            Numeric.Close(x, store["x"].Unconstrained.Number(), 1e-10);
        }
        Assert.That(optimizer.StepsOf("x"), Is.EqualTo(15));
    }

    [TestCaseSource(nameof(Names))]
    public void GoesOnFromAFileAsIfNothingHadHappened(string name)
    {
        // Defect B19 of the reference: its optimizers were keyed by tensors, which a store that is loaded again does not have.
        var file = Path.Combine(_folder, "o.safetensors");
        var (first, store) = (s_all[name].Make(), new ParamStore());
        store.GetParam("x", tensor(1.5));
        for (var t = 0; t < 5; t++)
            Step(first, store, "x");
        first.Save(file);
        store.Save(file + "p");

        var (second, other) = (s_all[name].Make(), new ParamStore());
        second.Load(file);
        Assert.That(second.StepsOf("x"), Is.EqualTo(5));
        other.Load(file + "p");
        for (var t = 0; t < 5; t++)
        {
            Step(first, store, "x");
            Step(second, other, "x");
        }
        Assert.That(other["x"].Unconstrained.Number(), Is.EqualTo(store["x"].Unconstrained.Number()));
    }

    [Test]
    public void OptionsByNameModuleAndTag()
    {
        // The reference's test of per-parameter options, with a learning rate that makes a difference.
        var store = new ParamStore();
        store.GetParam("net$$$fc.weight", tensor(1.0));
        store.GetParam("alpha", tensor(1.0), tags: ["guide"]);
        store.GetParam("beta", tensor(1.0), tags: ["model"]);
        var asked = new List<string>();
        var adam = new Adam(parameter =>
        {
            asked.Add(parameter.Name);
            return new AdamOptions { LearningRate = parameter.ModuleName == "net" && parameter.NameInModule == "fc.weight" ? 0.5 : parameter.Tags.Contains("guide") ? 0.01 : 0 };
        });
        for (var i = 0; i < 3; i++)
            Step(adam, store, "net$$$fc.weight", "alpha", "beta");
        Assert.That(asked, Is.EqualTo(["net$$$fc.weight", "alpha", "beta"]));
        Assert.That(store["net$$$fc.weight"].Unconstrained.Number(), Is.InRange(-1, 0));
        Numeric.Close(0.97, store["alpha"].Unconstrained.Number(), 1e-3);
        Assert.That(store["beta"].Unconstrained.Number(), Is.EqualTo(1));
        Assert.That(adam.StepsOf("beta"), Is.EqualTo(3));
    }

    [Test]
    public void ANewParameterHasItsOwnCountOfSteps()
    {
        var store = new ParamStore();
        store.GetParam("a", tensor(1.0));
        var adam = new Adam(0.1);
        Step(adam, store, "a");
        store.GetParam("b", tensor(1.0));
        Step(adam, store, "a", "b");
        Assert.That((adam.StepsOf("a"), adam.StepsOf("b")), Is.EqualTo((2, 1)));
        // Adam's first step is the learning rate, whatever the gradient.
        Numeric.Close(0.9, store["b"].Unconstrained.Number(), 1e-6);
        adam.Clear();
        Assert.That(adam.StepsOf("a"), Is.EqualTo(0));
    }

    [Test]
    public void SchedulesAreWhatTheySay()
    {
        Assert.That(Enumerable.Range(0, 3).Select(t => Schedules.Exponential(0.5)(t)), Is.EqualTo([1, 0.5, 0.25]));
        Assert.That(Enumerable.Range(0, 4).Select(t => Schedules.Stairs(2, 0.5)(t)), Is.EqualTo([1, 1, 0.5, 0.5]));
        Assert.That(Enumerable.Range(0, 4).Select(t => Schedules.Milestones([1, 3], 0.5)(t)), Is.EqualTo([1, 0.5, 0.5, 0.25]));
        Numeric.Close([1, 0.55, 0.1, 0.1], [.. new[] { 0, 5, 10, 20 }.Select(t => Schedules.Cosine(10, 0.1)(t))]);
        Numeric.Close([0.5, 0.75, 1, 1], [.. new[] { 0, 5, 10, 20 }.Select(t => Schedules.Linear(10, 0.5)(t))]);
        Numeric.Close(0.75 * 0.5, Schedules.Linear(2, 0.5).Times(Schedules.Exponential(0.5))(1));
    }

    [Test]
    public void WhereOneParameterFailsNoneChanges()
    {
        var store = new ParamStore();
        store.GetParam("good", tensor(1.0));
        store.GetParam("bad", tensor(1.0));
        foreach (var optimizer in new PyroOptim[]
        {
            new Adam(parameter => new AdamOptions { LearningRate = parameter.Name == "bad" ? -1 : 0.1 }),
            new SGD(parameter => parameter.Name == "bad" ? throw new TimeoutException() : new SGDOptions()),
        })
        {
            Assert.That(Assert.Catch(() => Step(optimizer, store, "good", "bad")) is ModelException { Site: "bad" } or TimeoutException);
            Assert.That(store["good"].Unconstrained.Number(), Is.EqualTo(1));
            Assert.That((optimizer.StepsOf("good"), optimizer.StepsOf("bad")), Is.EqualTo((0, 0)));
        }
        var scheduled = new SGD(0.1) { Schedule = steps => steps == 1 ? double.NaN : 1 };
        Step(scheduled, store, "good");
        var after = store["good"].Unconstrained.Number();
        var error = Assert.Throws<ModelException>(() => Step(scheduled, store, "bad", "good"));
        Assert.That(error.Message, Does.Contain("'good'"));
        Assert.That(error.Message, Does.Contain("NaN after 1 steps"));
        Assert.That((store["bad"].Unconstrained.Number(), store["good"].Unconstrained.Number()), Is.EqualTo((1, after)));
    }

    [Test]
    public void LimitsAndSchedulesThatAreNoneAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam { MaxGradientNorm = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam { MaxGradient = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => Schedules.Linear(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Schedules.Cosine(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Schedules.Stairs(0));
    }

    public static IEnumerable<TestCaseData<string, string>> Hostile =>
    [
        new("steps that no run has", "[{'name':'x','steps':-3,'slots':[],'keys':[]}]"),
        new("a name without a tensor", "[{'name':'x','steps':1,'slots':['mean','square'],'keys':['a']}]"),
        new("one name for two", "[{'name':'x','steps':1,'slots':['mean','mean'],'keys':['a','b']}]"),
        new("one tensor for two", "[{'name':'x','steps':1,'slots':['mean','square'],'keys':['a','a']}]"),
        new("a tensor that is not there", "[{'name':'x','steps':1,'slots':['mean'],'keys':['c']}]"),
        new("numbers that are none", "[{'name':'x','steps':1,'slots':['mean'],'keys':['nan']}]"),
        new("integers", "[{'name':'x','steps':1,'slots':['mean'],'keys':['n']}]"),
        new("one parameter twice", "[{'name':'x','steps':1,'slots':[],'keys':[]},{'name':'x','steps':1,'slots':[],'keys':[]}]"),
        new("half a character", "[{'name':'\\ud800','steps':1,'slots':[],'keys':[]}]"),
        new("names that are no text", "[{'name':'x','steps':1,'slots':[null],'keys':['a']}]"),
    ];

    [TestCaseSource(nameof(Hostile))]
    public void AHostileStateIsRefusedAndChangesNothing(string what, string list)
    {
        Assert.That(what, Is.Not.Empty);
        var file = Path.Combine(_folder, "o.safetensors");
        using (var stream = File.Create(file))
            SafeTensors.Write(
                stream,
                [new("a", tensor(1.0)), new("b", tensor(1.0)), new("nan", tensor(double.NaN)), new("n", tensor(new[] { 1L }))],
                new Dictionary<string, string> { ["pyro.kind"] = "optimizer", ["pyro.version"] = "1", ["pyro.optimizer"] = list.Replace('\'', '"') });
        var (adam, store) = (new Adam(0.1), new ParamStore());
        store.GetParam("x", tensor(1.5));
        Step(adam, store, "x");
        var error = Assert.Throws<InvalidDataException>(() => adam.Load(file));
        Assert.That(error.Message, Does.EndWith("Nothing was changed."));
        Assert.That(adam.StepsOf("x"), Is.EqualTo(1));
    }

    [Test]
    public void AStateOfSomethingElseIsRefused()
    {
        var file = Path.Combine(_folder, "p.safetensors");
        var store = new ParamStore();
        store.GetParam("x", tensor(1.5));
        store.Save(file);
        var adam = new Adam();
        Step(adam, store, "x");
        Assert.Throws<InvalidDataException>(() => adam.Load(file));
        Assert.That(adam.StepsOf("x"), Is.EqualTo(1));
    }
}
