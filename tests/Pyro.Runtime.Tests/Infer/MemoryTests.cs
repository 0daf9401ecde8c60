using Pyro.Infer;
using Pyro.Optim;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Infer;

[NonParallelizable]
public class MemoryTests
{
    [Test]
    public void StepsLeaveNoTensorBehind()
    {
        var svi = new SVI<Tensor>(SviTests.CoinModel, SviTests.CoinGuide, new Adam(), new ELBO(numParticles: 2), Runs.Context());
        using var flips = ones(250);
        svi.Fit(flips, 20);
        long Alive() => TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        var before = Alive();
        svi.Fit(flips, 200);
        svi.EvaluateLoss(flips);
        Assert.Throws<ModelException>(() => svi.Step(ones(250) * 0.5));
        Assert.That(Alive() - before, Is.InRange(0, 3));
    }

    [Test]
    [Platform("Linux", Reason = "the C library of Linux counts the native bytes in use")]
    public void ALongRunHoldsItsMemory()
    {
        var svi = new SVI<Tensor>(SviTests.CoinModel, SviTests.CoinGuide, new Adam(), new ELBO(), Runs.Context());
        using var flips = ones(250);
        svi.Fit(flips, 1000);
        long Grown()
        {
            var before = NativeHeap.BytesInUse();
            svi.Fit(flips, 1000);
            return NativeHeap.BytesInUse() - before;
        }
        // A thousand steps that forget one tensor each leave 400 kB; what the run time compiles on the side falls into some of the rounds and not into all.
        Assert.That(Enumerable.Range(0, 5).Min(_ => Grown()), Is.InRange(long.MinValue, 50_000));
    }
}
