using Pyro.Distributions;
using Pyro.Infer;
using Pyro.Poutines;
using Pyro.Programs;
using Pyro.Traces;
using TorchSharp;
using static Pyro.Primitives;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Poutines;

/// <summary>Going through the values of discrete sites: by the enumerating handler, and by escapes and a queue.</summary>
public class EnumerationTests
{
    private static readonly Program<Unit> s_chain = Runs.Program(() =>
    {
        var state = tensor(1.0);
        for (var i = 0; i < 3; i++)
        {
            state = Sample($"latent_{i}", new Bernoulli(ps: 0.3 + 0.5 * state));
            Observe($"obs_{i}", new Bernoulli(ps: 0.1 + 0.8 * state), tensor(1.0));
        }
    });

    private static string Latents(Trace trace) => string.Concat(trace.StochasticNodes.Select(name => (int)trace[name].Value!.Number()));

    private static List<Trace> Enumerated(Program<Unit> program, Enumerate how = Enumerate.LockStep)
    {
        var enumerate = new EnumeratePoutine(how);
        var context = Runs.Context();
        var traces = new List<Trace>();
        do
            traces.Add(program.With(enumerate).Trace(default, context));
        while (enumerate.Next());
        return traces;
    }

    private static List<Trace> Queued(Program<Unit> program, int maxTries = 1000, TraceExtension? extend = null)
    {
        var queue = new Queue<Trace>([new Trace()]);
        var context = Runs.Context();
        var traces = new List<Trace>();
        while (queue.Count > 0)
            traces.Add(program.Queue(queue, maxTries, extend).Trace(default, context));
        return traces;
    }

    [Test]
    public void EveryCombinationOnceInOrder()
    {
        string[] all = ["000", "001", "010", "011", "100", "101", "110", "111"];
        Assert.That(Enumerated(s_chain).Select(Latents), Is.EqualTo(all));
        Assert.That(Queued(s_chain).Select(Latents), Is.EqualTo(all));
    }

    [Test]
    public void WeightsAreProducts()
    {
        // The reference's two discrete sites, with its numbers.
        var program = Runs.Program(() =>
        {
            Sample("x", new Bernoulli(ps: tensor(0.05)));
            Sample("y", new Categorical(ps: tensor(new[] { 0.1, 0.2, 0.3, 0.4 })));
        });
        double[] expected = [.. from x in new[] { 0.95, 0.05 } from y in new[] { 0.1, 0.2, 0.3, 0.4 } select x * y];
        Numeric.Close(expected, [.. Enumerated(program).Select(t => Math.Exp(t.LogPdf().Number()))], 1e-6);
        Numeric.Close(expected, [.. Queued(program).Select(t => Math.Exp(t.LogPdf().Number()))], 1e-6);
    }

    [Test]
    public void InAPlateEachElementHasItsOwn()
    {
        // The reference's batch of the two, which it could not do: eight runs in lock-step, 4 · 16 of them in full.
        var ps = tensor(new[,] { { 0.1, 0.2, 0.3, 0.4 }, { 0.4, 0.3, 0.2, 0.1 } });
        var program = Runs.Program(() =>
        {
            using (IArange("n", 2))
            {
                Sample("x", new Bernoulli(ps: tensor(new[] { 0.05, 0.15 })));
                Sample("y", new Categorical(ps: ps));
            }
        });
        var lockStep = Enumerated(program);
        Assert.That(lockStep.Count, Is.EqualTo(8));
        foreach (var trace in lockStep)
        {
            var (x, y) = (trace["x"].Value!.Numbers()[0], (int)trace["y"].Value!.Numbers()[0]);
            double Of(int n, double p) => (x == 1 ? p : 1 - p) * ps[n, y].Number();
            Numeric.Close([Of(0, 0.05), Of(1, 0.15)], (trace["x"].LogProb() + trace["y"].LogProb()).exp().Numbers(), 1e-6);
        }
        var full = Enumerated(program, Enumerate.Full);
        Assert.That(full.Count, Is.EqualTo(64));
        Numeric.Close(1, full.Sum(trace => Math.Exp(trace.LogPdf().Number())), 1e-6);
    }

