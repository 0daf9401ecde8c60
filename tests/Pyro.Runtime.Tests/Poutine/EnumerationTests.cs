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

    [Fact]
    public void EveryCombinationOnceInOrder()
    {
        string[] all = ["000", "001", "010", "011", "100", "101", "110", "111"];
        Assert.Equal(all, Enumerated(s_chain).Select(Latents));
        Assert.Equal(all, Queued(s_chain).Select(Latents));
    }

    [Fact]
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

    [Fact]
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
        Assert.Equal(8, lockStep.Count);
        foreach (var trace in lockStep)
        {
            var (x, y) = (trace["x"].Value!.Numbers()[0], (int)trace["y"].Value!.Numbers()[0]);
            double Of(int n, double p) => (x == 1 ? p : 1 - p) * ps[n, y].Number();
            Numeric.Close([Of(0, 0.05), Of(1, 0.15)], (trace["x"].LogProb() + trace["y"].LogProb()).exp().Numbers(), 1e-6);
        }
        var full = Enumerated(program, Enumerate.Full);
        Assert.Equal(64, full.Count);
        Numeric.Close(1, full.Sum(trace => Math.Exp(trace.LogPdf().Number())), 1e-6);
    }

    [Fact]
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
        Assert.Equal(8, traces.Select(Latents).Distinct().Count());
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

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void ChoicesOfAPlateAreTwoRunsHoweverManyThereAre(int n) => Assert.Equal(2, Enumerated(Runs.Program(() =>
    {
        using (IArange("n", n))
            Sample("z", new OneHotCategorical(ps: tensor(new[] { 0.3, 0.7 })));
    })).Count);

    [Fact]
    public void BothWaysGiveTheSameDensities() =>
        Numeric.Close(
            Enumerated(s_chain).Select(t => t.LogPdf().Number()).ToArray(), Queued(s_chain).Select(t => t.LogPdf().Number()).ToArray());

    [Fact]
    public void AQueuedTraceIsWhole()
    {
        var trace = s_chain.Queue(new Queue<Trace>([new Trace()])).Trace(default, Runs.Context());
        Assert.Equal(6, trace.Count);
        Assert.Equal(3, trace.ObservationNodes.Count());
    }

    [Fact]
    public void TooFewTriesAreAnError()
    {
        var error = Assert.Throws<InvalidOperationException>(() => Queued(s_chain, maxTries: 3));
        Assert.Contains("3 tries", error.Message);
        Assert.Throws<InvalidOperationException>(() => s_chain.Queue(new Queue<Trace>()).Trace(default, Runs.Context()));
    }

    [Fact]
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
            Assert.Equal(2, traces.Count);
            Assert.Equal(traces[0]["x"].Value!.Number(), traces[1]["x"].Value!.Number());
            Assert.NotEqual(traces[0]["z"].Value!.Number(), traces[1]["z"].Value!.Number());
            Assert.Equal([0, 1], traces.Select(t => t["y"].Value!.Number()));
        }
    }

    [Fact]
    public void DrawnExtensionsAreAsManyAsAskedFor()
    {
        // The reference gave one too many (defect B14).
        var program = Runs.Program(() => Sample("x", new Bernoulli(ps: 0.5)));
        Assert.Equal(3, Queued(program, extend: TraceExtensions.Drawn(3)).Count);
    }

    [Fact]
    public void SitesThatComeAndGo()
    {
        var geometric = Runs.Program(() =>
        {
            for (var i = 0; i < 3 && Sample($"flip_{i}", new Bernoulli(ps: 0.5)).Number() == 0; i++) { }
        });
        Assert.Equal(["000", "001", "01", "1"], Enumerated(geometric).Select(Latents).Order());
        Assert.Equal(["000", "001", "01", "1"], Queued(geometric).Select(Latents).Order());
    }

    [Fact]
    public void PlatesGoInLockStepOrInFull()
    {
        var program = Runs.Program(() =>
        {
            using (IArange("n", 3))
                Sample("z", new Bernoulli(ps: 0.5));
        });
        Assert.Equal(2, Enumerated(program).Count);
        var full = Enumerated(program, Enumerate.Full);
        Assert.Equal(8, full.Select(t => string.Concat(t["z"].Value!.Numbers())).Distinct().Count());
        Assert.Single(Enumerated(program, Enumerate.No));
    }

    [Fact]
    public void RowsOfOneHotsInFull()
    {
        var program = Runs.Program(() => Sample("z", new OneHotCategorical(ps: ones(2, 3) / 3)));
        var full = Enumerated(program, Enumerate.Full);
        Assert.Equal(9, full.Select(t => string.Concat(t["z"].Value!.Numbers())).Distinct().Count());
        Assert.All(full, t => Assert.Equal([1, 1], t["z"].Value!.sum(-1).Numbers()));
    }

    [Fact]
    public void ABatchOutsideOfAPlateIsRefused()
    {
        var error = Assert.Throws<ModelException>(() => Enumerated(Runs.Program(() => Sample("z", new Bernoulli(ps: ones(5) / 2)))));
        Assert.Equal("z", error.Site);
        Assert.Contains("IArange", error.Message);
    }

    [Fact]
    public void ASiteMaySayHowItIsEnumerated()
    {
        var program = Runs.Program(() =>
        {
            Sample("a", new Bernoulli(ps: 0.5), new SiteOptions { Enumerate = Enumerate.No });
            Sample("b", new Bernoulli(ps: ones(2) / 2), new SiteOptions { Enumerate = Enumerate.Full });
        });
        Assert.Equal(4, Enumerated(program).Count);
    }

    [Fact]
    public void EscapesLeaveBeforeTheSiteActs()
    {
        var program = Runs.Program(() =>
        {
            Sample("x", new Normal(0, 1));
            Sample("y", new Bernoulli(ps: 0.5));
        });
        Assert.Equal("y", Assert.Throws<NonlocalExit>(() => program.Escape(EscapePoutine.Discrete).Trace(default, Runs.Context())).Site.Name);
        Assert.Equal("x", Assert.Throws<NonlocalExit>(() => program.Escape(EscapePoutine.All).Trace(default, Runs.Context())).Site.Name);
        var inner = new Trace();
        Assert.Throws<NonlocalExit>(() => program.With(new TracePoutine(inner)).Escape(EscapePoutine.Discrete).Trace(default, Runs.Context()));
        Assert.Equal(["x"], inner.StochasticNodes);
    }

    private static readonly Program<Unit> s_two = Runs.Program(() =>
    {
        var b = Sample("b", new Bernoulli(ps: 0.5));
        Sample("c", new Bernoulli(ps: 0.25 + 0.5 * b));
    });

    [Fact]
    public void AnExitIsItsOwnHandlers()
    {
        // The queue took up the exit that was meant for the handler around it.
        var queue = new Queue<Trace>([new Trace()]);
        var program = s_two.Queue(queue, escapes: (in Message message) => message.Name == "b").Escape((in Message message) => message.Name == "c");
        for (var i = 0; i < 2; i++)
        {
            var exit = Assert.Throws<NonlocalExit>(() => program.Trace(default, Runs.Context()));
            Assert.Equal("c", exit.Site.Name);
            Assert.IsType<EscapePoutine>(exit.Handler);
            // What was not whole is still to be done.
            Assert.Equal(2, queue.Count);
        }
    }

    [Fact]
    public void AQueueInsideOfAQueue()
    {
        var (inner, outer) = (new Queue<Trace>([new Trace()]), new Queue<Trace>([new Trace()]));
        var program = s_two.Queue(inner, escapes: (in Message message) => message.Name == "b").Queue(outer, escapes: (in Message message) => message.Name == "c");
        Assert.Equal(["00", "11"], Enumerable.Range(0, 2).Select(_ => Latents(program.Trace(default, Runs.Context()))));
        Assert.Empty(inner);
        Assert.Empty(outer);
    }

    [Fact]
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
        Assert.Equal("0", Latents(program.Queue(queue).Trace(default, Runs.Context())));
        Assert.Equal("1", Latents(program.Queue(queue).Trace(default, Runs.Context())));
        Assert.Empty(queue);
    }

    [Fact]
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
            Assert.Equal([0, 1], conditioned.Select(trace => trace["c"].Value!.Number()));
            Assert.All(conditioned, trace => Assert.Equal(SiteKind.Observed, trace["b"].Kind));
            Numeric.Close(0.5, Total(conditioned), 1e-6);
            var done = Around(program => program.Do(data), queued);
            Assert.Equal([0, 1], done.Select(trace => trace["c"].Value!.Number()));
            Numeric.Close(1, Total(done), 1e-6);
            // What stays latent is the innermost handler's to decide.
            Numeric.Close(1, Total(Around(program => program.Substitute(data), queued)), 1e-6);
        }
    }

    [Fact]
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
        Assert.Equal(6, runs.Distinct().Count());
        Assert.Single(runs.Select(run => string.Join(" ", run.Split(' ')[..2])).Distinct());
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void AnExtensionMayLeaveNoWayToGoOn()
    {
        TraceExtension none = (_, _) => [];
        var queue = new Queue<Trace>([new Trace()]);
        Assert.Throws<InvalidOperationException>(() => s_two.Queue(queue, extend: none).Trace(default, Runs.Context()));
        queue = new Queue<Trace>([new Trace()]);
        var data = new Dictionary<string, Tensor> { ["b"] = tensor(1.0), ["c"] = tensor(0.0) };
        Numeric.Close(0.125, Math.Exp(s_two.Queue(queue, extend: none).Condition(data).Trace(default, Runs.Context()).LogPdf().Number()), 1e-6);
    }

    [Fact]
    public void DeltaHasOneValue() =>

        // Defect B9 of the reference: its support had no dimension of its own.
        Assert.Equal([7, 8], Assert.Single(Enumerated(Runs.Program(() =>
        {
            using (IArange("n", 2))
                Sample("z", new Delta(tensor(new[] { 7.0, 8 })));
        })))["z"].Value!.Numbers());

    private static Program<Unit> InPlate(int n) => Runs.Program(() =>
    {
        Observe("y", new Normal(0, 1), tensor(0.0));
        using (IArange("n", n))
            Sample("b", new Bernoulli(ps: 0.5));
    });

    [Fact]
    public void AnEmptyPlateHasOneEmptyValue()
    {
        var alone = -0.5 * Math.Log(2 * Math.PI);
        foreach (var traces in new[]
        {
            Enumerated(InPlate(0)), Enumerated(InPlate(0), Enumerate.Full), Queued(InPlate(0)), Queued(InPlate(0), extend: TraceExtensions.Combined),
        })
        {
            var trace = Assert.Single(traces);
            Assert.Equal([0], trace["b"].Value!.shape);
            Numeric.Close(alone, trace.LogPdf().Number(), 1e-6);
        }
        Numeric.Close(alone, new Search<Unit>(InPlate(0)).Run(default, Runs.Context()).LogEvidence, 1e-6);
        Assert.Single(Enumerated(Runs.Program(() => Sample("z", new Bernoulli(ps: zeros(0))))));
        Assert.Equal([0, 3], Assert.Single(Enumerated(Runs.Program(() => Sample("z", new OneHotCategorical(ps: ones(0, 3) / 3))), Enumerate.Full))["z"].Value!.shape);
    }

    [Theory]
    [InlineData(Enumerate.LockStep, 0)]
    [InlineData(Enumerate.Full, 0)]
    [InlineData(Enumerate.LockStep, 2)]
    [InlineData(Enumerate.Full, 2)]
    public void ALossSumsOutPlatesOfEverySize(Enumerate how, int n)
    {
        var model = InPlate(n);
        var loss = new ELBO(enumDiscrete: how).Loss(Runs.Context(), model, model.Block(hideKinds: [SiteKind.Observed]), default);
        Numeric.Close(0.5 * Math.Log(2 * Math.PI), loss, 1e-6);
    }
}
