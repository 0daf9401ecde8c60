using Pyro.Distributions;
using Pyro.Infer;
using Pyro.Programs;
using static Pyro.Primitives;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Infer;

/// <summary>Importance and search where the data are impossible in some runs, where runs have no end, and where a weight is NaN.</summary>
public class WeightedRunTests
{
    private static readonly Program<Unit> s_untilHeads = Runs.Program(() =>
    {
        var tails = 0;
        while (Sample($"flip_{tails}", new Bernoulli(ps: tensor(0.5))).Number() == 0)
            tails++;
        Observe("x", new Normal(tensor((double)tails), 1), tensor(2.0));
    });

    [Test]
    public void Importance_GivesRunsWeightZero_WhereAnUnknownBoundIsBelowTheData()
    {
        // theta ~ U(0, 1), x ~ U(0, theta): p(x = 1/2) is the integral of 1/theta from 1/2 to 1, ln 2, and E theta = (1/2) / ln 2.
        var model = Runs.Program(() => Observe("x", new Uniform(0, Sample("theta", new Uniform(tensor(0.0), 1))), tensor(0.5)));
        using var posterior = new Importance<Unit>(model, numSamples: 4000).Run(default, Runs.Context());
        Numeric.Close(Math.Log(Math.Log(2)), posterior.LogEvidence, 0.05);
        Numeric.Close(0.5 / Math.Log(2), posterior.Mean(trace => trace["theta"].Value!.Number()), 0.02);
        Assert.That(posterior.Any(trace => trace.LogWeight == double.NegativeInfinity));
        var guide = Runs.Program(() => Sample("theta", new Uniform(tensor(0.25), 1)));
        using var guided = new Importance<Unit>(model, guide, 4000).Run(default, Runs.Context());
        Numeric.Close(Math.Log(Math.Log(2)), guided.LogEvidence, 0.05);
    }

    [Test]
    public void Search_GivesRunsWeightZero_WhereAnUnknownNumberOfTrialsIsBelowTheData()
    {
        // n uniform on 0..4, x ~ Binomial(n, 1/2) is 3: (1/8 + 4/16) / 5.
        var model = Runs.Program(() => Observe("x", new Binomial(Sample("n", new Categorical(ps: ones(5, ScalarType.Float64) / 5)), ps: tensor(0.5)), tensor(3.0)));
        using var posterior = new Search<Unit>(model).Run(default, Runs.Context());
        Numeric.Close(Math.Log(0.075), posterior.LogEvidence, 1e-9);
        Assert.That(posterior.ExploredMass, Is.EqualTo(1));
        Numeric.Close(new double[] { 0, 0, 0, 1.0 / 3, 2.0 / 3 }, posterior.Weights.ToArray(), 1e-9);
    }

    [Test]
    public void Data_OutsideOfASupportInAllRuns_AreNamed()
    {
        foreach (var model in new[]
        {
            Runs.Program(() => Observe("x", new Beta(1, 1), tensor(1.5))),
            Runs.Program(() => Observe("x", new Beta(1 + Sample("z", new Bernoulli(ps: 0.5)), 1), tensor(1.5))),
        })
            foreach (var run in new Action[] { () => new Importance<Unit>(model).Run(default, Runs.Context()), () => new Search<Unit>(model).Run(default, Runs.Context()) })
            {
                var error = Assert.Throws<ModelException>(() => run());
                Assert.That(error.Site, Is.EqualTo("x"));
                Assert.That(error.Message, Does.Contain("1.5").And.Contain("outside the support of Beta"));
            }
        // Where no run could have it, one run says so.
        var runs = 0;
        var missing = Runs.Program(() =>
        {
            runs++;
            Observe("x", new Normal(Sample("z", new Normal(0, 1)), 1), tensor(float.NaN));
        });
        Assert.That(Assert.Throws<ModelException>(() => new Importance<Unit>(missing).Run(default, Runs.Context())).Message, Does.Contain("NaN, outside"));
        Assert.That(runs, Is.EqualTo(1));
    }

