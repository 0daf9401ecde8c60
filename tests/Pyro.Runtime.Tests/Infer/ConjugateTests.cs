using Pyro.Distributions;
using Pyro.Distributions.Transforms;
using Pyro.Infer;
using Pyro.Optim;
using Pyro.Programs;
using static Pyro.Primitives;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace Pyro.Runtime.Tests.Infer;

/// <summary>The reference's conjugate models: its data, its posteriors, its tolerances or tighter ones.</summary>
public class ConjugateTests
{
    private static Tensor Log(string name, double start) => Param(name, tensor(start)).exp();

    private static double[] Fit(Program<Unit> model, Program<Unit> guide, int steps, int particles, params string[] names)
    {
        var svi = new SVI<Unit>(
            model, guide, new Adam(lr: 0.02) { Schedule = Schedules.Exponential(Math.Pow(0.02, 1.0 / steps)) }, new ELBO(particles), Runs.Context());
        svi.Fit(default, steps);
        return [.. names.Select(name => svi.Context.Store.GetValue(name).Number())];
    }

    private static void Near(double[] expected, double[] actual, double tolerance)
    {
        for (var i = 0; i < expected.Length; i++)
            Assert.That(actual[i], Is.InRange(expected[i] - tolerance, expected[i] + tolerance));
    }

    [Test]
    public void PoissonGamma()
    {
        var data = tensor(new[] { 1.0, 2, 3 });
        var found = Fit(
            Runs.Program(() =>
            {
                var rate = Sample("lambda", new Gamma(tensor(1.0), 1));
                MapData("data", data, (_, x) => Observe("x", new Poisson(rate), x), batchSize: 3);
            }),
            Runs.Program(() => Sample("lambda", new Gamma(Log("a", Math.Log(7) + 0.17), Log("b", Math.Log(4) - 0.143)))), 700, 8, "a", "b");
        Near([Math.Log(7), Math.Log(4)], found, 0.08);
    }

    [Test]
    public void ExponentialGamma()
    {
        var data = tensor(new[] { 3.0, 2 });
        var found = Fit(
            Runs.Program(() =>
            {
                var rate = Sample("lambda", new Gamma(tensor(1.0), 1));
                MapData("data", data, (_, x) => Observe("x", new Exponential(rate), x));
            }),
            Runs.Program(() => Sample("lambda", new Gamma(Log("a", Math.Log(3) + 0.17), Log("b", Math.Log(6) - 0.143)))), 700, 8, "a", "b");
        Near([Math.Log(3), Math.Log(6)], found, 0.08);
    }

    [Test]
    public void BernoulliBeta()
    {
        double[] data = [0, 1, 1, 1];
        var found = Fit(
            Runs.Program(() =>
            {
                var p = Sample("p", new Beta(tensor(1.0), 1));
                MapData("data", data, (i, x) => Observe($"x_{i}", new Bernoulli(p), tensor(x)));
            }),
            Runs.Program(() => Sample("p", new Beta(Log("a", Math.Log(4) + 0.17), Log("b", Math.Log(2) - 0.143)))), 700, 8, "a", "b");
        Near([Math.Log(4), Math.Log(2)], found, 0.08);
    }

    [TestCase(true)]
    [TestCase(false)]
    public void LogNormalNormal(bool reparameterized)
    {
        // mu ~ N(1, 1), x ~ LogNormal(mu, 2.5^-½) at 1.5 and 2.2: the posterior's precision is 6 and its mean 0.6641….
        var data = tensor(new[] { 1.5, 2.2 });
        var found = Fit(
            Runs.Program(() =>
            {
                var mu = Sample("mu", new Normal(tensor(1.0), 1));
                foreach (var i in IRange("data", 2))
                    Observe($"x_{i}", new LogNormal(mu, Math.Pow(2.5, -0.5)), data[i]);
            }),
            Runs.Program(() => Sample("mu", new Normal(Log("mu_q", -0.4092707978 + 0.17), Log("tau_q", Math.Log(6) - 0.143).pow(-0.5), reparameterized))),
            reparameterized ? 600 : 1500, reparameterized ? 2 : 8, "mu_q", "tau_q");
        Near([-0.4092707978, 1.7917594692], found, 0.07);
    }

