using Pyro.Distributions;
using Pyro.Poutines;
using Pyro.Programs;
using Pyro.Traces;
using static Pyro.Primitives;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Poutines;

public class HandlerTests
{
    private static void Model()
    {
        var a = Param("p", 2.0);
        var x = Sample("a", new Normal(a, 1));
        var y = Sample("b", new Normal(x, 5));
        Observe("o", new Normal(y, 1), tensor(1f));
    }

    private static Program<Unit> Program => Runs.Program(Model);

    private static string Order(Trace trace) => string.Join(" ", trace.Select(s => s.Name));

    [Fact]
    public void TraceRecordsInOrder()
    {
        var trace = Program.Trace(default, Runs.Context());
        Assert.Equal("p a b o", Order(trace));
        Assert.Equal(["a", "b"], trace.StochasticNodes);
        Assert.Equal(["o"], trace.ObservationNodes);
        Assert.Equal(["p"], trace.ParamNodes);
        Assert.Equal(SiteKind.Observed, trace["o"].Kind);
        Assert.Throws<KeyNotFoundException>(() => trace["nothing"].Name);
    }

    [Fact]
    public void LogPdfIsTheSumOfTheSites()
    {
        var trace = Program.Trace(default, Runs.Context());
        var expected = trace.Where(s => s.IsStochastic).Sum(s => s.Distribution!.LogPdf(s.Value!).Number());
        Numeric.Close(expected, trace.LogPdf().Number(), 1e-6);
    }

    [Fact]
    public void ATraceFilledAgainForgets()
    {
        var trace = new Trace();
        var context = Runs.Context();
        for (var i = 0; i < 2; i++)
        {
            trace.Clear();
            using (context.Push(new TracePoutine(trace)))
                context.Execute(Program, default);
        }
        Assert.Equal("p a b o", Order(trace));
    }

    [Fact]
    public void ReplayGivesTheRecordedValues()
    {
        var context = Runs.Context();
        var first = Program.Trace(default, context);
        var second = Program.Replay(first).Trace(default, context);
        Assert.Same(first["a"].Value, second["a"].Value);
        Assert.Same(first["b"].Value, second["b"].Value);
        Assert.Equal(SiteKind.Latent, second["a"].Kind);
        Assert.NotEqual(first["a"].Value!.Number(), Program.Trace(default, context)["a"].Value!.Number());
    }

    [Fact]
    public void ReplayTwiceIsReplayOnce()
    {
        var context = Runs.Context();
        var first = Program.Trace(default, context);
        var twice = Program.Replay(first).Replay(first).Trace(default, context);
        Numeric.Close(first.LogPdf().Number(), twice.LogPdf().Number());
    }

    [Fact]
    public void ReplayOfAnotherShapeIsRefused()
    {
        var trace = Runs.TraceOf(() => Sample("x", new Normal(zeros(3), 1)));
        var error = Assert.Throws<ModelException>(() => Runs.Program(() => Sample("x", new Normal(zeros(2), 1))).Replay(trace).Trace(default, Runs.Context()));
        Assert.Contains("'x'", error.Message);
        Assert.Contains("(2)", error.Message);
        Assert.Contains("(3)", error.Message);
    }

    public static TheoryData<string[]?, string[]?, SiteKind[]?, SiteKind[]?, string> Blocks => new()
    {
        { null, null, null, null, "" },
        { ["a"], null, null, null, "p b o" },
        { null, ["a"], null, null, "a" },
        { null, null, [SiteKind.Observed], null, "p a b" },
        { null, null, null, [SiteKind.Param], "p" },
        { [], null, [SiteKind.Observed], null, "p a b" },
        { ["a"], ["o"], null, null, "o" },
        { null, ["a"], null, [SiteKind.Observed], "a o" },
        { ["a"], null, [SiteKind.Param], null, "b o" },
    };

    [Theory]
    [MemberData(nameof(Blocks))]
    public void BlockHides(string[]? hide, string[]? expose, SiteKind[]? hideKinds, SiteKind[]? exposeKinds, string visible) =>
        Assert.Equal(visible, Order(Program.Block(hide, expose, hideKinds, exposeKinds).Trace(default, Runs.Context())));

