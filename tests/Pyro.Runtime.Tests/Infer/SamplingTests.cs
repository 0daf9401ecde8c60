using Pyro.Distributions;
using Pyro.Infer;
using Pyro.Programs;
using static Pyro.Primitives;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Infer;

/// <summary>Importance sampling, search and predictions against what is known exactly.</summary>
public class SamplingTests
{
    private static readonly double s_variance = 1.0 / 51;

    /// <summary>mu ~ N(0, 1), fifty observations of unit variance: the reference's model. Its posterior is N(mean of the data · 50/51, 1/51).</summary>
    private static Program<Unit> Normals(double data = 0) => Runs.Program(() =>
    {
        var mu = Sample("mu", new Normal(tensor(0.0), 1));
        using (IArange("n", 50))
            Observe("x", new Normal(mu, 1), full([50], data, ScalarType.Float64));
    });

    private static Program<Unit> NormalsGuide(double mean, double sd) => Runs.Program(() => Sample("mu", new Normal(tensor(mean), sd)));

    private static readonly Program<Unit> s_chain = Runs.Program(() =>
    {
        var (sum, state) = (tensor(1.0), tensor(1.0));
        for (var i = 0; i < 3; i++)
        {
            // The reference's: 0.7 and 0.3 by the state before, 0.9 and 0.1 by this one.
            state = Sample($"latent_{i}", new Bernoulli(ps: 0.7 - 0.4 * state));
            Observe($"obs_{i}", new Bernoulli(ps: 0.9 - 0.8 * state), tensor(1.0));
            sum = sum + state;
        }
        Deterministic("sum", sum);
    });

    /// <summary>The log evidence of n observations around 0 by the determinant of I + 11ᵀ.</summary>
    private static double LogEvidence(double data) =>
        -25 * Math.Log(2 * Math.PI) - 0.5 * Math.Log(51) - 0.5 * (50 * data * data - 2500 * data * data / 51);

    [Test]
    public void WeightsOfThePriorAreTheLikelihood()
    {
        // Defect B1 of the reference weighted by the joint: the variance would be 1/52. 4,000 draws tell the two apart only by their weights.
        using var scope = NewDisposeScope();
        var posterior = new Importance<Unit>(Normals(), numSamples: 50).Run(default, Runs.Context());
        foreach (var (trace, weight) in posterior)
            Numeric.Close(trace.LogPdf("x").Number(), weight, 1e-12);
    }

    [TestCase(false)]
    [TestCase(true)]
    public void ImportanceFindsThePosterior(bool guided)
    {
        using var scope = NewDisposeScope();
        var guide = guided ? NormalsGuide(0.1, 0.2) : null;
        var posterior = new Importance<Unit>(Normals(), guide, 6000).Run(default, Runs.Context());
        var mean = posterior.Mean(trace => trace["mu"].Value!.Number());
        Assert.That(mean, Is.InRange(-0.02, 0.02));
        var variance = posterior.Mean(trace => Math.Pow(trace["mu"].Value!.Number(), 2)) - mean * mean;
        Assert.That(variance, Is.InRange(0.9 * s_variance, 1.1 * s_variance));
        Assert.That(posterior.LogEvidence, Is.InRange(LogEvidence(0) - 0.1, LogEvidence(0) + 0.1));
        Assert.That(posterior.EffectiveSampleSize, Is.InRange(500, 6000));
        var marginal = posterior.Marginal("mu");
        Assert.That(marginal.AnalyticVar.Number(), Is.InRange(0.9 * s_variance, 1.1 * s_variance));
        var stacked = posterior.ToPosterior();
        Numeric.Close(mean, stacked.Mean("mu").Number(), 1e-9);
        Numeric.Close(Math.Sqrt(variance), stacked.StdDev("mu").Number(), 1e-6);
        var quantiles = stacked.Quantile("mu", 0.1587, 0.5, 0.8413).Numbers();
        Assert.That(quantiles[2] - quantiles[0], Is.InRange(1.8 * Math.Sqrt(s_variance), 2.2 * Math.Sqrt(s_variance)));
    }

