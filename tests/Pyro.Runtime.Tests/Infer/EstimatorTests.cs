using System.Diagnostics;
using System.Globalization;
using Pyro.Distributions;
using Pyro.Infer;
using Pyro.Optim;
using Pyro.Params;
using Pyro.Traces;
using static Pyro.Primitives;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Infer;

/// <summary>
/// Every estimator and option on every small model: the mean over many draws lies within 4 standard errors of the exact loss and gradient. In the long form,
/// <c>eng/gradients</c>, there are 20,000 draws.
/// </summary>
[Parallelizable(ParallelScope.All)]
public class EstimatorTests
{
    private static readonly Dictionary<string, (SiteOptions? Options, Func<ELBO> Loss)> s_estimators = new()
    {
        ["static"] = (null, () => new ELBO()),
        ["dense"] = (null, () => new ELBO(graph: GraphType.Dense)),
        ["flat"] = (null, () => new ELBO(graph: GraphType.Flat)),
        ["two particles"] = (null, () => new ELBO(numParticles: 2)),
        ["two at once"] = (null, () => new ELBO(numParticles: 2, parallel: true)),
        ["average"] = (Baseline(new Baseline { UseDecayingAverage = true }), () => new ELBO()),
        ["value"] = (Baseline(new Baseline { Value = tensor(3.0) }), () => new ELBO()),
        ["network"] = (Baseline(new Baseline { Network = input => input.sum() * 2, Input = tensor(new[] { 1.0, 0.5 }) }), () => new ELBO()),
        ["average and value"] = (Baseline(new Baseline { UseDecayingAverage = true, Beta = 0.5, Value = tensor(-1.0) }), () => new ELBO(graph: GraphType.Dense)),
        ["average, flat"] = (Baseline(new Baseline { UseDecayingAverage = true, Beta = 0.8 }), () => new ELBO(graph: GraphType.Flat)),
        ["lock-step"] = (null, () => new ELBO(enumDiscrete: Enumerate.LockStep)),
        ["full"] = (null, () => new ELBO(enumDiscrete: Enumerate.Full)),
        ["lock-step, three at once"] = (null, () => new ELBO(numParticles: 3, enumDiscrete: Enumerate.LockStep, parallel: true)),
        ["average, full"] = (Baseline(new Baseline { UseDecayingAverage = true }), () => new ELBO(enumDiscrete: Enumerate.Full)),
        ["dense, full"] = (null, () => new ELBO(graph: GraphType.Dense, enumDiscrete: Enumerate.Full)),
    };

    public static IEnumerable<TestCaseData<string, string>> Pairs() =>
        from model in s_models
        from estimator in s_estimators.Keys
        where !IsLockStep(estimator) || model.Value.LockStep
        select new TestCaseData<string, string>(model.Key, estimator);

    private static readonly Dictionary<string, Estimators.Case> s_models = Estimators.All.Concat(ContinuousEstimators.All).ToDictionary();

    /// <summary>Whether this is the long form.</summary>
    internal static bool Long => Environment.GetEnvironmentVariable("PYRO_LONG_TESTS") is not null;

    private static bool IsLockStep(string estimator) => estimator.StartsWith("lock-step", StringComparison.Ordinal);

    private static SiteOptions Baseline(Baseline baseline) => new() { Baseline = baseline };

