using Pyro.Params;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Params;

public class ParamSetTests
{
    [TestCase(false)]
    [TestCase(true)]
    public void AGradientStartsFromZeroHoweverItLiesInMemory(bool transposed)
    {
        var store = new ParamStore();
        store.GetParam("a", ones(3, 3));
        var leaf = store["a"].Unconstrained;
        leaf.grad = transposed ? ones(3, 3).t() : ones(3, 3);
        _ = new ParamSet { store["a"] };
        Assert.That(leaf.grad!.is_contiguous(), Is.Not.EqualTo(transposed));
        Assert.That(leaf.grad!.Numbers(), Is.All.Zero);
    }
}