    [Test]
    public void LogNormalNormalWithAGuideThatIsAModule()
    {
        var data = tensor(new[] { 1.5, 2.2 });
        using var module = new LogParameters(-0.4092707978 + 0.17, 1.7917594692 - 0.143);
        var found = Fit(
            Runs.Program(() =>
            {
                var mu = Sample("mu", new Normal(tensor(1.0), 1));
                foreach (var i in IRange("data", 2))
                    Observe($"x_{i}", new LogNormal(mu, Math.Pow(2.5, -0.5)), data[i]);
            }),
            Runs.Program(() =>
            {
                Module("mymodule", module);
                Sample("mu", new Normal(module.Mu.exp(), module.Tau.exp().pow(-0.5)));
            }),
            600, 2, "mymodule$$$mu_q_log", "mymodule$$$tau_q_log");
        Near([-0.4092707978, 1.7917594692], found, 0.07);
        Assert.That(module.Mu.Number(), Is.EqualTo(found[0]));
    }

    [Test]
    public void LogNormalNormalThroughAMappedDistribution()
    {
        // exp(τ^-½ z + mu) of a standard normal z is the same log-normal.
        var data = tensor(new[] { 1.5, 2.2 });
        var found = Fit(
            Runs.Program(() =>
            {
                var mu = Sample("mu", new Normal(tensor(1.0), 1));
                foreach (var i in IRange("data", 2))
                    Observe($"x_{i}", new TransformedDistribution(new Normal(tensor(0.0), 1), new Affine(mu, tensor(Math.Pow(2.5, -0.5))), Exp.Instance), data[i]);
            }),
            Runs.Program(() => Sample("mu", new Normal(Log("mu_q", -0.4092707978 + 0.17), Log("tau_q", 1.7917594692 - 0.143).pow(-0.5)))), 600, 2, "mu_q", "tau_q");
        Near([-0.4092707978, 1.7917594692], found, 0.05);
    }

    /// <summary>The reference's fixed model or guide: what has the learning rate 0 by its tag stays, the rest moves.</summary>
    [TestCase()]
    [TestCase("guide")]
    [TestCase("model")]
    [TestCase("guide", "model")]
    public void FixedModelAndGuide(params string[] tags)
    {
        var model = Runs.Program(() =>
        {
            var rate = Sample("lambda", new Gamma(Tagged("alpha_p_log", 0.11, "model"), Tagged("beta_p_log", 0.13, "model")));
            Observe("x", new Poisson(rate), tensor(2.0));
        });
        var guide = Runs.Program(() => Sample("lambda", new Gamma(Tagged("alpha_q_log", 0.17, "guide"), Tagged("beta_q_log", 0.19, "guide"))));
        static Tensor Tagged(string name, double start, string tag) => Param(name, tensor(start), tags: [tag]).exp();

        var svi = new SVI<Unit>(model, guide, new Adam(parameter => new AdamOptions { LearningRate = parameter.Tags.Overlaps(tags) ? 0 : 0.01 }), new ELBO(), Runs.Context());
        svi.Fit(default, 3);
        foreach (var (name, start, tag) in new[] { ("alpha_q_log", 0.17, "guide"), ("beta_q_log", 0.19, "guide"), ("alpha_p_log", 0.11, "model"), ("beta_p_log", 0.13, "model") })
        {
            Assert.That(svi.Context.Store[name].Tags, Is.EqualTo([tag]));
            Assert.That(svi.Context.Store.GetValue(name).Number() == start, Is.EqualTo(tags.Contains(tag)));
        }
    }