    [TestCaseSource(nameof(Pairs))]
    public void TheMeanIsExact(string name, string estimator)
    {
        var pair = s_models[name];
        var (options, loss) = s_estimators[estimator];
        var (exactLoss, exactGradient) = Estimators.Exact(pair.Whole ?? pair);
        var sum = pair.Known is null && (estimator.Contains("full") || IsLockStep(estimator));
        // A sum over everything has no variance.
        var draws = sum && pair.Whole is null ? 1 : Long ? 20_000 : sum ? 150 : 400;
        var started = Stopwatch.GetTimestamp();
        var (mean, error) = Estimators.Estimate(pair, options, loss(), draws);
        double[] exact = [exactLoss, .. exactGradient];
        var worst = Enumerable.Range(0, exact.Length).Max(k => Math.Abs(mean[k] - exact[k]) / (error[k] + 2e-6 * (1 + Math.Abs(exact[k]))));
        TestContext.Progress.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name}, {estimator}: {draws} draws, at most {worst:F2} standard errors, largest error {error.Max():G3}, {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s"));
        Assert.That(worst <= 4, $"exact {Text(exact)}\nmean  {Text(mean)}\nerror {Text(error)}");
        // Few enough draws would agree with anything.
        Assert.That(error.Max() < 0.35 * Math.Max(1, exact.Max(Math.Abs)), $"too few draws to tell: {Text(error)}");
    }

    private static string Text(double[] values) => string.Join(", ", values.Select(v => v.ToString("F4", CultureInfo.InvariantCulture)));

    [Test]
    public void ElementsOfAPlateDoNotMeet()
    {
        // With the plates' elements kept apart, twenty of them have the variance of one; the dense graph would give each the costs of all.
        var pair = new Estimators.Case(
            Runs.Program(() =>
            {
                using (IArange("n", 20))
                    Observe("x", new Normal(Sample("z", new Bernoulli(ps: 0.25)), 1), ones(20));
            }),
            _ => Runs.Program(() =>
            {
                var p = Param("p", 0.5 * ones(20));
                using (IArange("n", 20))
                    Sample("z", new Bernoulli(ps: p));
            }));
        var (mean, error) = Estimators.Estimate(pair, null, new ELBO(), 1500);
        var (flatMean, flatError) = Estimators.Estimate(pair, null, new ELBO(graph: GraphType.Flat), 1500);
        for (var k = 1; k <= 20; k++)
        {
            var expected = Math.Log(3) - 0.5;
            Assert.That(Math.Abs(mean[k] - expected) <= 4 * error[k], $"{mean[k]} ± {error[k]}");
            Assert.That(Math.Abs(flatMean[k] - expected) <= 4 * flatError[k], $"{flatMean[k]} ± {flatError[k]}");
            Assert.That(flatError[k] > 4 * error[k], $"{flatError[k]} against {error[k]}");
        }
    }

    [Test]
    public void ABaselineTakesVarianceAway()
    {
        // A far observation makes all costs large: nearly all of it is what both values have in common.
        var pair = new Estimators.Case(
            Runs.Program(() => Observe("x", new Normal(Sample("z", new Bernoulli(ps: 0.25)), 1), tensor(8.0))),
            options => Runs.Program(() => Sample("z", new Bernoulli(ps: Param("p", 0.5)), null, options)));
        var (_, plain) = Estimators.Estimate(pair, null, new ELBO(), 500);
        var (_, with) = Estimators.Estimate(pair, Baseline(new Baseline { UseDecayingAverage = true }), new ELBO(), 500);
        Assert.That(plain[1] > 3 * with[1], $"{plain[1]} against {with[1]}");
    }

    [Test]
    public void TrainedBaselinesLearnTheirCosts()
    {
        // The value that minimises the mean square is the mean cost.
        var guide = Runs.Program(() => Sample("z", new Bernoulli(ps: 0.5), new SiteOptions { Baseline = new Baseline { Value = Param("b", 0.0) } }));
        var model = Runs.Program(() => Observe("x", new Normal(Sample("z", new Bernoulli(ps: 0.5)), 1), tensor(4.0)));
        var svi = new SVI<Unit>(model, guide, new Adam(lr: 0.05), new ELBO(), Runs.Context());
        svi.Fit(default, 1500);
        var cost = 0.5 * (8 + 4.5) + 0.5 * Math.Log(2 * Math.PI);
        Assert.That(svi.Context.Store.GetValue("b").Number(), Is.InRange(cost - 1, cost + 1));
    }

