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

    [Fact]
    public void APriorIsRepeatedToTheParameter()
    {
        var trace = s_program.Lift(new Normal(0, 1)).Trace(default, Runs.Context());
        Assert.Equal(["a", "net$$$weight", "b"], trace.StochasticNodes);
        Assert.Equal([3], trace["a"].Value!.shape);
        Assert.Equal([2, 3], trace["net$$$weight"].Value!.shape);
        Assert.Equal([2, 1], trace["b"].Value!.shape);
    }

    [Fact]
    public void ADictionaryLeavesTheRest()
    {
        var context = Runs.Context();
        var priors = new Dictionary<string, Distribution> { ["weight"] = new Gamma(1, 1), ["b"] = new Normal(zeros(2, 1), 1) };
        var trace = s_program.Lift(priors).Trace(default, context);
        Assert.Equal(["net$$$weight", "b"], trace.StochasticNodes);
        Assert.Equal(["a"], trace.ParamNodes);
        Assert.Equal(["a"], context.Store.Names);
        Assert.Same(priors["b"], trace["b"].Distribution);
    }

    [Fact]
    public void WhatIsBlockedIsNotLifted()
    {
        // Defect B6 of the reference: lift(block(g)) made a parameter null.
        Tensor? seen = null;
        var program = Runs.Program(() => seen = Param("a", 2.0));
        Assert.Empty(program.Block().Lift(new Normal(100, 1)).Trace(default, Runs.Context()));
        Assert.Equal(2, seen!.Number());
    }

    [Fact]
    public void APriorIsOneForTheWholeProgramInsideAPlate()
    {
        var program = Runs.Program(() =>
        {
            using (IArange("n", 10, 2))
                Observe("x", new Normal(Param("mu", 0.0), 1), zeros(2));
        });
        var lifted = program.Lift(new Normal(0, 1)).Trace(default, Runs.Context())["mu"];
        Assert.Equal(1, lifted.Scale);
        Assert.Empty(lifted.Value!.shape);
    }

    [Fact]
    public void AStoredParameterGivesTheShape()
    {
        var context = Runs.Context();
        context.Store.GetParam("w", zeros(3));
        foreach (var program in new[] { Runs.Program(() => Param("w")), Runs.Program(() => Param("w", () => throw new InvalidOperationException("called"))) })
            Assert.Equal([3], program.Lift(new Normal(0, 1)).Trace(default, context)["w"].Value!.shape);
    }

    [Fact]
    public void APriorThatDoesNotFitIsRefused()
    {
        var error = Assert.Throws<ModelException>(() => s_program.Lift(new Normal(zeros(2), 1)).Trace(default, Runs.Context()));
        Assert.Equal("a", error.Site);
        Assert.Contains("(3)", error.Message);
        Assert.Contains("(2)", error.Message);
        using var line = nn.Linear(3, 2);
        Assert.Equal("n$$$weight", Runs.Fails(() => RandomModule("n", line, new Normal(zeros(5), 1))).Site);
    }

    [Fact]
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
        Assert.Equal(["a"], trace.StochasticNodes);
        Assert.Equal(1, trace["a"].Scale);
        Assert.All(seen, value => Assert.Equal(trace["a"].Value!.Number(), value));

        // The next run draws its own; a replayed or given one is the value everywhere.
        seen.Clear();
        Assert.NotEqual(trace["a"].Value!.Number(), lifted.Trace(default, context)["a"].Value!.Number());
        seen.Clear();
        var inside = new Trace();
        program.With(new TracePoutine(inside)).Lift(new Normal(0, 1)).Trace(default, context);
        Assert.Equal(["a"], inside.StochasticNodes);
        seen.Clear();
        lifted.Condition(new Dictionary<string, Tensor> { ["a"] = tensor(4f) }).Trace(default, context);
        Assert.Equal([4, 4, 4], seen);
    }
}