    [Test]
    public void TheExactPosteriorAsGuideHasEqualWeights()
    {
        using var scope = NewDisposeScope();
        var posterior = new Importance<Unit>(Normals(0.4), NormalsGuide(0.4 * 50 / 51, Math.Sqrt(s_variance)), 20).Run(default, Runs.Context());
        Numeric.Close(20, posterior.EffectiveSampleSize, 1e-6);
        Numeric.Close(LogEvidence(0.4), posterior.LogEvidence, 1e-9);
    }

    [Test]
    public void SearchGivesEveryCombinationOnce()
    {
        using var scope = NewDisposeScope();
        var posterior = new Search<Unit>(s_chain).Run(default, Runs.Context());
        string[] all = ["000", "001", "010", "011", "100", "101", "110", "111"];
        Assert.That(posterior.Select(t => string.Concat(Enumerable.Range(0, 3).Select(i => (int)t.Trace[$"latent_{i}"].Value!.Number()))), Is.EqualTo(all));
        foreach (var (trace, weight) in posterior)
            Numeric.Close(trace.LogPdf().Number(), weight, 1e-12);
        var (evidence, last) = (0.0, 0.0);
        for (var bits = 0; bits < 8; bits++)
        {
            var (p, state) = (1.0, 1);
            for (var i = 2; i >= 0; i--)
            {
                var next = bits >> i & 1;
                var q = 0.7 - 0.4 * state;
                p *= (next == 1 ? q : 1 - q) * (next == 1 ? 0.1 : 0.9);
                state = next;
            }
            evidence += p;
            last += state * p;
        }
        Numeric.Close(Math.Log(evidence), posterior.LogEvidence, 1e-6);
        Numeric.Close(last / evidence, posterior.Mean(trace => trace["latent_2"].Value!.Number()), 1e-6);
        var sum = posterior.Marginal("sum");
        Assert.That(sum.Values.Numbers().Order(), Is.EqualTo([1, 2, 3, 4]));
        Numeric.Close(1, sum.LogPs.exp().sum().Number());
    }