    [Test]
    public void AveragesAreNoParameters()
    {
        // Defect B7 of the reference: its averages stood among the parameters, and were saved as such.
        var options = Baseline(new Baseline { UseDecayingAverage = true });
        var svi = new SVI<Unit>(Estimators.All["one"].Model, Estimators.All["one"].Guide(options), new Adam(), new ELBO(), Runs.Context());
        svi.Fit(default, 3);
        Assert.That(svi.Context.Store.Names, Is.EqualTo(["p"]));
    }

    [Test]
    public void BaselinesThatDoNotFitAreNamed()
    {
        var one = Estimators.All["one"];
        var both = Assert.Throws<ModelException>(() => Estimators.Estimate(
            one, Baseline(new Baseline { Value = zeros([]), Network = x => x }), new ELBO(), 1));
        Assert.That(both.Site, Is.EqualTo("z"));
        var shape = Assert.Throws<ModelException>(() => Estimators.Estimate(one, Baseline(new Baseline { Value = zeros(3) }), new ELBO(), 1));
        Assert.That(shape.Message, Does.Contain("(3"));
        var beta = Assert.Throws<ModelException>(() => Estimators.Estimate(
            one, Baseline(new Baseline { UseDecayingAverage = true, Beta = 1 }), new ELBO(), 1));
        Assert.That(beta.Message, Does.Contain("Beta"));
    }

    [Test]
    public void LockStepRefusesWhatMixesElements()
    {
        var error = Assert.Throws<ModelException>(() => Estimators.Estimate(
            Estimators.All["out of the plate and in again"], null, new ELBO(enumDiscrete: Enumerate.LockStep), 1));
        Assert.That(error.Site, Is.EqualTo("z"));
        Assert.That(error.Message, Does.Contain("'h'"));
    }

    [Test]
    public void TheFlatGraphRefusesSitesThatAskForEnumeration()
    {
        var error = Assert.Throws<ModelException>(() => Estimators.Estimate(
            Estimators.All["one"], new SiteOptions { Enumerate = Enumerate.LockStep }, new ELBO(graph: GraphType.Flat), 1));
        Assert.That(error.Site, Is.EqualTo("z"));
        Assert.That(error.Message, Does.Contain("Flat"));
    }

    [Test]
    public void AnEmptyPlateLeavesTheAverages()
    {
        var size = 0;
        var model = Runs.Program(() =>
        {
            using (IArange("n", size))
                Observe("x", new Normal(Sample("z", new Bernoulli(ps: 0.25)), 1), ones(size));
        });
        var guide = Runs.Program(() =>
        {
            var p = Param("p", 0.5, Constraints.UnitInterval);
            using (IArange("n", size))
                Sample("z", new Bernoulli(ps: p), Baseline(new Baseline { UseDecayingAverage = true }));
        });
        var svi = new SVI<Unit>(model, guide, new Adam(), new ELBO(), Runs.Context());
        foreach (var next in new[] { 0, 3, 0, 2 })
        {
            size = next;
            Assert.That(double.IsFinite(svi.Step(default)), Is.True);
        }
    }

    [Test]
    public void ChoicesOfProbabilityZeroDoNotCount()
    {
        var model = Runs.Program(() =>
        {
            using (IArange("n", 3))
                Sample("z", new Bernoulli(ps: tensor(new[] { 0.0, 0.5, 1 })));
        });
        var guide = Runs.Program(() =>
        {
            var p = Param("p", tensor(new[] { 0.0, 0.5, 1 }));
            using (IArange("n", 3))
                Sample("z", new Bernoulli(ps: p));
        });
        foreach (var how in new[] { Enumerate.No, Enumerate.LockStep, Enumerate.Full })
            foreach (var graph in new[] { GraphType.Static, GraphType.Dense })
            {
                var loss = new ELBO(graph: graph, enumDiscrete: how);
                Numeric.Close(0, loss.Loss(Runs.Context(), model, model, default), 1e-6);
                var context = Runs.Context();
                var trained = new ParamSet();
                using var scope = NewDisposeScope();
                Numeric.Close(0, loss.LossAndGrads(context, model, guide, default, trained), 1e-6);
                Assert.That(double.IsFinite(context.Store["p"].Unconstrained.grad![1].Number()), Is.True);
            }
    }

