using Pyro.Infer;
using Pyro.Optim;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Infer;

[Collection(nameof(Alone))]
public class MemoryTests
{
    [Fact]
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
        Assert.InRange(Alive() - before, 0, 3);
    }

    [Fact]
    public void ALongRunHoldsItsMemory()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the count of native bytes in use is the C library's of Linux");
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
        Assert.InRange(Enumerable.Range(0, 5).Min(_ => Grown()), long.MinValue, 50_000);
    }
}
