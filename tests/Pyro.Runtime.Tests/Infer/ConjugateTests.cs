using Pyro.Distributions;
using Pyro.Infer;
using Pyro.Optim;
using Pyro.Programs;
using static Pyro.Primitives;
using static TorchSharp.torch;

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
            Assert.InRange(actual[i], expected[i] - tolerance, expected[i] + tolerance);
    }

    [Fact]
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

    [Fact]
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

    [Fact]
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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
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

    [Theory]
    [InlineData(3, false)]
    [InlineData(5, true)]
    [InlineData(8, false)]
    [InlineData(null, true)]
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
        Assert.InRange((svi.Context.Store.GetValue("m") - tensor(mean)).square().mean().Number(), 0, 0.05);
        Assert.InRange((svi.Context.Store.GetValue("s") - tensor(logSd)).square().mean().Number(), 0, 0.06);
    }
}