    [Fact]
    public void BlockRefusesContradictions()
    {
        Assert.Throws<ArgumentException>(() => new BlockPoutine(hide: ["a"], expose: ["a"]));
        Assert.Throws<ArgumentException>(() => new BlockPoutine(hideKinds: [SiteKind.Param], exposeKinds: [SiteKind.Param]));
    }

    [Fact]
    public void WhatIsBlockedCannotBeTouchedFromOutside()
    {
        // Defect B6 of the reference: condition, replay and lift reached hidden sites, and left them without a value.
        var data = new Dictionary<string, Tensor> { ["a"] = tensor(100f) };
        Tensor? seen = null;
        var program = Runs.Program(() => seen = Sample("a", new Normal(0, 1)));
        program.Block(hide: ["a"]).Condition(data).Trace(default, Runs.Context());
        Assert.True(Math.Abs(seen!.Number()) < 20);
        var other = Runs.TraceOf(() => Sample("a", new Normal(100, 0.1)));
        program.Block().Replay(other).Trace(default, Runs.Context());
        Assert.True(Math.Abs(seen!.Number()) < 20);
    }

    [Fact]
    public void BlockSeesConditionedSitesAsObserved()
    {
        var data = new Dictionary<string, Tensor> { ["a"] = tensor(3f) };
        Assert.Equal("p b", Order(Program.Condition(data).Block(hideKinds: [SiteKind.Observed]).Trace(default, Runs.Context())));
        Assert.Equal("p a b", Order(Program.Block(hideKinds: [SiteKind.Observed]).Condition(data).Trace(default, Runs.Context())));
    }

    [Fact]
    public void ConditionObserves()
    {
        var value = tensor(3f);
        var trace = Program.Condition(new Dictionary<string, Tensor> { ["a"] = value }).Trace(default, Runs.Context());
        Assert.Same(value, trace["a"].Value);
        Assert.Equal(["a", "o"], trace.ObservationNodes);
        Assert.Equal(["b"], trace.StochasticNodes);
    }

    [Fact]
    public void ConditionsOnDifferentSitesCommute()
    {
        var a = new Dictionary<string, Tensor> { ["a"] = tensor(3f) };
        var b = new Dictionary<string, Tensor> { ["b"] = tensor(4f) };
        var one = Program.Condition(a).Condition(b).Trace(default, Runs.Context());
        var other = Program.Condition(b).Condition(a).Trace(default, Runs.Context());
        Numeric.Close(one.LogPdf().Number(), other.LogPdf().Number());
        Assert.Equal(["a", "b", "o"], one.ObservationNodes);
    }

    [Fact]
    public void ConditionTwiceOnOneSiteIsRefused()
    {
        var a = new Dictionary<string, Tensor> { ["a"] = tensor(3f) };
        Assert.Contains("'a'", Assert.Throws<ModelException>(() => Program.Condition(a).Condition(a).Trace(default, Runs.Context())).Message);
        var o = new Dictionary<string, Tensor> { ["o"] = tensor(3f) };
        Assert.Throws<ModelException>(() => Program.Condition(o).Trace(default, Runs.Context()));
    }

    [Fact]
    public void ATraceIsConditionedOnAndDone()
    {
        // The reference's: the random choices of another run, which had everything else hidden.
        var other = Program.Block(exposeKinds: [SiteKind.Latent]).Trace(default, Runs.Context(9));
        Assert.Equal("a b", Order(other));
        var trace = Program.Condition(other).Trace(default, Runs.Context());
        Assert.Equal(["a", "b", "o"], trace.ObservationNodes);
        Assert.Same(other["a"].Value, trace["a"].Value);
        // Defect B14 of the reference: a trace had no keys there.
        Assert.Equal("p o", Order(Program.Do(other).Trace(default, Runs.Context())));
    }

