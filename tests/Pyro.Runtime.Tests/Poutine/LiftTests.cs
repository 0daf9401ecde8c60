using Pyro.Distributions;
using Pyro.Poutines;
using Pyro.Programs;
using static Pyro.Primitives;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Poutines;

public class LiftTests
{
    private static readonly Program<Unit> s_program = Runs.Program(() =>
    {
        Param("a", zeros(3));
        Param("net$$$weight", ones(2, 3), Constraints.Positive);
        Param("b", () => throw new InvalidOperationException("called"));
    });

    [Fact]
    public void APriorIsRepeatedToTheParameter()
    {
        var trace = s_program.Lift(new Normal(0, 1)).Trace(default, Runs.Context());
        Assert.Equal(["a", "net$$$weight", "b"], trace.StochasticNodes);
        Assert.Equal([3], trace["a"].Value!.shape);
        Assert.Equal([2, 3], trace["net$$$weight"].Value!.shape);
    }

    [Fact]
    public void ADictionaryLeavesTheRest()
    {
        var context = Runs.Context();
        var priors = new Dictionary<string, Distribution> { ["weight"] = new Gamma(1, 1), ["b"] = new Normal(0, 1) };
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
}
