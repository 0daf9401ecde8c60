using Pyro.Distributions;
using Pyro.Infer;
using Pyro.Optim;
using static Pyro.Primitives;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Infer;

/// <summary>Particles on several threads: the numbers follow from the seed alone, and what a step leaves behind is what one thread would leave.</summary>
[Collection(nameof(Alone))]
public class ParallelParticlesTests
{
    [Fact]
    public void The_numbers_follow_from_the_seed()
    {
        double[] Fit()
        {
            var context = Runs.Context(seed: 3);
            var svi = new SVI<Tensor>(SviTests.CoinModel, SviTests.CoinGuide, new Adam(0.05), new ELBO(numParticles: 7, parallel: true), context);
            using var flips = ones(10);
            svi.Fit(flips, 30);
            return [.. context.Store.Parameters.Select(parameter => parameter.Unconstrained.to_type(ScalarType.Float64).item<double>()), svi.EvaluateLoss(flips)];
        }
        var expected = Fit();
        Assert.Equal(2 + 1, expected.Length);
        for (var i = 0; i < 5; i++)
            Assert.Equal(expected, Fit());
    }

    [Fact]
    public void Parameters_that_a_later_particle_meets_are_made_in_order()
    {
        var model = Runs.Program(() => Sample("coin", new Bernoulli(0.5)));
        var guide = Runs.Program(() =>
        {
            var side = Sample("coin", new Bernoulli(0.5)).item<float>() > 0 ? "heads" : "tails";
            Param(side, 0f);
        });
        string Step(long seed)
        {
            var context = Runs.Context(seed);
            var svi = new SVI<Unit>(model, guide, new Adam(), new ELBO(numParticles: 8, parallel: true), context);
            svi.Step(default);
            return string.Join(" ", context.Store.Names);
        }
        // Both sides come up among eight draws, and which is met first follows from the seed.
        for (var seed = 1; seed <= 8; seed++)
        {
            var names = Step(seed);
            Assert.Equal(2, names.Split(' ').Length);
            for (var again = 0; again < 3; again++)
                Assert.Equal(names, Step(seed));
        }
    }

    [Fact]
    public void A_step_that_fails_leaves_no_parameter()
    {
        var calls = 0;
        var model = Runs.Program(() => Sample("x", new Normal(0, 1)));
        var guide = Runs.Program(() =>
        {
            Sample("x", new Normal(Param("at", 0f), 1));
            if (Interlocked.Increment(ref calls) == 3)
                throw new ModelException("x", "the third");
        });
        var context = Runs.Context();
        var svi = new SVI<Unit>(model, guide, new Adam(), new ELBO(numParticles: 4, parallel: true), context);
        Assert.Equal("the third", Assert.Throws<ModelException>(() => svi.Step(default)).Message);
        Assert.Equal(0, context.Store.Count);
        svi.Step(default);
        Assert.Equal(1, context.Store.Count);
    }

    [Fact]
    public void A_long_run_holds_its_memory()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the count of native bytes in use is the C library's of Linux");
        var svi = new SVI<Tensor>(SviTests.CoinModel, SviTests.CoinGuide, new Adam(), new ELBO(numParticles: 4, parallel: true), Runs.Context());
        using var flips = ones(250);
        svi.Fit(flips, 300);
        long Grown()
        {
            var before = NativeHeap.BytesInUse();
            svi.Fit(flips, 300);
            return NativeHeap.BytesInUse() - before;
        }
        Assert.InRange(Enumerable.Range(0, 5).Min(_ => Grown()), long.MinValue, 50_000);
    }
}