    [Fact]
    public void AProgramIsConditionedOnItsOwnRun()
    {
        var own = Program.Trace(default, Runs.Context(9));
        var trace = Program.Condition(own).Trace(default, Runs.Context());
        Assert.Equal(["a", "b", "o"], trace.ObservationNodes);
        Assert.All(own.StochasticNodes, name => Assert.Same(own[name].Value, trace[name].Value));
        // Also where the run was conditioned itself, and where the data are others.
        Assert.Equal(["a", "b", "o"], Program.Condition(trace).Trace(default, Runs.Context()).ObservationNodes);
        var other = Runs.TraceOf(() => { Sample("a", new Delta(1)); Observe("o", new Normal(0, 1), tensor(7f)); });
        Assert.Equal(1, Program.Condition(other).Trace(default, Runs.Context())["o"].Value!.Number());
        Assert.Equal(["a", "b", "o"], Program.Condition(new Values(own)).Trace(default, Runs.Context()).ObservationNodes);
    }

    private sealed class Values(Trace trace) : SiteValues(trace);

    [Fact]
    public void ATraceInsideOfARunIsOnItsStoreAndFollowsFromItsNumbers()
    {
        var inner = Runs.Program(() => Sample("a", new Normal(Param("p", 5.0), 1)));
        double Draw(RunContext context)
        {
            var drawn = 0.0;
            Runs.TraceOf(() => drawn = inner.Trace(default)["a"].Value!.Number(), context);
            return drawn;
        }
        var context = Runs.Context(3);
        Assert.Equal(Draw(context), Draw(Runs.Context(3)));
        Assert.NotEqual(Draw(Runs.Context(3)), Draw(Runs.Context(4)));
        Assert.Equal(["p"], context.Store.Names);
    }

