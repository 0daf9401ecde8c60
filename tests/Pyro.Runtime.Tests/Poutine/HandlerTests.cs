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

    [Test]
    public void TraceRecordsInOrder()
    {
        var trace = Program.Trace(default, Runs.Context());
        Assert.That(Order(trace), Is.EqualTo("p a b o"));
        Assert.That(trace.StochasticNodes, Is.EqualTo(["a", "b"]));
        Assert.That(trace.ObservationNodes, Is.EqualTo(["o"]));
        Assert.That(trace.ParamNodes, Is.EqualTo(["p"]));
        Assert.That(trace["o"].Kind, Is.EqualTo(SiteKind.Observed));
        Assert.Throws<KeyNotFoundException>(() => _ = trace["nothing"].Name);
    }

    [Test]
    public void LogPdfIsTheSumOfTheSites()
    {
        var trace = Program.Trace(default, Runs.Context());
        var expected = trace.Where(s => s.IsStochastic).Sum(s => s.Distribution!.LogPdf(s.Value!).Number());
        Numeric.Close(expected, trace.LogPdf().Number(), 1e-6);
    }

    [Test]
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
        Assert.That(Order(trace), Is.EqualTo("p a b o"));
    }

    [Test]
    public void ReplayGivesTheRecordedValues()
    {
        var context = Runs.Context();
        var first = Program.Trace(default, context);
        var second = Program.Replay(first).Trace(default, context);
        Assert.That(second["a"].Value, Is.SameAs(first["a"].Value));
        Assert.That(second["b"].Value, Is.SameAs(first["b"].Value));
        Assert.That(second["a"].Kind, Is.EqualTo(SiteKind.Latent));
        Assert.That(Program.Trace(default, context)["a"].Value!.Number(), Is.Not.EqualTo(first["a"].Value!.Number()));
    }

    [Test]
    public void ReplayTwiceIsReplayOnce()
    {
        var context = Runs.Context();
        var first = Program.Trace(default, context);
        var twice = Program.Replay(first).Replay(first).Trace(default, context);
        Numeric.Close(first.LogPdf().Number(), twice.LogPdf().Number());
    }

    [Test]
    public void ReplayOfAnotherShapeIsRefused()
    {
        var trace = Runs.TraceOf(() => Sample("x", new Normal(zeros(3), 1)));
        var error = Assert.Throws<ModelException>(() => Runs.Program(() => Sample("x", new Normal(zeros(2), 1))).Replay(trace).Trace(default, Runs.Context()));
        Assert.That(error.Message, Does.Contain("'x'"));
        Assert.That(error.Message, Does.Contain("(2)"));
        Assert.That(error.Message, Does.Contain("(3)"));
    }

    public static IEnumerable<TestCaseData<string[]?, string[]?, SiteKind[]?, SiteKind[]?, string>> Blocks =>
    [
        new(null, null, null, null, ""),
        new(["a"], null, null, null, "p b o"),
        new(null, ["a"], null, null, "a"),
        new(null, null, [SiteKind.Observed], null, "p a b"),
        new(null, null, null, [SiteKind.Param], "p"),
        new([], null, [SiteKind.Observed], null, "p a b"),
        new(["a"], ["o"], null, null, "o"),
        new(null, ["a"], null, [SiteKind.Observed], "a o"),
        new(["a"], null, [SiteKind.Param], null, "b o"),
    ];

    [TestCaseSource(nameof(Blocks))]
    public void BlockHides(string[]? hide, string[]? expose, SiteKind[]? hideKinds, SiteKind[]? exposeKinds, string visible) =>
        Assert.That(Order(Program.Block(hide, expose, hideKinds, exposeKinds).Trace(default, Runs.Context())), Is.EqualTo(visible));

    [Test]
    public void BlockRefusesContradictions()
    {
        Assert.Throws<ArgumentException>(() => new BlockPoutine(hide: ["a"], expose: ["a"]));
        Assert.Throws<ArgumentException>(() => new BlockPoutine(hideKinds: [SiteKind.Param], exposeKinds: [SiteKind.Param]));
    }

    [Test]
    public void WhatIsBlockedCannotBeTouchedFromOutside()
    {
        // Defect B6 of the reference: condition, replay and lift reached hidden sites, and left them without a value.
        var data = new Dictionary<string, Tensor> { ["a"] = tensor(100f) };
        Tensor? seen = null;
        var program = Runs.Program(() => seen = Sample("a", new Normal(0, 1)));
        program.Block(hide: ["a"]).Condition(data, allowMissing: true).Trace(default, Runs.Context());
        Assert.That(Math.Abs(seen!.Number()) < 20);
        var other = Runs.TraceOf(() => Sample("a", new Normal(100, 0.1)));
        program.Block().Replay(other).Trace(default, Runs.Context());
        Assert.That(Math.Abs(seen!.Number()) < 20);
    }

    [Test]
    public void BlockSeesConditionedSitesAsObserved()
    {
        var data = new Dictionary<string, Tensor> { ["a"] = tensor(3f) };
        Assert.That(Order(Program.Condition(data).Block(hideKinds: [SiteKind.Observed]).Trace(default, Runs.Context())), Is.EqualTo("p b"));
        Assert.That(Order(Program.Block(hideKinds: [SiteKind.Observed]).Condition(data).Trace(default, Runs.Context())), Is.EqualTo("p a b"));
    }

    [Test]
    public void ConditionObserves()
    {
        var value = tensor(3f);
        var trace = Program.Condition(new Dictionary<string, Tensor> { ["a"] = value }).Trace(default, Runs.Context());
        Assert.That(trace["a"].Value, Is.SameAs(value));
        Assert.That(trace.ObservationNodes, Is.EqualTo(["a", "o"]));
        Assert.That(trace.StochasticNodes, Is.EqualTo(["b"]));
    }

    [Test]
    public void ConditionsOnDifferentSitesCommute()
    {
        var a = new Dictionary<string, Tensor> { ["a"] = tensor(3f) };
        var b = new Dictionary<string, Tensor> { ["b"] = tensor(4f) };
        var one = Program.Condition(a).Condition(b).Trace(default, Runs.Context());
        var other = Program.Condition(b).Condition(a).Trace(default, Runs.Context());
        Numeric.Close(one.LogPdf().Number(), other.LogPdf().Number());
        Assert.That(one.ObservationNodes, Is.EqualTo(["a", "b", "o"]));
    }

    [Test]
    public void ConditionTwiceOnOneSiteIsRefused()
    {
        var a = new Dictionary<string, Tensor> { ["a"] = tensor(3f) };
        Assert.That(() => Program.Condition(a).Condition(a).Trace(default, Runs.Context()), Throws.TypeOf<ModelException>().With.Message.Contains("'a'"));
        var o = new Dictionary<string, Tensor> { ["o"] = tensor(3f) };
        Assert.Throws<ModelException>(() => Program.Condition(o).Trace(default, Runs.Context()));
    }

    [Test]
    public void ATraceIsConditionedOnAndDone()
    {
        // The reference's: the random choices of another run, which had everything else hidden.
        var other = Program.Block(exposeKinds: [SiteKind.Latent]).Trace(default, Runs.Context(9));
        Assert.That(Order(other), Is.EqualTo("a b"));
        var trace = Program.Condition(other).Trace(default, Runs.Context());
        Assert.That(trace.ObservationNodes, Is.EqualTo(["a", "b", "o"]));
        Assert.That(trace["a"].Value, Is.SameAs(other["a"].Value));
        // Defect B14 of the reference: a trace had no keys there.
        Assert.That(Order(Program.Do(other).Trace(default, Runs.Context())), Is.EqualTo("p o"));
    }

    [Test]
    public void AProgramIsConditionedOnItsOwnRun()
    {
        var own = Program.Trace(default, Runs.Context(9));
        var trace = Program.Condition(own).Trace(default, Runs.Context());
        Assert.That(trace.ObservationNodes, Is.EqualTo(["a", "b", "o"]));
        foreach (var name in own.StochasticNodes)
            Assert.That(trace[name].Value, Is.SameAs(own[name].Value));
        // Also where the run was conditioned itself, and where the data are others.
        Assert.That(Program.Condition(trace).Trace(default, Runs.Context()).ObservationNodes, Is.EqualTo(["a", "b", "o"]));
        var other = Runs.TraceOf(() => { Sample("a", new Delta(1)); Observe("o", new Normal(0, 1), tensor(7f)); });
        Assert.That(Program.Condition(other).Trace(default, Runs.Context())["o"].Value!.Number(), Is.EqualTo(1));
        Assert.That(Program.Condition(new Values(own)).Trace(default, Runs.Context()).ObservationNodes, Is.EqualTo(["a", "b", "o"]));
    }

    private sealed class Values(Trace trace) : SiteValues(trace);

    [Test]
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
        Assert.That(Draw(Runs.Context(3)), Is.EqualTo(Draw(context)));
        Assert.That(Draw(Runs.Context(4)), Is.Not.EqualTo(Draw(Runs.Context(3))));
        Assert.That(context.Store.Names, Is.EqualTo(["p"]));
    }

    [Test]
    public void PlatesHaveTheIterationsThatTheyHave()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Program.Indep("n", vectorized: true, size: -3));
        Assert.Throws<ArgumentOutOfRangeException>(() => Program.Indep("n", vectorized: false, size: 3, iteration: 7));
        Assert.Throws<ArgumentOutOfRangeException>(() => Program.Indep("n", vectorized: false, size: 3, iteration: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Program.Indep("n", vectorized: true, size: 3, iteration: 1));
    }

    [Test]
    public void AReplayUnderOtherNames()
    {
        var other = Program.Trace(default, Runs.Context(9));
        var trace = Program.Replay(other, new Dictionary<string, string> { ["a"] = "b" }).Trace(default, Runs.Context());
        Assert.That(trace["a"].Value, Is.SameAs(other["b"].Value));
        Assert.That(trace["b"].Value, Is.Not.SameAs(other["b"].Value));
        Assert.That(Program.Replay(other, ["a", "a"]).Trace(default, Runs.Context())["a"].Value, Is.SameAs(other["a"].Value));
        var missing = Assert.Throws<ModelException>(() => Program.Replay(other, new Dictionary<string, string> { ["a"] = "c" }).Trace(default, Runs.Context()));
        Assert.That(missing.Message, Does.Contain("'c'"));
        Assert.That(Assert.Throws<ModelException>(() => Program.Replay(other, ["o"]).Trace(default, Runs.Context())).Site, Is.EqualTo("o"));
    }

    [Test]
    public void DoSetsAndHides()
    {
        var seen = 0.0;
        var program = Runs.Program(() =>
        {
            var z = Sample("z", new Normal(10, 1e-4));
            seen = Sample("flip", new Bernoulli(z.sigmoid())).Number();
        });
        Assert.That(Order(program.Trace(default, Runs.Context())), Is.EqualTo("z flip"));
        Assert.That(seen, Is.EqualTo(1));
        Assert.That(Order(program.Do(new Dictionary<string, Tensor> { ["z"] = tensor(-10f) }).Trace(default, Runs.Context())), Is.EqualTo("flip"));
        Assert.That(seen, Is.EqualTo(0));
    }

    [Test]
    public void ScalesMultiply()
    {
        var context = Runs.Context();
        var plain = Program.Trace(default, context);
        var scaled = Program.Replay(plain).Scale(2).Scale(3).Trace(default, context);
        Assert.That(scaled["a"].Scale, Is.EqualTo(6));
        Numeric.Close(6 * plain.LogPdf().Number(), scaled.LogPdf().Number(), 1e-6);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScalePoutine(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScalePoutine(double.NaN));
    }

    [Test]
    public void AnInnerTraceSeesTheOuterScale()
    {
        var inner = new Trace();
        Program.With(new TracePoutine(inner)).Scale(4).Trace(default, Runs.Context());
        Assert.That(inner["a"].Scale, Is.EqualTo(4));
    }

    [Test]
    public void MaskKeepsWhatItSelects()
    {
        var data = tensor(new[] { 0.5f, 100f, -0.5f });
        var program = Runs.Program(() => Observe("x", new Normal(zeros(3), 1), data));
        var masked = program.Mask(tensor(new[] { true, false, true })).Trace(default, Runs.Context());
        Numeric.Close(2 * new Normal(0, 1).LogPdf(tensor(0.5f)).Number(), masked.LogPdf().Number(), 1e-6);
        var none = program.Mask(tensor(new[] { true, false, true })).Mask(tensor(new[] { false, true, false })).Trace(default, Runs.Context());
        Assert.That(none.LogPdf().Number(), Is.EqualTo(0));
    }

    [Test]
    public void HandlersAreTakenOffWhenTheBodyThrows()
    {
        var context = Runs.Context();
        Assert.Throws<InvalidTimeZoneException>(() =>
            Runs.Program(() => throw new InvalidTimeZoneException()).Scale(2).Trace(default, context));
        Assert.That(Program.Trace(default, context)["a"].Scale, Is.EqualTo(1));
    }

    [Test]
    public void OneHandlerMayStandTwiceOnTheStack()
    {
        var scale = new ScalePoutine(2);
        Assert.That(Program.With(scale).With(scale).Trace(default, Runs.Context())["a"].Scale, Is.EqualTo(4));
    }

    [Test]
    public void DuplicatesAreRefused()
    {
        Assert.That(Runs.Fails(() => { Sample("x", new Normal(0, 1)); Sample("x", new Normal(0, 1)); }).Message, Does.Contain("latent sites of one run are named 'x'"));
        Assert.That(Runs.Fails(() => { Sample("x", new Normal(0, 1)); Param("x", 1.0); }).Message, Does.Contain("'x'"));
        Assert.That(Runs.Fails(() => { Sample("x", new Normal(0, 1)); Observe("x", new Normal(0, 1), tensor(0f)); }).Message, Does.Contain("'x'"));
        Assert.That(Order(Runs.TraceOf(() => { Param("x", 1.0); Param("x", 1.0); })), Is.EqualTo("x"));
    }

    [Test]
    public void EmptyNamesAreRefused() => Assert.Throws<ModelException>(() => Sample("", new Normal(0, 1)));

    [Test]
    public void NestedRunsDoNotLeak()
    {
        var trace = Runs.TraceOf(() =>
        {
            Sample("outer", new Normal(0, 1));
            Program.Trace(default, Runs.Context());
            Sample("after", new Normal(0, 1));
        });
        Assert.That(Order(trace), Is.EqualTo("outer after"));
    }

    [Test]
    public void AContextServesOneRun()
    {
        // With the context of the run around it, the inner run's sites would reach the outer one's handlers.
        var context = Runs.Context();
        var error = Assert.Throws<InvalidOperationException>(() => Runs.TraceOf(() =>
        {
            Sample("outer", new Normal(0, 1));
            Program.Trace(default, context);
        }, context));
        Assert.That(error.Message, Does.Contain("its own"));
        Assert.That(Order(Program.Trace(default, context)), Is.EqualTo("p a b o"));
    }

    [Test]
    public void OutsideARunPrimitivesSamplePlainly()
    {
        Assert.That(Sample("x", new Normal(0, 1)).shape, Is.Empty);
        Assert.That(Observe("y", new Normal(0, 1), tensor(3f)).item<float>(), Is.EqualTo(3f));
        using (var plate = IArange("n", 4))
            Assert.That(Sample("z", new Normal(0, 1)).shape, Is.EqualTo([4]));
        using (var plate = IArange("n", 5))
            Assert.That(Sample("z", new Normal(0, 1)).shape, Is.EqualTo([5]));
        Assert.That(Sample("z", new Normal(0, 1)).shape, Is.Empty);
    }

    [Test]
    public void SameSeedSameNumbers()
    {
        double Draw(long seed) => Program.Trace(default, Runs.Context(seed))["b"].Value!.Number();
        var seventh = Draw(7);
        Assert.That(Draw(7), Is.EqualTo(seventh));
        Assert.That(Draw(8), Is.Not.EqualTo(seventh));
    }
}