    [Test]
    public void TheReferencesChainWithItsNumbers()
    {
        double[] p = [0.8, 0.3], mean = [-0.1, 0.9];
        var chain = Runs.Program(() =>
        {
            var state = 1;
            for (var i = 0; i < 3; i++)
            {
                state = (int)Sample($"latent_{i}", new Bernoulli(ps: tensor(p[state]))).Number();
                Observe($"obs_{i}", new Normal(tensor(mean[state]), 1), tensor(1.0));
            }
        });
        var traces = Queued(chain);
        Assert.That(traces.Select(Latents).Distinct().Count(), Is.EqualTo(8));
        foreach (var trace in traces)
        {
            var (total, state) = (0.0, 1);
            foreach (var bit in Latents(trace))
            {
                var next = bit - '0';
                total += Math.Log(next == 1 ? p[state] : 1 - p[state]) - 0.5 * Math.Log(2 * Math.PI) - 0.5 * Math.Pow(1 - mean[next], 2);
                state = next;
            }
            Numeric.Close(total, trace.LogPdf().Number(), 1e-6);
        }
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void ChoicesOfAPlateAreTwoRunsHoweverManyThereAre(int n) => Assert.That(Enumerated(Runs.Program(() =>
    {
        using (IArange("n", n))
            Sample("z", new OneHotCategorical(ps: tensor(new[] { 0.3, 0.7 })));
    })).Count, Is.EqualTo(2));

    [Test]
    public void BothWaysGiveTheSameDensities() =>
        Numeric.Close(
            Enumerated(s_chain).Select(t => t.LogPdf().Number()).ToArray(), Queued(s_chain).Select(t => t.LogPdf().Number()).ToArray());

    [Test]
    public void AQueuedTraceIsWhole()
    {
        var trace = s_chain.Queue(new Queue<Trace>([new Trace()])).Trace(default, Runs.Context());
        Assert.That(trace.Count, Is.EqualTo(6));
        Assert.That(trace.ObservationNodes.Count(), Is.EqualTo(3));
    }

    [Test]
    public void TooFewTriesAreAnError()
    {
        var error = Assert.Throws<InvalidOperationException>(() => Queued(s_chain, maxTries: 3));
        Assert.That(error.Message, Does.Contain("3 tries"));
        Assert.Throws<InvalidOperationException>(() => s_chain.Queue(new Queue<Trace>()).Trace(default, Runs.Context()));
    }

    [Test]
    public void WhatComesBeforeKeepsItsValueAndWhatFollowsIsDrawnAgain()
    {
        var mixed = Runs.Program(() =>
        {
            Sample("x", new Normal(0, 1));
            Sample("y", new Bernoulli(ps: 0.5));
            Sample("z", new Normal(0, 1));
        });
        foreach (var traces in new[] { Queued(mixed), Enumerated(mixed) })
        {
            Assert.That(traces.Count, Is.EqualTo(2));
            Assert.That(traces[1]["x"].Value!.Number(), Is.EqualTo(traces[0]["x"].Value!.Number()));
            Assert.That(traces[1]["z"].Value!.Number(), Is.Not.EqualTo(traces[0]["z"].Value!.Number()));
            Assert.That(traces.Select(t => t["y"].Value!.Number()), Is.EqualTo([0, 1]));
        }
    }

    [Test]
    public void DrawnExtensionsAreAsManyAsAskedFor()
    {
        // The reference gave one too many (defect B14).
        var program = Runs.Program(() => Sample("x", new Bernoulli(ps: 0.5)));
        Assert.That(Queued(program, extend: TraceExtensions.Drawn(3)).Count, Is.EqualTo(3));
    }

    [Test]
    public void SitesThatComeAndGo()
    {
        var geometric = Runs.Program(() =>
        {
            for (var i = 0; i < 3 && Sample($"flip_{i}", new Bernoulli(ps: 0.5)).Number() == 0; i++) { }
        });
        Assert.That(Enumerated(geometric).Select(Latents).Order(), Is.EqualTo(["000", "001", "01", "1"]));
        Assert.That(Queued(geometric).Select(Latents).Order(), Is.EqualTo(["000", "001", "01", "1"]));
    }

    [Test]
    public void PlatesGoInLockStepOrInFull()
    {
        var program = Runs.Program(() =>
        {
            using (IArange("n", 3))
                Sample("z", new Bernoulli(ps: 0.5));
        });
        Assert.That(Enumerated(program).Count, Is.EqualTo(2));
        var full = Enumerated(program, Enumerate.Full);
        Assert.That(full.Select(t => string.Concat(t["z"].Value!.Numbers())).Distinct().Count(), Is.EqualTo(8));
        Assert.That(Enumerated(program, Enumerate.No), Has.Exactly(1).Items);
    }

    [Test]
    public void RowsOfOneHotsInFull()
    {
        var program = Runs.Program(() => Sample("z", new OneHotCategorical(ps: ones(2, 3) / 3)));
        var full = Enumerated(program, Enumerate.Full);
        Assert.That(full.Select(t => string.Concat(t["z"].Value!.Numbers())).Distinct().Count(), Is.EqualTo(9));
        Assert.That(full.Select(t => t["z"].Value!.sum(-1).Numbers()), Has.All.EqualTo((double[])[1, 1]));
    }

    [Test]
    public void ABatchOutsideOfAPlateIsRefused()
    {
        var error = Assert.Throws<ModelException>(() => Enumerated(Runs.Program(() => Sample("z", new Bernoulli(ps: ones(5) / 2)))));
        Assert.That(error.Site, Is.EqualTo("z"));
        Assert.That(error.Message, Does.Contain("IArange"));
    }

    [Test]
    public void ASiteMaySayHowItIsEnumerated()
    {
        var program = Runs.Program(() =>
        {
            Sample("a", new Bernoulli(ps: 0.5), new SiteOptions { Enumerate = Enumerate.No });
            Sample("b", new Bernoulli(ps: ones(2) / 2), new SiteOptions { Enumerate = Enumerate.Full });
        });
        Assert.That(Enumerated(program).Count, Is.EqualTo(4));
    }

    [Test]
    public void EscapesLeaveBeforeTheSiteActs()
    {
        var program = Runs.Program(() =>
        {
            Sample("x", new Normal(0, 1));
            Sample("y", new Bernoulli(ps: 0.5));
        });
        Assert.That(Assert.Throws<NonlocalExit>(() => program.Escape(EscapePoutine.Discrete).Trace(default, Runs.Context())).Site.Name, Is.EqualTo("y"));
        Assert.That(Assert.Throws<NonlocalExit>(() => program.Escape(EscapePoutine.All).Trace(default, Runs.Context())).Site.Name, Is.EqualTo("x"));
        var inner = new Trace();
        Assert.Throws<NonlocalExit>(() => program.With(new TracePoutine(inner)).Escape(EscapePoutine.Discrete).Trace(default, Runs.Context()));
        Assert.That(inner.StochasticNodes, Is.EqualTo(["x"]));
    }

    private static readonly Program<Unit> s_two = Runs.Program(() =>
    {
        var b = Sample("b", new Bernoulli(ps: 0.5));
        Sample("c", new Bernoulli(ps: 0.25 + 0.5 * b));
    });

    [Test]
    public void AnExitIsItsOwnHandlers()
    {
        // The queue took up the exit that was meant for the handler around it.
        var queue = new Queue<Trace>([new Trace()]);
        var program = s_two.Queue(queue, escapes: (in Message message) => message.Name == "b").Escape((in Message message) => message.Name == "c");
        for (var i = 0; i < 2; i++)
        {
            var exit = Assert.Throws<NonlocalExit>(() => program.Trace(default, Runs.Context()));
            Assert.That(exit.Site.Name, Is.EqualTo("c"));
            Assert.That(exit.Handler, Is.TypeOf<EscapePoutine>());
            // What was not whole is still to be done.
            Assert.That(queue.Count, Is.EqualTo(2));
        }
    }

    [Test]
    public void AQueueInsideOfAQueue()
    {
        var (inner, outer) = (new Queue<Trace>([new Trace()]), new Queue<Trace>([new Trace()]));
        var program = s_two.Queue(inner, escapes: (in Message message) => message.Name == "b").Queue(outer, escapes: (in Message message) => message.Name == "c");
        Assert.That(Enumerable.Range(0, 2).Select(_ => Latents(program.Trace(default, Runs.Context()))), Is.EqualTo(["00", "11"]));
        Assert.That(inner, Is.Empty);
        Assert.That(outer, Is.Empty);
    }

    [Test]
    public void ATraceWhoseRunFailsStaysInTheQueue()
    {
        var fails = true;
        var program = Runs.Program(() =>
        {
            Sample("b", new Bernoulli(ps: 0.5));
            if (fails)
                throw new InvalidTimeZoneException();
        });
        var queue = new Queue<Trace>([new Trace()]);
        Assert.Throws<InvalidTimeZoneException>(() => program.Queue(queue).Trace(default, Runs.Context()));
        fails = false;
        Assert.That(Latents(program.Queue(queue).Trace(default, Runs.Context())), Is.EqualTo("0"));
        Assert.That(Latents(program.Queue(queue).Trace(default, Runs.Context())), Is.EqualTo("1"));
        Assert.That(queue, Is.Empty);
    }

    [Test]
    public void WhatAHandlerOutsideFixesIsNotEnumerated()
    {
        var data = new Dictionary<string, Tensor> { ["b"] = tensor(1.0) };
        double Total(IEnumerable<Trace> traces) => traces.Sum(trace => Math.Exp(trace.LogPdf().Number()));
        List<Trace> Around(Func<Program<Unit>, Program<Unit>> handler, bool queued)
        {
            var (queue, enumerate, context) = (new Queue<Trace>([new Trace()]), new EnumeratePoutine(), Runs.Context());
            var program = handler(queued ? s_two.Queue(queue) : s_two.With(enumerate));
            var traces = new List<Trace>();
            do
                traces.Add(program.Trace(default, context));
            while (queued ? queue.Count > 0 : enumerate.Next());
            return traces;
        }
        foreach (var queued in new[] { false, true })
        {
            var conditioned = Around(program => program.Condition(data), queued);
            Assert.That(conditioned.Select(trace => trace["c"].Value!.Number()), Is.EqualTo([0, 1]));
            Assert.That(conditioned.Select(trace => trace["b"].Kind), Has.All.EqualTo(SiteKind.Observed));
            Numeric.Close(0.5, Total(conditioned), 1e-6);
            var done = Around(program => program.Do(data), queued);
            Assert.That(done.Select(trace => trace["c"].Value!.Number()), Is.EqualTo([0, 1]));
            Numeric.Close(1, Total(done), 1e-6);
            // What stays latent is the innermost handler's to decide.
            Numeric.Close(1, Total(Around(program => program.Substitute(data), queued)), 1e-6);
        }
    }

    [Test]
    public void EachRunMayHaveItsScope()
    {
        var program = Runs.Program(() =>
        {
            using var plate = IArange("n", 9, 4);
            var x = Sample("x", new Normal(0, 1));
            Sample("y", new Categorical(logits: x.unsqueeze(-1).expand(4, 3)));
            Sample("z", new Bernoulli(ps: 0.5));
        });
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        var (enumerate, context) = (new EnumeratePoutine(), Runs.Context());
        var runs = new List<string>();
        do
        {
            using var scope = NewDisposeScope();
            var trace = program.With(enumerate).Trace(default, context);
            runs.Add(string.Join(" ", trace.Where(site => site.Value is not null).Select(site => string.Join(",", site.Value!.Numbers()))));
        }
        while (enumerate.Next());
        Assert.That(runs.Distinct().Count(), Is.EqualTo(6));
        Assert.That(runs.Select(run => string.Join(" ", run.Split(' ')[..2])).Distinct(), Has.Exactly(1).Items);
        Assert.That(DisposeScopeManager.Statistics.ThreadTotalLiveCount, Is.EqualTo(before));
    }

    [Test]
    public void AnExtensionMayLeaveNoWayToGoOn()
    {
        TraceExtension none = (_, _) => [];
        var queue = new Queue<Trace>([new Trace()]);
        Assert.Throws<InvalidOperationException>(() => s_two.Queue(queue, extend: none).Trace(default, Runs.Context()));
        queue = new Queue<Trace>([new Trace()]);
        var data = new Dictionary<string, Tensor> { ["b"] = tensor(1.0), ["c"] = tensor(0.0) };
        Numeric.Close(0.125, Math.Exp(s_two.Queue(queue, extend: none).Condition(data).Trace(default, Runs.Context()).LogPdf().Number()), 1e-6);
    }

    [Test]
    public void DeltaHasOneValue() =>

        // Defect B9 of the reference: its support had no dimension of its own.
        Assert.That(Enumerated(Runs.Program(() =>
        {
            using (IArange("n", 2))
                Sample("z", new Delta(tensor(new[] { 7.0, 8 })));
        })).Single()["z"].Value!.Numbers(), Is.EqualTo([7, 8]));

    private static Program<Unit> InPlate(int n) => Runs.Program(() =>
    {
        Observe("y", new Normal(0, 1), tensor(0.0));
        using (IArange("n", n))
            Sample("b", new Bernoulli(ps: 0.5));
    });

    [Test]
    public void AnEmptyPlateHasOneEmptyValue()
    {
        var alone = -0.5 * Math.Log(2 * Math.PI);
        foreach (var traces in new[]
        {
            Enumerated(InPlate(0)), Enumerated(InPlate(0), Enumerate.Full), Queued(InPlate(0)), Queued(InPlate(0), extend: TraceExtensions.Combined),
        })
        {
            var trace = traces.Single();
            Assert.That(trace["b"].Value!.shape, Is.EqualTo([0]));
            Numeric.Close(alone, trace.LogPdf().Number(), 1e-6);
        }
        Numeric.Close(alone, new Search<Unit>(InPlate(0)).Run(default, Runs.Context()).LogEvidence, 1e-6);
        Assert.That(Enumerated(Runs.Program(() => Sample("z", new Bernoulli(ps: zeros(0))))), Has.Exactly(1).Items);
        Assert.That(Enumerated(Runs.Program(() => Sample("z", new OneHotCategorical(ps: ones(0, 3) / 3))), Enumerate.Full).Single()["z"].Value!.shape, Is.EqualTo([0, 3]));
    }

    [TestCase(Enumerate.LockStep, 0)]
    [TestCase(Enumerate.Full, 0)]
    [TestCase(Enumerate.LockStep, 2)]
    [TestCase(Enumerate.Full, 2)]
    public void ALossSumsOutPlatesOfEverySize(Enumerate how, int n)
    {
        var model = InPlate(n);
        var loss = new ELBO(enumDiscrete: how).Loss(Runs.Context(), model, model.Block(hideKinds: [SiteKind.Observed]), default);
        Numeric.Close(0.5 * Math.Log(2 * Math.PI), loss, 1e-6);
    }
}
