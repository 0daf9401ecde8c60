using Pyro.Distributions;
using Pyro.Infer;
using Pyro.Optim;
using static Pyro.Primitives;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Infer;

/// <summary>Particles on several threads: the numbers follow from the seed alone, and what a step leaves behind is what one thread would leave.</summary>
[NonParallelizable]
public class ParallelParticlesTests
{
    [Test]
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
        Assert.That(expected.Length, Is.EqualTo(2 + 1));
        for (var i = 0; i < 5; i++)
            Assert.That(Fit(), Is.EqualTo(expected));
    }

    [Test]
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
            Assert.That(names.Split(' ').Length, Is.EqualTo(2));
            for (var again = 0; again < 3; again++)
                Assert.That(Step(seed), Is.EqualTo(names));
        }
    }

    [Test]
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
        Assert.That(() => svi.Step(default), Throws.TypeOf<ModelException>().With.Message.EqualTo("the third"));
        Assert.That(context.Store.Count, Is.EqualTo(0));
        svi.Step(default);
        Assert.That(context.Store.Count, Is.EqualTo(1));
    }

    [Test]
    [Platform("Linux", Reason = "the C library of Linux counts the native bytes in use")]
    public void A_long_run_holds_its_memory()
    {
        var svi = new SVI<Tensor>(SviTests.CoinModel, SviTests.CoinGuide, new Adam(), new ELBO(numParticles: 4, parallel: true), Runs.Context());
        using var flips = ones(250);
        svi.Fit(flips, 300);
        long Grown()
        {
            var before = NativeHeap.BytesInUse();
            svi.Fit(flips, 300);
            return NativeHeap.BytesInUse() - before;
        }
        Assert.That(Enumerable.Range(0, 5).Min(_ => Grown()), Is.InRange(long.MinValue, 50_000));
    }
}