    [Test]
    public void SearchOfAPlateIsWhole()
    {
        using var scope = NewDisposeScope();
        var posterior = new Search<Unit>(Runs.Program(() =>
        {
            using (IArange("n", 3))
                Observe("x", new Normal(Sample("z", new Bernoulli(ps: tensor(0.3))), 1), tensor(new[] { 0.0, 1, 2 }));
        })).Run(default, Runs.Context());
        Assert.That(posterior.Count, Is.EqualTo(8));
        static double N(double x) => Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI);
        Numeric.Close(new[] { 0.0, 1, 2 }.Sum(x => Math.Log(0.7 * N(x) + 0.3 * N(x - 1))), posterior.LogEvidence, 1e-9);
    }

    [Test]
    public void SearchDrawsWhatIsContinuousAndWeighsItByTheDataAlone()
    {
        using var scope = NewDisposeScope();
        var posterior = new Search<Unit>(Runs.Program(() =>
        {
            var x = Sample("x", new Normal(tensor(0.0), 0.001));
            Sample("z", new Bernoulli(ps: tensor(0.25)));
        })).Run(default, Runs.Context());
        Numeric.Close(new[] { Math.Log(0.75), Math.Log(0.25) }, posterior.Select(t => t.LogWeight).ToArray(), 1e-9);
    }

    [Test]
    public void ImpossibleDataAreAnError()
    {
        var program = Runs.Program(() => Observe("x", new Bernoulli(ps: Sample("z", new Delta(tensor(0.0)))), tensor(1.0)));
        Assert.That(() => new Importance<Unit>(program).Run(default, Runs.Context()), Throws.TypeOf<ModelException>().With.Message.Contains("zero"));
        Assert.That(() => new Search<Unit>(program).Run(default, Runs.Context()), Throws.TypeOf<ModelException>().With.Message.Contains("impossible"));
    }

    [Test]
    public void DrawsFollowTheWeights()
    {
        using var scope = NewDisposeScope();
        var context = Runs.Context();
        var posterior = new Search<Unit>(Runs.Program(() => Sample("z", new Bernoulli(ps: 0.25)))).Run(default, context);
        var ones = Enumerable.Range(0, 4000).Count(_ => posterior.Draw(context)["z"].Value!.Number() == 1);
        Assert.That(ones, Is.InRange(1000 - 110, 1000 + 110));
    }

    [Test]
    public void NestedInferenceLeaksNoSites()
    {
        // Defect B11 of the reference: the inner traces' sites appeared in the outer trace, twice each.
        var inner = Runs.Program(() => Observe("x", new Normal(Sample("z", new Bernoulli(ps: 0.5)), 1), tensor(0.7)));
        using var scope = NewDisposeScope();
        var trace = Runs.TraceOf(() =>
        {
            var z = Sample("z", new Bernoulli(ps: 0.5));
            using (IArange("n", 3))
            {
                var p = new Importance<Unit>(inner, numSamples: 20).Run(default).Marginal("z").AnalyticMean;
                var q = new Search<Unit>(inner).Run(default).Marginal("z").AnalyticMean;
                var svi = new SVI<Unit>(inner, Runs.Program(() => Sample("z", new Bernoulli(ps: 0.5))), new Pyro.Optim.Adam(), new ELBO());
                svi.Step(default);
                Sample("after", new Normal(z + p + q, 1));
            }
        });
        Assert.That(trace.Select(site => site.Name), Is.EqualTo(["z", "n", "after"]));
        Assert.That(trace["after"].Value!.shape, Is.EqualTo([3]));
    }

    [Test]
    public void NestedInferenceFollowsTheSeedOfTheRunAroundIt()
    {
        var inner = Runs.Program(() => Sample("z", new Normal(0, 1)));
        double Run() => Runs.TraceOf(() => Deterministic("mean", new Importance<Unit>(inner, numSamples: 5).Run(default).Marginal("z").AnalyticMean))["mean"].Value!.Number();
        var mean = Run();
        Assert.That(Run(), Is.EqualTo(mean));
    }

    [Test]
    public void AMarginalIsADistribution()
    {
        using var scope = NewDisposeScope();
        var empirical = new Empirical(tensor(new[] { 3.0, 1, 3, 2 }), tensor(new[] { 0.1, 0.2, 0.3, 0.4 }).log() + 7);
        Assert.That(empirical.Values.Numbers(), Is.EqualTo([3, 1, 2]));
        Numeric.Close([0.4, 0.2, 0.4], empirical.LogPs.exp().Numbers(), 1e-12);
        Numeric.Close(Math.Log(0.4), empirical.LogProb(tensor(3.0)).Number(), 1e-12);
        Assert.That(empirical.LogProb(tensor(4.0)).Number(), Is.EqualTo(double.NegativeInfinity));
        Numeric.Close(2.2, empirical.AnalyticMean.Number(), 1e-12);
        Numeric.Close(0.4 * 9 + 0.2 + 1.6 - 2.2 * 2.2, empirical.AnalyticVar.Number(), 1e-12);
        Assert.That(empirical.EnumerateSupport().Numbers(), Is.EqualTo([3, 1, 2]));

        var rows = new Empirical(tensor(new float[,] { { 1, 2 }, { 3, 4 }, { 1, 2 } }));
        Assert.That(rows.Values.shape, Is.EqualTo([2L, 2]));
        Assert.That(rows.Shape, Is.EqualTo([2L]));
        var wide = rows.Expand(1000);
        using var generator = new Generator(1);
        var drawn = wide.Sample(generator);
        Assert.That(drawn.shape, Is.EqualTo([1000L, 2]));
        Assert.That(drawn[TensorIndex.Colon, 0].mean().Number(), Is.InRange(5.0 / 3 - 0.15, 5.0 / 3 + 0.15));
        Assert.That(wide.LogProb(drawn).shape, Is.EqualTo([1000L]));
        Numeric.Close(Math.Log(2.0 / 3), wide.LogProb(drawn).max().Number(), 1e-9);
        Assert.Throws<ArgumentException>(() => new Empirical(zeros(0)));
        Assert.Throws<ArgumentException>(() => new Empirical(zeros(2), full([2], double.NegativeInfinity)));
    }

    [Test]
    public void ManyEqualSamplesAreMergedQuickly()
    {
        // Defect B11: the reference compared every pair.
        using var scope = NewDisposeScope();
        var values = arange(200_000, ScalarType.Int64) % 1000;
        Assert.That(new Empirical(values).Values.shape[0], Is.EqualTo(1000));
    }

    [Test]
    public void PredictionsHaveTheDatasShapeAndThePosteriorsSpread()
    {
        using var scope = NewDisposeScope();
        var guide = NormalsGuide(0.4, 0.5);
        var samples = Posterior.Sample(guide, default, 1500, Runs.Context());
        var predicted = new Predictive<Unit>(Normals(0.4), samples).Run(default, Runs.Context(5));
        Assert.That(predicted["x"].shape, Is.EqualTo([1500L, 50]));
        Numeric.Close(samples["mu"].Numbers(), predicted["mu"].Numbers());
        Assert.That(predicted["x"].mean().Number(), Is.InRange(0.3, 0.5));
        // One observation's variance is that of mu and of the noise.
        Assert.That(predicted["x"].var([0L]).mean().Number(), Is.InRange(1.15, 1.35));

        var again = new Predictive<Unit>(Normals(0.4), samples).Run(default, Runs.Context(5));
        Assert.That(again["x"].Numbers(), Is.EqualTo(predicted["x"].Numbers()));
        var fromGuide = new Predictive<Unit>(Normals(0.4), guide, 200).Run(default, Runs.Context());
        Assert.That(fromGuide["mu"].shape, Is.EqualTo([200L]));
        var prior = new Predictive<Unit>(Normals(0.4), (Program<Unit>?)null, 1000).Run(default, Runs.Context());
        Assert.That(prior["mu"].std().Number(), Is.InRange(0.9, 1.1));
    }

    [Test]
    public void WeightedSamplesPredictByTheirWeight()
    {
        using var scope = NewDisposeScope();
        var posterior = new Search<Unit>(Runs.Program(() => Observe("x", new Bernoulli(ps: 0.1 + 0.8 * Sample("z", new Bernoulli(ps: tensor(0.5)))), tensor(1.0)))).Run(default, Runs.Context());
        var stacked = posterior.ToPosterior();
        Numeric.Close(0.9, stacked.Mean("z").Number(), 1e-6);
        var model = Runs.Program(() => Observe("y", new Normal(Sample("z", new Bernoulli(ps: tensor(0.5))), 1), zeros(500, ScalarType.Float64)));
        var predicted = new Predictive<Unit>(model, stacked).Run(default, Runs.Context());
        Assert.That(predicted["y"].shape, Is.EqualTo([2L, 500]));
    }

    [Test]
    public void FactorsAreNotPredicted()
    {
        using var scope = NewDisposeScope();
        var model = Runs.Program(() => Factor("f", -Sample("z", new Normal(0, 1)).square()));
        Assert.That(new Predictive<Unit>(model, (Program<Unit>?)null, 3).Run(default, Runs.Context()).Sites, Is.EqualTo(["z"]));
    }

    [Test]
    public void WhatFailsInAPredictionIsTheModelsError()
    {
        var model = Runs.Program(() => Observe("x", new Normal(Sample("mu", new Normal(0, 1)), 1), zeros(3)));
        var wrong = Assert.Throws<ModelException>(() => new Predictive<Unit>(model, Runs.Program(() => Sample("muu", new Normal(50, 1))), 3).Run(default, Runs.Context()));
        Assert.That(wrong.Site, Is.EqualTo("muu"));
        var shape = Assert.Throws<ModelException>(() => new Predictive<Unit>(model, Runs.Program(() => Sample("mu", new Normal(zeros(2), 1))), 3).Run(default, Runs.Context()));
        Assert.That(shape.Site, Is.EqualTo("mu"));
    }

    [TestCase(1, 64)]
    [TestCase(64, 1)]
    public void SitesThatComeAndGoBetweenBatchesAreAnError(int with, int without)
    {
        // One sample of 65 differs from the others, alone in its batch.
        double[] there = with == 1 ? [.. new double[without], 1] : [.. Enumerable.Repeat(1.0, with), 0];
        var posterior = Posterior.Sample(Runs.Program(() => Sample("z", new Normal(0, 1))), default, 65, Runs.Context());
        posterior["z"].copy_(tensor(there));
        var model = Runs.Program(() =>
        {
            if (Sample("z", new Normal(0, 1)).Number() > 0.5)
                Sample("y", new Normal(0, 1));
        });
        var error = Assert.Throws<ModelException>(() => new Predictive<Unit>(model, posterior).Run(default, Runs.Context()));
        Assert.That(error.Site, Is.EqualTo("y"));
        Assert.That(error.Message, Does.Contain($"{with} of 65 runs"));
    }

    [Test]
    public void ShapesThatChangeAreNamed()
    {
        var met = 0;
        var error = Assert.Throws<ModelException>(() => Posterior.Sample(Runs.Program(() => Sample("z", new Normal(zeros(1 + met++), 1))), default, 3, Runs.Context()));
        Assert.That(error.Site, Is.EqualTo("z"));
        Assert.That(error.Message, Does.Contain("(2)"));
    }

    [Test]
    public void RunsOfWeightZeroCountForNothing()
    {
        using var scope = NewDisposeScope();
        var model = Runs.Program(() =>
        {
            var z = Sample("z", new Bernoulli(ps: tensor(0.5)));
            Deterministic("far", z / (1 - z));
            if (z.Number() == 0)
                Deterministic("only here", z);
            Observe("x", new Bernoulli(ps: z), tensor(0.0));
        });
        var posterior = new Search<Unit>(model).Run(default, Runs.Context());
        Assert.That(posterior.Count, Is.EqualTo(2));
        Assert.That(posterior.Mean(trace => trace["only here"].Value!.Number() + trace["far"].Value!.Number()), Is.EqualTo(0));
        var stacked = posterior.ToPosterior();
        Assert.That(stacked.Count, Is.EqualTo(1));
        Assert.That(stacked.Mean("far").Number(), Is.EqualTo(0));
        Assert.That(stacked.Quantile("far", 0, 1).Numbers(), Is.EqualTo([0, 0]));
    }

    [TestCase(double.PositiveInfinity)]
    [TestCase(double.NaN)]
    public void WeightsThatAreNoNumbersNameTheSite(double density)
    {
        var model = Runs.Program(() =>
        {
            Observe("a", new Normal(0, 1), tensor(0.0));
            Factor("x", tensor(density));
        });
        Assert.That(Assert.Throws<ModelException>(() => new Importance<Unit>(model).Run(default, Runs.Context())).Site, Is.EqualTo("x"));
    }

    [TestCase(1.5)]
    [TestCase(-0.1)]
    [TestCase(double.NaN)]
    public void LevelsAreFromZeroToOne(double level)
    {
        using var scope = NewDisposeScope();
        var guide = Runs.Program(() => Sample("z", new Normal(0, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Posterior.Sample(guide, default, 3, Runs.Context()).Quantile("z", level));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Importance<Unit>(guide).Run(default, Runs.Context()).ToPosterior().Quantile("z", level));
    }

    [Test]
    public void WhatFollowsFromAPredictionIsPredictedToo()
    {
        var model = Runs.Program(() =>
        {
            var letter = Observe("a", new Categorical<string>(tensor(new[] { 0.5, 0.5 }), ["x", "y"]), "y");
            Deterministic("is y", tensor(letter == "y" ? 1.0 : 0));
            using (IArange("n", 2))
                Deterministic("ys", tensor((double)Observe("b", new Categorical<string>(tensor(new[] { 0.5, 0.5 }), ["x", "y"]), ["y", "y"]).Count(one => one == "y")));
        });
        var predicted = new Predictive<Unit>(model, null, 400).Run(default, Runs.Context());
        Assert.That(predicted["is y"].Numbers(), Is.EqualTo(predicted["a"].Numbers()));
        Assert.That(predicted["ys"].Numbers(), Is.EqualTo(predicted["b"].sum(-1).Numbers()));
        Assert.That(predicted.Mean("is y").Number(), Is.InRange(0.4, 0.6));
    }
}
