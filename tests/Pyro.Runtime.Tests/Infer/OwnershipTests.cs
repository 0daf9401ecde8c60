using Pyro.Distributions;
using Pyro.Infer;
using Pyro.Poutines;
using Pyro.Programs;
using Pyro.Traces;
using TorchSharp;
using static Pyro.Primitives;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Infer;

/// <summary>What inference gives owns its tensors: without a dispose scope around, disposing it leaves none behind.</summary>
[NonParallelizable]
public class OwnershipTests
{
    private static Tensor Data => tensor(new[] { 0.3f, 1.2f, -0.5f, 0.8f });

    private static readonly Program<Unit> s_model = Runs.Program(() =>
    {
        var mu = Sample("mu", new Normal(tensor(0f), 2f));
        var k = Sample("k", new Bernoulli(ps: tensor(0.3f)));
        using var plate = IArange("n", 4, 2);
        Observe("x", new Normal(mu + k, 1), plate.Each(Data));
        Deterministic("twice", mu * 2);
    });

    private static readonly Program<Unit> s_guide = Runs.Program(() =>
    {
        Sample("mu", new Normal(Param("m", tensor(0f)), 1));
        Sample("k", new Bernoulli(ps: tensor(0.4f)));
    });

    public static string[] Results() => ["trace", "loaded trace", "posterior", "importance", "guided importance", "search", "prior predictive", "predictive", "weighted predictive"];

    [TestCaseSource(nameof(Results))]
    public void Result_LeavesNoTensor_WhenDisposed(string what)
    {
        var context = Runs.Context();
        using (var posterior = Posterior.Sample(s_guide, default, 3, context))
        using (var weighted = Weighted(context))
        {
            // Parameters, and what is made once.
            Use(what, context, posterior, weighted);
            var before = Alive();
            Use(what, context, posterior, weighted);
            Assert.That(Alive(), Is.EqualTo(before));
        }
    }

    [TestCaseSource(nameof(Results))]
    public void Result_EndsWithTheScopeAround(string what)
    {
        var context = Runs.Context();
        var before = 0L;
        for (var i = 0; i < 2; i++)
        {
            before = Alive();
            using var scope = NewDisposeScope();
            _ = Give(what, context, Posterior.Sample(s_guide, default, 3, context), Weighted(context));
        }
        Assert.That(Alive(), Is.EqualTo(before));
    }

    [Test]
    public void Result_Lives_UntilItIsDisposed()
    {
        var context = Runs.Context();
        var trace = s_model.Trace(default, context);
        var density = trace["x"].LogPdf();
        Assert.That(double.IsFinite(density.Number()));
        var importance = new Importance<Unit>(s_model, s_guide, 3).Run(default, context);
        using var marginal = importance.Marginal("mu").Values;
        using var posterior = importance.ToPosterior();
        using var mean = posterior.Mean("mu");
        var value = importance[0].Trace["mu"].Value!;
        importance.Dispose();
        trace.Dispose();
        Assert.That(value.IsInvalid);
        Assert.That(trace["mu"].Value!.IsInvalid);
        Assert.That(context.Store["m"].Unconstrained.IsInvalid, Is.False);
        Assert.That(double.IsFinite(marginal.sum().Number() + posterior["mu"].sum().Number() + mean.Number()));
        posterior.Dispose();
        Assert.That(posterior["mu"].IsInvalid);
    }

    [Test]
    public void Enumeration_LeavesNothing_WhenItIsLeftMidway()
    {
        var context = Runs.Context();
        var before = 0L;
        for (var i = 0; i < 2; i++)
        {
            before = Alive();
            using var enumerate = new EnumeratePoutine();
            using (s_model.With(enumerate).Trace(default, context))
                Assert.That(enumerate.Next());
        }
        Assert.That(Alive(), Is.EqualTo(before));
    }

    [Test]
    public void Queue_KeepsItsTraces_WhenOthersAreDisposed()
    {
        using var scope = NewDisposeScope();
        var context = Runs.Context();
        var queue = new Queue<Trace>([new Trace()]);
        var queued = s_model.Queue(queue);
        var values = new List<double>();
        while (queue.Count > 0)
        {
            using var trace = queued.Trace(default, context);
            values.Add(trace["k"].Value!.Number());
        }
        Assert.That(values, Is.EqualTo(new[] { 0.0, 1 }));
    }

    [Test]
    public void FailedRun_LeavesNoTensor()
    {
        var failing = Runs.Program(() =>
        {
            var x = Sample("x", new Normal(zeros(3), 1));
            Observe("y", new Normal(x + ones(4), 1), Data);
        });
        var context = Runs.Context();
        var before = Alive();
        Assert.Throws<ModelException>(() => failing.Trace(default, context));
        Assert.Throws<ModelException>(() => new Importance<Unit>(failing, numSamples: 3).Run(default, context));
        Assert.Throws<ModelException>(() => new Predictive<Unit>(failing, guide: null, 3).Run(default, context));
        Assert.That(Alive(), Is.EqualTo(before));
    }

    private static long Alive() => DisposeScopeManager.Statistics.ThreadTotalLiveCount;

    private static Posterior Weighted(RunContext context)
    {
        using var importance = new Importance<Unit>(s_model, s_guide, 3).Run(default, context);
        return importance.ToPosterior();
    }

    private static void Use(string what, RunContext context, Posterior posterior, Posterior weighted)
    {
        using var result = Give(what, context, posterior, weighted);
        foreach (var samples in result is Posterior given ? new[] { given } : [])
        {
            using Tensor mean = samples.Mean("mu"), spread = samples.StdDev("mu"), quantile = samples.Quantile("mu", 0.1, 0.5), share = samples.Mean("k");
            // A distribution's tensors are those of the scope around.
            using var scope = NewDisposeScope();
            Assert.That(double.IsFinite(samples.Marginal("mu").AnalyticVar.Number()));
        }
    }

    // Each is run on this thread: a batch of predictions has 64.
    private static IDisposable Give(string what, RunContext context, Posterior posterior, Posterior weighted)
    {
        switch (what)
        {
            case "trace":
                return s_model.Trace(default, context);
            case "loaded trace":
                var path = Path.GetTempFileName();
                using (var trace = s_model.Trace(default, context))
                    trace.Save(path);
                var loaded = Trace.Load(path);
                File.Delete(path);
                return loaded;
            case "posterior":
                return Posterior.Sample(s_guide, default, 3, context);
            case "importance":
                return new Importance<Unit>(s_model, numSamples: 3).Run(default, context);
            case "guided importance":
                return new Importance<Unit>(s_model, s_guide, 3).Run(default, context);
            case "search":
                return new Search<Unit>(s_model).Run(default, context);
            case "prior predictive":
                return new Predictive<Unit>(s_model, guide: null, 3).Run(default, context);
            case "predictive":
                return new Predictive<Unit>(s_model, posterior).Run(default, context);
            default:
                return new Predictive<Unit>(s_model, weighted).Run(default, context);
        }
    }
}