    /// <summary>The reference's test of an optimizer: the one of two parameters with the learning rate 0 stays, and a state that is loaded goes on counting.</summary>
    [TestCase("loc_q", "log_sig_q")]
    [TestCase("log_sig_q", "loc_q")]
    public void OneParameterOfTwoIsFree(string free, string held)
    {
        var file = Path.GetTempFileName();
        try
        {
            // Here and there: mu ~ N(0.5, 0.1^-½), x ~ N(mu, 6^-½) at 1; the guide starts at 0 and at −1.
            var model = Runs.Program(() => Observe("x", new Normal(Sample("mu", new Normal(tensor(0.5), Math.Pow(0.1, -0.5))), Math.Pow(6, -0.5)), tensor(1.0)));
            var guide = Runs.Program(() => Sample("mu", new Normal(Param("loc_q", tensor(0.0)), Param("log_sig_q", tensor(-1.0)).exp())));
            Adam Make() => new(parameter => new AdamOptions { LearningRate = parameter.Name == free ? 0.01 : 0 });
            var context = Runs.Context();
            var first = Make();
            var svi = new SVI<Unit>(model, guide, first, new ELBO(), context);
            svi.Step(default);
            first.Save(file);
            Assert.That((first.StepsOf(free), first.StepsOf(held)), Is.EqualTo((1, 1)));
            svi.Step(default);
            Assert.That((first.StepsOf(free), first.StepsOf(held)), Is.EqualTo((2, 2)));
            var second = Make();
            second.Load(file);
            new SVI<Unit>(model, guide, second, new ELBO(), context).Step(default);
            Assert.That((second.StepsOf(free), second.StepsOf(held)), Is.EqualTo((2, 2)));
            var start = new Dictionary<string, double> { ["loc_q"] = 0, ["log_sig_q"] = -1 };
            Assert.That(context.Store.GetValue(held).Number(), Is.EqualTo(start[held]));
            Assert.That(context.Store.GetValue(free).Number(), Is.Not.EqualTo(start[free]));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private sealed class LogParameters : nn.Module
    {
        public LogParameters(double mu, double tau) : base(nameof(LogParameters))
        {
            Mu = new Parameter(tensor(mu));
            Tau = new Parameter(tensor(tau));
            register_parameter("mu_q_log", Mu);
            register_parameter("tau_q_log", Tau);
        }

        public Parameter Mu { get; }

        public Parameter Tau { get; }
    }

    public static IEnumerable<TestCaseData<int?, bool>> Batches =>
        from size in (int?[])[3, 5, 7, 8, null]
        from list in (bool[])[false, true]
        select new TestCaseData<int?, bool>(size, list);

    [TestCaseSource(nameof(Batches))]
    public void ElboOfMappedData(int? batchSize, bool list)
    {
        var data = tensor(new[,] { { 0.1, 0.21 }, { 0.16, 0.11 }, { 0.06, 0.31 }, { -0.01, 0.07 }, { 0.23, 0.25 }, { 0.19, 0.18 }, { 0.09, 0.41 }, { -0.04, 0.17 } });
        var rows = Enumerable.Range(0, 8).Select(i => data[i]).ToArray();
        double[] mean = [0.0972972973, 0.2146417445], logSd = [-1.9366410886, -1.7344280151];
        var sd = tensor(new[] { 6.0, 4 }).rsqrt();
        void Map(Action<string, Tensor> each)
        {
            if (list)
                MapData("data", rows, (i, row) => each($"x_{i}", row), batchSize);
            else
                MapData("data", data, (_, batch) => each("x", batch), batchSize);
        }
        var model = Runs.Program(() =>
        {
            var mu = Sample("mu", new Normal(tensor(new[] { 0, 0.5 }), tensor(new[] { 0.1, 0.1 }).rsqrt()));
            Map((name, x) => Observe(name, new Normal(mu, sd).ToEvent(1), x));
        });
        var guide = Runs.Program(() =>
        {
            Sample("mu", new Normal(Param("m", tensor(mean) + tensor(new[] { -0.18, 0.23 })), Param("s", tensor(logSd) - tensor(new[] { -0.18, 0.23 })).exp()));
            Map((_, _) => { });
        });
        var svi = new SVI<Unit>(model, guide, new Adam(0.02) { Schedule = Schedules.Exponential(0.994) }, new ELBO(), Runs.Context(161));
        svi.Fit(default, 600);
        Assert.That((svi.Context.Store.GetValue("m") - tensor(mean)).square().mean().Number(), Is.InRange(0, 0.05));
        Assert.That((svi.Context.Store.GetValue("s") - tensor(logSd)).square().mean().Number(), Is.InRange(0, 0.06));
    }
}
