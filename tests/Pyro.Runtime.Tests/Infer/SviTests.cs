using Pyro.Distributions;
using Pyro.Infer;
using Pyro.Optim;
using Pyro.Programs;
using static Pyro.Primitives;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Infer;

/// <summary>Posteriors that are known, found by inference.</summary>
public class SviTests
{
    private static Tensor Flips => cat([ones(14), zeros(11)], 0);

    internal static Program<Tensor> CoinModel { get; } = DynamicProgram.Of<Tensor>(flips =>
    {
        var fairness = Sample("fairness", new Beta(10, 10));
        using (IArange("flips", flips.shape[0]))
            Observe("obs", new Bernoulli(fairness), flips);
    });

    internal static Program<Tensor> CoinGuide { get; } = DynamicProgram.Of<Tensor>(_ =>
    {
        var alpha = Param("alpha", 15.0, Constraints.Positive);
        var beta = Param("beta", 15.0, Constraints.Positive);
        Sample("fairness", new Beta(alpha, beta));
    });

    [Test]
    public void BetaBernoulli()
    {
        var adam = new Adam(lr: 0.02);
        var svi = new SVI<Tensor>(CoinModel, CoinGuide, adam, new ELBO(), Runs.Context());
        svi.Fit(Flips, 1000);
        adam.LearningRate = 0.001;
        svi.Fit(Flips, 3000);
        var (alpha, beta) = (svi.Context.Store.GetValue("alpha").Number(), svi.Context.Store.GetValue("beta").Number());
        Numeric.Close(24.0 / 45, alpha / (alpha + beta), 0.02);
        Assert.That(alpha + beta, Is.InRange(33, 60));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void NormalNormal(bool reparameterized)
    {
        // The reference's model: two dimensions, four observations; the posterior is N(μₙ, λₙ^−½).
        var data = tensor(new double[,] { { -0.1, 0.3 }, { 0, 0.4 }, { 0.2, 0.5 }, { 0.1, 0.7 } });
        var (mean, logSd) = (new[] { 0.0497925311, 0.4751552795 }, new[] { -1.5911059202, -1.3894096360 });
        var precision = tensor(new[] { 6.0, 4 });
        var model = Runs.Program(() =>
        {
            var mu = Sample("mu", new Normal(tensor(new[] { 0, 0.5 }), tensor(new[] { 0.1, 0.1 }).rsqrt()));
            foreach (var i in IRange("data", 4, 4))
                Observe($"obs_{i}", new Normal(mu, precision.rsqrt()), data[i]);
        });
        var guide = Runs.Program(() =>
        {
            var mu = Param("mu_q", tensor(mean) + 0.134);
            var log = Param("log_sig_q", tensor(logSd) - 0.14);
            Sample("mu", new Normal(mu, log.exp(), reparameterized));
        });
        var svi = new SVI<Unit>(model, guide, new Adam(lr: 0.005), new ELBO(numParticles: reparameterized ? 2 : 16), Runs.Context());
        svi.Fit(default, reparameterized ? 1000 : 1500);
        var store = svi.Context.Store;
        Assert.That((store.GetValue("mu_q") - tensor(mean)).square().mean().Number() < 0.003);
        Assert.That((store.GetValue("log_sig_q") - tensor(logSd)).square().mean().Number() < 0.01);
    }

    [Test]
    public void TheLossAtThePosteriorIsMinusTheLogEvidence()
    {
        // With the exact posterior as guide every sample gives ln p(x), whatever z is.
        var model = Runs.Program(() =>
        {
            var z = Sample("z", new Normal(tensor(0.0), 1));
            using (IArange("n", 3))
                Observe("x", new Normal(z, 1), tensor(new[] { 0.3, -0.2, 1.0 }));
        });
        var guide = Runs.Program(() => Sample("z", new Normal(tensor(1.1 / 4), 0.5)));
        var evidence = new MultivariateEvidence([0.3, -0.2, 1.0]).Log;
        var svi = new SVI<Unit>(model, guide, new Adam(), new ELBO(), Runs.Context());
        for (var i = 0; i < 5; i++)
            Numeric.Close(-evidence, svi.EvaluateLoss(default), 1e-9);
    }

    [Test]
    public void RunReportsAndCanBeCancelled()
    {
        var svi = new SVI<Tensor>(CoinModel, CoinGuide, new Adam(), new ELBO(), Runs.Context());
        var reports = new List<SviProgress>();
        var final = svi.Run(Flips, 30, reports.Add, TestContext.CurrentContext.CancellationToken);
        Assert.That(final.Step, Is.EqualTo(30));
        Assert.That(reports[^1].Step, Is.EqualTo(30));
        Assert.That(double.IsFinite(final.SmoothedLoss) && final.StepsPerSecond > 0 && final.Remaining == TimeSpan.Zero);

        using var cancel = new CancellationTokenSource();
        cancel.Cancel();
        Assert.That(svi.Run(Flips, 30, cancellation: cancel.Token).Step, Is.EqualTo(0));
    }

    [Test]
    public void EvaluateLossChangesNothing()
    {
        var svi = new SVI<Tensor>(CoinModel, CoinGuide, new Adam(), new ELBO(), Runs.Context());
        svi.Step(Flips);
        var before = svi.Context.Store.GetValue("alpha").Number();
        svi.EvaluateLoss(Flips);
        Assert.That(svi.Context.Store.GetValue("alpha").Number(), Is.EqualTo(before));
    }

    [Test]
    public void SameSeedSameLosses()
    {
        double[] Losses()
        {
            var svi = new SVI<Tensor>(CoinModel, CoinGuide, new Adam(), new ELBO(), Runs.Context(3));
            return [.. Enumerable.Range(0, 20).Select(_ => svi.Step(Flips))];
        }
        var losses = Losses();
        Assert.That(Losses(), Is.EqualTo(losses));
    }

    [Test]
    public void ParallelInferencesGiveWhatTheyGiveAlone()
    {
        double Fit(long seed)
        {
            var svi = new SVI<Tensor>(CoinModel, CoinGuide, new Adam(), new ELBO(), Runs.Context(seed));
            svi.Fit(Flips, 50);
            return svi.Context.Store.GetValue("alpha").Number();
        }
        var alone = Enumerable.Range(0, 8).Select(i => Fit(i)).ToArray();
        var together = new double[8];
        Parallel.For(0, 8, i => together[i] = Fit(i));
        Assert.That(together, Is.EqualTo(alone));
        Assert.That(alone.Distinct().Count(), Is.EqualTo(8));
    }

    [Test]
    public void ModelsLearnParametersToo()
    {
        var model = DynamicProgram.Of<Tensor>(x => Observe("x", new Normal(Param("mu", 0.0), Param("sigma", 3.0, Constraints.Positive)), x));
        var guide = DynamicProgram.Of<Tensor>(_ => { });
        var data = tensor(new[] { 1f, 2f, 3f, 6f });
        var svi = new SVI<Tensor>(model, guide, new Adam(lr: 0.05), new ELBO(), Runs.Context());
        svi.Fit(data, 1500);
        Numeric.Close(3, svi.Context.Store.GetValue("mu").Number(), 0.01);
        Numeric.Close(Math.Sqrt(3.5), svi.Context.Store.GetValue("sigma").Number(), 0.01);
    }

    [Test]
    public void WhatFailsLeavesNoParameters()
    {
        var model = Runs.Program(() =>
        {
            Param("a", 1.0);
            Observe("x", new Normal(zeros(2), 1), zeros(3));
        });
        var svi = new SVI<Unit>(model, Runs.Program(() => { }), new Adam(), new ELBO(), Runs.Context());
        Assert.Throws<ModelException>(() => svi.EvaluateLoss(default));
        Assert.Throws<ModelException>(() => svi.Step(default));
        Assert.That(svi.Context.Store.Names, Is.Empty);
    }

    [Test]
    public void NothingToTrainIsNoError() =>
        Assert.That(new SVI<Unit>(Runs.Program(() => { }), Runs.Program(() => { }), new Adam(), new ELBO(), Runs.Context()).Step(default), Is.EqualTo(0));

    [Test]
    public void SubsamplingKeepsTheGradient()
    {
        // Every subsample's scaled loss has the full data's expectation: averaged over draws both must meet.
        var data = arange(0, 12, ScalarType.Float64) / 3;
        double Mean(int? size)
        {
            var model = Runs.Program(() =>
            {
                using var plate = IArange("n", 12, size);
                Observe("x", new Normal(Param("mu", tensor(0.5)), 1), data[plate.Indices]);
            });
            var context = Runs.Context();
            var loss = new ELBO(numParticles: size is null ? 1 : 2000);
            var set = new Pyro.Params.ParamSet();
            loss.LossAndGrads(context, model, Runs.Program(() => { }), default, set);
            return context.Store["mu"].Unconstrained.grad!.Number();
        }
        Numeric.Close(Mean(null), Mean(4), 0.03);
    }

    [Test]
    public void PosteriorSamplesTheGuide()
    {
        var context = Runs.Context();
        var guide = Runs.Program(() =>
        {
            Sample("a", new Normal(2, 3));
            using (IArange("n", 5))
                Sample("b", new Beta(2, 6));
        });
        var posterior = Posterior.Sample(guide, default, 4000, context);
        Assert.That(posterior.Sites, Is.EqualTo(["a", "b"]));
        Assert.That(posterior["b"].shape, Is.EqualTo([4000, 5]));
        Numeric.Close(2, posterior.Mean("a").Number(), 0.1);
        Numeric.Close(3, posterior.StdDev("a").Number(), 0.05);
        Assert.That(posterior.Mean("b").shape, Is.EqualTo([5]));
        Assert.That(posterior.Mean("b").Numbers(), Has.All.InRange(0.23, 0.27));
        Assert.That(posterior.Quantile("b", 0.1, 0.5, 0.9).shape, Is.EqualTo([3, 5]));
        Assert.Throws<KeyNotFoundException>(() => _ = posterior["c"]);
    }

    /// <summary>ln p(x) of a standard normal mean with unit noise, in closed form.</summary>
    private sealed class MultivariateEvidence(double[] x)
    {
        public double Log
        {
            get
            {
                var (n, sum) = (x.Length, x.Sum());
                var square = x.Sum(v => v * v) - sum * sum / (n + 1);
                return -0.5 * (n * Math.Log(2 * Math.PI) + Math.Log(n + 1) + square);
            }
        }
    }
}