    [TestCase(Enumerate.LockStep)]
    [TestCase(Enumerate.Full)]
    public void ChoicesOfProbabilityZeroAreNotSteep(Enumerate how)
    {
        // By the sigmoid the probability is one, by the softmax it is one of the first: both are flat there, and the logarithms of what is left are not.
        var model = Runs.Program(() =>
        {
            var z = Sample("z", new Bernoulli(ps: tensor(0.5)));
            var k = Sample("k", new Categorical(ps: tensor(new[] { 0.2, 0.3, 0.5 })));
            Observe("x", new Poisson(Param("r", 2.0) * z + 0 * k), tensor(3.0));
            using (IArange("n", 2))
                Observe("y", new Poisson(Param("s", 2.0) * Sample("v", new Bernoulli(ps: tensor(0.5)))), tensor(new[] { 3.0, 3 }));
        });
        var guide = Runs.Program(() =>
        {
            Sample("z", new Bernoulli(ps: Param("a", tensor(40.0)).sigmoid()));
            Sample("k", new Categorical(ps: Param("b", tensor(new[] { 900.0, 0, 1 })).softmax(-1)));
            using (IArange("n", 2))
                Sample("v", new Bernoulli(ps: Param("c", tensor(new[] { 40.0, 40 })).sigmoid()));
        });
        var context = Runs.Context();
        using var scope = NewDisposeScope();
        var poisson = 3 * Math.Log(2) - 2 - Math.Log(6);
        Numeric.Close(3 * (Math.Log(2) - poisson) - Math.Log(0.2), new ELBO(enumDiscrete: how).LossAndGrads(context, model, guide, default, new ParamSet()), 1e-5);
        double[] Gradient(string name) => context.Store[name].Unconstrained.grad!.Numbers();
        Assert.That(Gradient("a"), Is.EqualTo([0]));
        Assert.That(Gradient("b"), Is.EqualTo([0, 0, 0]));
        Assert.That(Gradient("c"), Is.EqualTo([0, 0]));
        Numeric.Close(-0.5, Gradient("r")[0], 1e-6);
        Numeric.Close(-1, Gradient("s")[0], 1e-6);
    }

    [Test]
    public void ASiteAsksForEnumerationByItself()
    {
        var one = Estimators.All["one"];
        var (mean, error) = Estimators.Estimate(one, new SiteOptions { Enumerate = Enumerate.LockStep }, new ELBO(), 3);
        Assert.That(error[1], Is.EqualTo(0).Within(1e-6));
        Assert.That(mean[1], Is.EqualTo(Estimators.Exact(one).Gradient[0]).Within(1e-6));
    }

    [Test]
    public void AnObservationScaledBySubsamplingLeavesTheWeightsAlone()
    {
        // Defect B3 of the reference: the weight of a choice was q to the power of size by count, 0.09 instead of 0.3.
        var model = Runs.Program(() =>
        {
            using (IArange("n", 10, 5))
                Sample("z", new Bernoulli(ps: 0.5));
        });
        var guide = Runs.Program(() =>
        {
            using (IArange("n", 10, 5))
                Sample("z", new Bernoulli(ps: 0.3));
        });
        var kl = 10 * (0.3 * Math.Log(0.3 / 0.5) + 0.7 * Math.Log(0.7 / 0.5));
        Numeric.Close(kl, new ELBO(enumDiscrete: Enumerate.LockStep).Loss(Runs.Context(), model, guide, default), 1e-5);
    }
}
