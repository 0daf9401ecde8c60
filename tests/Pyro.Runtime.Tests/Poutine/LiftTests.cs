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
    public void Prior_MayHaveParametersAndSitesOfItsOwn()
    {
        // Asked for inside of the handler they were parameters to lift again, until the stack was full.
        var asked = new List<string>();
        Distribution Prior(string name)
        {
            asked.Add(name);
            return new Normal(Param(name + ".m", 2.0), Param(name + ".s", 0.001, Constraints.Positive));
        }
        var context = Runs.Context();
        var one = Runs.Program(() => Param("a", zeros(3)));
        var trace = one.Lift(Prior).Trace(default, context);
        Assert.That(trace.Select(site => site.Name), Is.EqualTo(["a.m", "a.s", "a"]));
        Assert.That(trace.ParamNodes, Is.EqualTo(["a.m", "a.s"]));
        Assert.That(trace["a"].Value!.Numbers(), Has.All.EqualTo(2).Within(0.1));
        Assert.That(asked, Is.EqualTo(["a"]));

        // A handler outside lifts the prior's parameters in turn: a hierarchical prior.
        var deeper = one.Lift(Prior).Lift(name => name.EndsWith(".m", StringComparison.Ordinal) ? new Normal(5, 0.001) : null).Trace(default, context);
        Assert.That(deeper.StochasticNodes, Is.EqualTo(["a.m", "a"]));
        Assert.That(deeper["a"].Value!.Numbers(), Has.All.EqualTo(5).Within(0.1));

        // Sites of a prior are one for the whole program, also inside of a plate.
        var scaled = Runs.Program(() =>
        {
            using (IArange("n", 10, 2))
                Observe("x", new Normal(Param("mu", 0.0), 1), zeros(2));
        }).Lift(name => new Normal(0, Sample("scale", new Gamma(1, 1)))).Trace(default, context);
        Assert.That(scaled["scale"].Scale, Is.EqualTo(1));
        Assert.That(scaled["scale"].Value!.shape, Is.Empty);
        Assert.That(scaled.StochasticNodes, Is.EqualTo(["scale", "mu"]));
    }

    [Test]
    public void Prior_OfAModule_MayHaveParameters()
    {
        using var line = nn.Linear(2, 1);
        var guide = Runs.Program(() => RandomModule("line", line, name => new Normal(Param(name + ".m", 0.5), Param(name + ".s", 1.0, Constraints.Positive))));
        var trace = guide.Trace(default, Runs.Context());
        Assert.That(trace.StochasticNodes, Is.EqualTo(["line$$$weight", "line$$$bias"]));
        Assert.That(trace.ParamNodes, Is.EqualTo(["line$$$weight.m", "line$$$weight.s", "line$$$bias.m", "line$$$bias.s"]));
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
