using Pyro.Distributions;
using Pyro.Poutines;
using Pyro.Programs;
using Pyro.Traces;
using static Pyro.Primitives;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Poutines;

public class LiftTests
{
    private static readonly Program<Unit> s_program = Runs.Program(() =>
    {
        Param("a", zeros(3));
        Param("net$$$weight", ones(2, 3), Constraints.Positive);
        Param("b", () => zeros(2, 1));
    });

    [Test]
    public void APriorIsRepeatedToTheParameter()
    {
        var trace = s_program.Lift(new Normal(0, 1)).Trace(default, Runs.Context());
        Assert.That(trace.StochasticNodes, Is.EqualTo(["a", "net$$$weight", "b"]));
        Assert.That(trace["a"].Value!.shape, Is.EqualTo([3]));
        Assert.That(trace["net$$$weight"].Value!.shape, Is.EqualTo([2, 3]));
        Assert.That(trace["b"].Value!.shape, Is.EqualTo([2, 1]));
    }

    [Test]
    public void ADictionaryLeavesTheRest()
    {
        var context = Runs.Context();
        var priors = new Dictionary<string, Distribution> { ["weight"] = new Gamma(1, 1), ["b"] = new Normal(zeros(2, 1), 1) };
        var trace = s_program.Lift(priors).Trace(default, context);
        Assert.That(trace.StochasticNodes, Is.EqualTo(["net$$$weight", "b"]));
        Assert.That(trace.ParamNodes, Is.EqualTo(["a"]));
        Assert.That(context.Store.Names, Is.EqualTo(["a"]));
        Assert.That(trace["b"].Distribution, Is.SameAs(priors["b"]));
    }

    [Test]
    public void WhatIsBlockedIsNotLifted()
    {
        // Defect B6 of the reference: lift(block(g)) made a parameter null.
        Tensor? seen = null;
        var program = Runs.Program(() => seen = Param("a", 2.0));
        Assert.That(program.Block().Lift(new Normal(100, 1)).Trace(default, Runs.Context()), Is.Empty);
        Assert.That(seen!.Number(), Is.EqualTo(2));
    }

    [Test]
    public void APriorIsOneForTheWholeProgramInsideAPlate()
    {
        var program = Runs.Program(() =>
        {
            using (IArange("n", 10, 2))
                Observe("x", new Normal(Param("mu", 0.0), 1), zeros(2));
        });
        var lifted = program.Lift(new Normal(0, 1)).Trace(default, Runs.Context())["mu"];
        Assert.That(lifted.Scale, Is.EqualTo(1));
        Assert.That(lifted.Value!.shape, Is.Empty);
    }

    [Test]
    public void AStoredParameterGivesTheShape()
    {
        var context = Runs.Context();
        context.Store.GetParam("w", zeros(3));
        foreach (var program in new[] { Runs.Program(() => Param("w")), Runs.Program(() => Param("w", () => throw new InvalidOperationException("called"))) })
            Assert.That(program.Lift(new Normal(0, 1)).Trace(default, context)["w"].Value!.shape, Is.EqualTo([3]));
    }

    [Test]
    public void APriorThatDoesNotFitIsRefused()
    {
        var error = Assert.Throws<ModelException>(() => s_program.Lift(new Normal(zeros(2), 1)).Trace(default, Runs.Context()));
        Assert.That(error.Site, Is.EqualTo("a"));
        Assert.That(error.Message, Does.Contain("(3)"));
        Assert.That(error.Message, Does.Contain("(2)"));
        using var line = nn.Linear(3, 2);
        Assert.That(Runs.Fails(() => RandomModule("n", line, new Normal(zeros(5), 1))).Site, Is.EqualTo("n$$$weight"));
    }

    [Test]
    public void AParameterThatIsMetTwiceIsOneSite()
    {
        var seen = new List<double>();
        var program = Runs.Program(() =>
        {
            foreach (var i in IRange("n", 3))
                seen.Add(Param("a", 1.0).Number() + 0 * i);
        });
        var lifted = program.Lift(new Normal(0, 1));
        var context = Runs.Context();
        var trace = lifted.Trace(default, context);
        Assert.That(trace.StochasticNodes, Is.EqualTo(["a"]));
        Assert.That(trace["a"].Scale, Is.EqualTo(1));
        Assert.That(seen, Has.All.EqualTo(trace["a"].Value!.Number()));

        // The next run draws its own; a replayed or given one is the value everywhere.
        seen.Clear();
        Assert.That(lifted.Trace(default, context)["a"].Value!.Number(), Is.Not.EqualTo(trace["a"].Value!.Number()));
        seen.Clear();
        var inside = new Trace();
        program.With(new TracePoutine(inside)).Lift(new Normal(0, 1)).Trace(default, context);
        Assert.That(inside.StochasticNodes, Is.EqualTo(["a"]));
        seen.Clear();
        lifted.Condition(new Dictionary<string, Tensor> { ["a"] = tensor(4f) }).Trace(default, context);
        Assert.That(seen, Is.EqualTo([4, 4, 4]));
    }
}
