using System.Diagnostics;
using Pyro.Infer;
using Pyro.Optim;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Infer;

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
        var svi = new SVI<Tensor>(SviTests.CoinModel, SviTests.CoinGuide, new Adam(), new ELBO(), Runs.Context());
        using var flips = ones(250);
        svi.Fit(flips, 1000);
        var before = Resident();
        svi.Fit(flips, 4000);
        Assert.True(Resident() < before * 1.05, $"{before >> 20} MiB before, {Resident() >> 20} MiB after");
    }

    private static long Resident()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
