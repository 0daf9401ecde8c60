using System.Runtime.InteropServices;
using Pyro.Distributions;
using Pyro.Kernels;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Kernels;

/// <summary>What a node's backward throws: out of it, the exception would end the process.</summary>
public class EngineTests
{
    [Test]
    public void Backward_InputOfANodeWasChangedInPlace_ThrowsAfterTheRun()
    {
        using var scope = NewDisposeScope();
        var density = DensityOfChangedInput(out _);
        Assert.That(() => Engine.Backward(density), Throws.InstanceOf<ExternalException>().With.Message.Contains("modified by an inplace operation"));
    }

    [Test]
    public void Backward_StartedWithoutTheEngineClass_GivesNaN()
    {
        using var scope = NewDisposeScope();
        DensityOfChangedInput(out var leaf).backward();
        Assert.That(leaf.grad!.Numbers(), Is.All.NaN);
    }

    [Test]
    public void Backward_AfterAFailure_WorksAgain()
    {
        using var scope = NewDisposeScope();
        DensityOfChangedInput(out _).backward();
        var leaf = tensor(0.5, requires_grad: true);
        Engine.Backward(Normal.LogPdf(tensor(1.5), leaf, tensor(1.0)));
        Assert.That(leaf.grad!.Number(), Is.EqualTo(1).Within(1e-12));
    }

    // A sum of elements: their derivatives are computed in backward, from inputs that are not what they were.
    private static Tensor DensityOfChangedInput(out Tensor leaf)
    {
        leaf = tensor([0.1, 0.2], requires_grad: true);
        var mu = leaf * 1;
        var density = Normal.LogProb(tensor([1.0, 2.0]), mu, tensor(1.0)).sum();
        mu.add_(1);
        return density;
    }
}
