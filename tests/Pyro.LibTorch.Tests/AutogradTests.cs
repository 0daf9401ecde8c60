using static TorchSharp.torch;

namespace Pyro.LibTorch.Tests;

public sealed class AutogradTests
{
    [Fact]
    public void Backward_accumulates_into_leaves()
    {
        var x = tensor(new double[] { 1, 2, 3 }, requires_grad: true);
        (x * x).sum().backward();
        Assert.Equal([2.0, 4, 6], x.grad!.data<double>().ToArray());
        (x * x).sum().backward();
        Assert.Equal([4.0, 8, 12], x.grad!.data<double>().ToArray());
        x.grad = null;
        Assert.Null(x.grad);
    }

    [Fact]
    public void Grad_returns_derivatives_and_leaves_the_leaves_alone()
    {
        var x = tensor(2.0, requires_grad: true);
        var first = autograd.grad([x.pow(3)], [x], create_graph: true)[0];
        Assert.Equal(12, first.item<double>());
        var second = autograd.grad([first], [x])[0];
        Assert.Equal(12, second.item<double>());
        Assert.Null(x.grad);
    }

    [Fact]
    public void Modes_stop_recording_and_nest()
    {
        var x = ones(2, requires_grad: true);
        using (no_grad())
        {
            Assert.False((x * 2).requires_grad);
            using (enable_grad())
                Assert.True((x * 2).requires_grad);
            Assert.False(is_grad_enabled());
        }
        Assert.True(is_grad_enabled());
        using (inference_mode())
            Assert.True(is_inference_mode_enabled());
        Assert.False(is_inference_mode_enabled());
    }

    [Fact]
    public void Sampling_gamma_and_dirichlet_is_differentiable()
    {
        manual_seed(0);
        var shape = full(20000, 3.0, dtype: float64).requires_grad_();
        var draws = _standard_gamma(shape);
        draws.mean().backward();
        // E[x] = shape: the derivative of the mean is 1 / n in every element, on average.
        Assert.Equal(1, shape.grad!.sum().item<double>(), 1);
        var concentration = ones(4, dtype: float64).requires_grad_();
        var point = _sample_dirichlet(concentration);
        Assert.Equal(1, point.sum().item<double>(), 10);
        point[0].backward();
        Assert.True(concentration.grad!.isfinite().all().item<bool>());
    }

    [Fact]
    public void Wrong_calls_are_exceptions_and_not_aborts()
    {
        var x = ones(2, requires_grad: true);
        var unused = ones(2, requires_grad: true);
        Assert.ThrowsAny<Exception>(() => (x * 2).backward());
        Assert.ThrowsAny<Exception>(() => autograd.grad([(x * 2).sum()], [unused]));
        Assert.ThrowsAny<Exception>(() => ones(2).sum().backward());
        var loss = (x * x).sum();
        loss.backward();
        Assert.ThrowsAny<Exception>(() => loss.backward());
        Assert.ThrowsAny<Exception>(() => (x * 2).requires_grad_(false));
    }
}
