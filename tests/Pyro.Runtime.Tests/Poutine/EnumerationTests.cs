using Pyro.Distributions;
using Pyro.Poutines;
using Pyro.Programs;
using Pyro.Traces;
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

    [Fact]
    public void DeltaHasOneValue() =>

        // Defect B9 of the reference: its support had no dimension of its own.
        Assert.Equal([7, 8], Assert.Single(Enumerated(Runs.Program(() =>
        {
            using (IArange("n", 2))
                Sample("z", new Delta(tensor(new[] { 7.0, 8 })));
        })))["z"].Value!.Numbers());
}
