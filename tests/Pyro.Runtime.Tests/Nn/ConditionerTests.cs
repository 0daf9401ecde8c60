using Pyro.Nn;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Nn;

public class ConditionerTests
{
    [Test]
    public void ItsOutputsAreZeroAtFirst() => Assert.That(new Conditioner(2, 8, 3).forward(randn(5, 2)).Numbers(), Is.All.Zero);
}