    [Fact]
    public void PlatesHaveTheIterationsThatTheyHave()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Program.Indep("n", vectorized: true, size: -3));
        Assert.Throws<ArgumentOutOfRangeException>(() => Program.Indep("n", vectorized: false, size: 3, iteration: 7));
        Assert.Throws<ArgumentOutOfRangeException>(() => Program.Indep("n", vectorized: false, size: 3, iteration: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Program.Indep("n", vectorized: true, size: 3, iteration: 1));
    }

    [Fact]
    public void AReplayUnderOtherNames()
    {
        var other = Program.Trace(default, Runs.Context(9));
        var trace = Program.Replay(other, new Dictionary<string, string> { ["a"] = "b" }).Trace(default, Runs.Context());
        Assert.Same(other["b"].Value, trace["a"].Value);
        Assert.NotSame(other["b"].Value, trace["b"].Value);
        Assert.Same(other["a"].Value, Program.Replay(other, ["a", "a"]).Trace(default, Runs.Context())["a"].Value);
        var missing = Assert.Throws<ModelException>(() => Program.Replay(other, new Dictionary<string, string> { ["a"] = "c" }).Trace(default, Runs.Context()));
        Assert.Contains("'c'", missing.Message);
        Assert.Equal("o", Assert.Throws<ModelException>(() => Program.Replay(other, ["o"]).Trace(default, Runs.Context())).Site);
    }

    [Fact]
    public void DoSetsAndHides()
    {
        var seen = 0.0;
        var program = Runs.Program(() =>
        {
            var z = Sample("z", new Normal(10, 1e-4));
            seen = Sample("flip", new Bernoulli(z.sigmoid())).Number();
        });
        Assert.Equal("z flip", Order(program.Trace(default, Runs.Context())));
        Assert.Equal(1, seen);
        Assert.Equal("flip", Order(program.Do(new Dictionary<string, Tensor> { ["z"] = tensor(-10f) }).Trace(default, Runs.Context())));
        Assert.Equal(0, seen);
    }

    [Fact]
    public void ScalesMultiply()
    {
        var context = Runs.Context();
        var plain = Program.Trace(default, context);
        var scaled = Program.Replay(plain).Scale(2).Scale(3).Trace(default, context);
        Assert.Equal(6, scaled["a"].Scale);
        Numeric.Close(6 * plain.LogPdf().Number(), scaled.LogPdf().Number(), 1e-6);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScalePoutine(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScalePoutine(double.NaN));
    }

    [Fact]
    public void AnInnerTraceSeesTheOuterScale()
    {
        var inner = new Trace();
        Program.With(new TracePoutine(inner)).Scale(4).Trace(default, Runs.Context());
        Assert.Equal(4, inner["a"].Scale);
    }

    [Fact]
    public void MaskKeepsWhatItSelects()
    {
        var data = tensor(new[] { 0.5f, 100f, -0.5f });
        var program = Runs.Program(() => Observe("x", new Normal(zeros(3), 1), data));
        var masked = program.Mask(tensor(new[] { true, false, true })).Trace(default, Runs.Context());
        Numeric.Close(2 * new Normal(0, 1).LogPdf(tensor(0.5f)).Number(), masked.LogPdf().Number(), 1e-6);
        var none = program.Mask(tensor(new[] { true, false, true })).Mask(tensor(new[] { false, true, false })).Trace(default, Runs.Context());
        Assert.Equal(0, none.LogPdf().Number());
    }

    [Fact]
    public void HandlersAreTakenOffWhenTheBodyThrows()
    {
        var context = Runs.Context();
        Assert.Throws<InvalidTimeZoneException>(() =>
            Runs.Program(() => throw new InvalidTimeZoneException()).Scale(2).Trace(default, context));
        Assert.Equal(1, Program.Trace(default, context)["a"].Scale);
    }

    [Fact]
    public void OneHandlerMayStandTwiceOnTheStack()
    {
        var scale = new ScalePoutine(2);
        Assert.Equal(4, Program.With(scale).With(scale).Trace(default, Runs.Context())["a"].Scale);
    }

    [Fact]
    public void DuplicatesAreRefused()
    {
        Assert.Contains("latent sites of one run are named 'x'", Runs.Fails(() => { Sample("x", new Normal(0, 1)); Sample("x", new Normal(0, 1)); }).Message);
        Assert.Contains("'x'", Runs.Fails(() => { Sample("x", new Normal(0, 1)); Param("x", 1.0); }).Message);
        Assert.Contains("'x'", Runs.Fails(() => { Sample("x", new Normal(0, 1)); Observe("x", new Normal(0, 1), tensor(0f)); }).Message);
        Assert.Equal("x", Order(Runs.TraceOf(() => { Param("x", 1.0); Param("x", 1.0); })));
    }

    [Fact]
    public void EmptyNamesAreRefused() => Assert.Throws<ModelException>(() => Sample("", new Normal(0, 1)));

    [Fact]
    public void NestedRunsDoNotLeak()
    {
        var trace = Runs.TraceOf(() =>
        {
            Sample("outer", new Normal(0, 1));
            Program.Trace(default, Runs.Context());
            Sample("after", new Normal(0, 1));
        });
        Assert.Equal("outer after", Order(trace));
    }

    [Fact]
    public void AContextServesOneRun()
    {
        // With the context of the run around it, the inner run's sites would reach the outer one's handlers.
        var context = Runs.Context();
        var error = Assert.Throws<InvalidOperationException>(() => Runs.TraceOf(() =>
        {
            Sample("outer", new Normal(0, 1));
            Program.Trace(default, context);
        }, context));
        Assert.Contains("its own", error.Message);
        Assert.Equal("p a b o", Order(Program.Trace(default, context)));
    }

    [Fact]
    public void OutsideARunPrimitivesSamplePlainly()
    {
        Assert.Empty(Sample("x", new Normal(0, 1)).shape);
        Assert.Equal(3f, Observe("y", new Normal(0, 1), tensor(3f)).item<float>());
        using (var plate = IArange("n", 4))
            Assert.Equal([4], Sample("z", new Normal(0, 1)).shape);
        using (var plate = IArange("n", 5))
            Assert.Equal([5], Sample("z", new Normal(0, 1)).shape);
        Assert.Empty(Sample("z", new Normal(0, 1)).shape);
    }

    [Fact]
    public void SameSeedSameNumbers()
    {
        double Draw(long seed) => Program.Trace(default, Runs.Context(seed))["b"].Value!.Number();
        Assert.Equal(Draw(7), Draw(7));
        Assert.NotEqual(Draw(7), Draw(8));
    }
}