    [Test]
    public void Search_EndsWithItsTries_AndSaysWhatItHasExplored()
    {
        // Each flip that is tails takes two tries: the run that meets the next flip, and the whole run where that is heads. Twenty tries have nine whole runs.
        using var posterior = new Search<Unit>(s_untilHeads, maxTries: 20).Run(default, Runs.Context());
        Assert.That(posterior.Count, Is.EqualTo(9));
        Numeric.Close(1 - Math.Pow(2, -9), posterior.ExploredMass!.Value, 1e-12);
        var evidence = Enumerable.Range(0, 9).Sum(n => Math.Pow(2, -n - 1) * Math.Exp(-0.5 * (2 - n) * (2 - n)) / Math.Sqrt(2 * Math.PI));
        Numeric.Close(Math.Log(evidence), posterior.LogEvidence, 1e-9);
        var error = Assert.Throws<ModelException>(() => new Search<Unit>(s_untilHeads, maxTries: 2).Run(default, Runs.Context()));
        Assert.That(error.Message, Does.Contain("In 2 tries 0 combinations").And.Contain("Allow more tries"));
        using var draws = new Importance<Unit>(s_untilHeads, numSamples: 3).Run(default, Runs.Context());
        Assert.That(draws.ExploredMass, Is.Null);
    }

    [Test]
    public void Search_IsWhole_WhenItsTriesAreJustEnough()
    {
        var model = Runs.Program(() =>
        {
            Sample("a", new Bernoulli(ps: tensor(0.25)));
            Sample("b", new Bernoulli(ps: tensor(0.5)));
        });
        // Runs that stop: at a, and at b for each value of a; and four whole ones.
        using var whole = new Search<Unit>(model, maxTries: 7).Run(default, Runs.Context());
        Assert.That((whole.Count, whole.ExploredMass), Is.EqualTo((4, (double?)1)));
        using var part = new Search<Unit>(model, maxTries: 6).Run(default, Runs.Context());
        Numeric.Close(1 - 0.125, part.ExploredMass!.Value, 1e-9);
    }

    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void Search_NamesTheSite_WhoseDensityIsNaNInOneBranch(double density)
    {
        var model = Runs.Program(() =>
        {
            var z = Sample("z", new Bernoulli(ps: tensor(0.5))).Number();
            Factor("possible", tensor(z == 1 ? double.NegativeInfinity : 0));
            Factor("wrong", tensor(z == 1 ? density : 0));
        });
        Assert.That(Assert.Throws<ModelException>(() => new Search<Unit>(model).Run(default, Runs.Context())).Site, Is.EqualTo("wrong"));
    }

    [Test]
    public void AuxiliarySite_CountsWithItsEntropy()
    {
        // Two latent sites that follow from one joint draw u ~ N(m, s^2 I) of the guide, a = u_0 and b = u_1: the loss is that of N(m, s^2 I) for both.
        var model = Runs.Program(() =>
        {
            Sample("a", new Normal(zeros([], ScalarType.Float64), 1));
            Sample("b", new Normal(zeros([], ScalarType.Float64), 2));
        });
        var guide = Runs.Program(() =>
        {
            var u = Sample("u", new Normal(Param("m", zeros(2, ScalarType.Float64)), Param("s", ones(2, ScalarType.Float64), Constraints.Positive)), new SiteOptions { IsAuxiliary = true });
            Sample("a", new Delta(u[0]));
            Sample("b", new Delta(u[1]));
        });
        var svi = new SVI<Unit>(model, guide, new Pyro.Optim.Adam(0.05) { Schedule = Pyro.Optim.Schedules.Exponential(0.985) }, new ELBO(numParticles: 8), Runs.Context());
        svi.Fit(default, 300);
        Numeric.Close(new double[] { 1, 2 }, svi.Context.Store.GetValue("s").Numbers(), 0.1);
        // KL(N(0, 1.5^2) || N(0, 1)) = -ln 1.5 + (1.5^2 - 1) / 2, and KL(N(0, 4) || N(0, 4)) = 0.
        svi.Context.Store.SetValue("m", zeros(2));
        svi.Context.Store.SetValue("s", tensor(new[] { 1.5, 2 }));
        Numeric.Close(-Math.Log(1.5) + 0.625, Enumerable.Range(0, 400).Average(_ => svi.EvaluateLoss(default)), 0.05);
        var error = Assert.Throws<ModelException>(() => new Importance<Unit>(model, guide).Run(default, svi.Context));
        Assert.That(error.Site, Is.EqualTo("u"));
        Assert.That(error.Message, Does.Contain("auxiliary"));
        using var predicted = new Predictive<Unit>(model, guide, 3).Run(default, svi.Context);
        Assert.That(predicted.Sites, Does.Contain("a"));
    }
}
