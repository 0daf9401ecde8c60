using TorchSharp;
using static TorchSharp.torch;

namespace Pyro.LibTorch.Tests;

public sealed class TensorBasicsTests
{
    [Fact]
    public void Numbers_keep_their_types_and_values()
    {
        Assert.Equal(float32, tensor(1.5f).dtype);
        Assert.Equal(float64, tensor(1.5).dtype);
        Assert.Equal(int64, tensor(3L).dtype);
        Assert.Equal(int32, tensor(3).dtype);
        Assert.Equal(torch.@bool, tensor(true).dtype);
        Assert.Equal(1.5f, tensor(1.5f).item<float>());
        Assert.Equal(-7L, tensor(-7L).item<long>());
        Assert.True(tensor(true).item<bool>());
        Assert.Equal(0, tensor(2.5f).dim());
    }

    [Fact]
    public void Arrays_are_copied_with_their_shape()
    {
        var data = new float[] { 1, 2, 3, 4, 5, 6 };
        var matrix = tensor(data, [2, 3]);
        data[0] = 100;
        Assert.Equal([2L, 3L], matrix.shape);
        Assert.Equal([1f, 2, 3, 4, 5, 6], matrix.data<float>().ToArray());
        Assert.Equal(float64, tensor(data, dtype: float64).dtype);
        Assert.Equal([2L, 2L], tensor(new[,] { { 1L, 2L }, { 3L, 4L } }).shape);
    }

    [Fact]
    public void An_array_that_does_not_fill_the_shape_is_refused()
    {
        Assert.ThrowsAny<Exception>(() => tensor(new float[] { 1, 2, 3 }, [2, 2]));
    }

    [Fact]
    public void Operators_broadcast_and_mix_with_numbers()
    {
        var x = tensor(new float[] { 1, 2, 4 });
        Assert.Equal([3f, 4, 6], (x + 2).data<float>().ToArray());
        Assert.Equal([1f, 0, -2], (2 - x).data<float>().ToArray());
        Assert.Equal([2f, 1, 0.5f], (2.0 / x).data<float>().ToArray());
        Assert.Equal([-1f, -2, -4], (-x).data<float>().ToArray());
        Assert.Equal([2f, 4, 8, 3, 6, 12], (x * tensor(new float[] { 2, 3 }).unsqueeze(1)).data<float>().ToArray());
        Assert.Equal([false, true, true], (x > 1).data<bool>().ToArray());
    }

    [Fact]
    public void Functions_agree_with_the_mathematics()
    {
        var x = tensor(new double[] { 0.5, 1.5, 3 });
        Assert.Equal(Math.Log(1.5), x.log()[1].item<double>(), 12);
        Assert.Equal(Math.Exp(3), exp(x)[2].item<double>(), 12);
        Assert.Equal(Math.Log(2), lgamma(x)[2].item<double>(), 12);
        Assert.Equal(1 / (1 + Math.Exp(-0.5)), x.sigmoid()[0].item<double>(), 12);
        Assert.Equal(5, x.sum().item<double>(), 12);
        Assert.Equal(3, x.max().item<double>());
        Assert.Equal(2, x.argmax().item<long>());
    }

    [Fact]
    public void Factories_take_every_form_of_a_size()
    {
        Assert.Equal([2L, 3L], zeros(2, 3).shape);
        Assert.Equal([4L], ones(4).shape);
        Assert.Equal([2L, 1L, 3L], rand(2, 1, 3).shape);
        Assert.Equal([5L, 2L], zeros(new long[] { 5, 2 }).shape);
        Assert.Equal(float64, zeros(2, dtype: float64).dtype);
        Assert.Equal([0L, 1, 2, 3], arange(4).data<long>().ToArray());
        Assert.Equal(float32, arange(0.0, 1.0, 0.25).dtype);
        Assert.Equal(7, full(2, 2, 7f).sum().item<float>() / 4);
        Assert.True(ones(3, requires_grad: true).requires_grad);
    }

    [Fact]
    public void Generators_repeat_their_numbers()
    {
        using var first = new Generator(7);
        using var second = new Generator(7);
        var a = randn(100, generator: first);
        var b = randn(100, generator: second);
        Assert.True(a.Equals(b));
        var state = first.get_state();
        var c = rand(10, generator: first);
        first.set_state(state);
        Assert.True(c.Equals(rand(10, generator: first)));
        manual_seed(3);
        var d = rand(5);
        manual_seed(3);
        Assert.True(d.Equals(rand(5)));
    }

    [Fact]
    public void Shapes_are_views_of_the_same_elements()
    {
        var x = arange(6).reshape(2, 3);
        Assert.Equal([0L, 3, 1, 4, 2, 5], x.t().contiguous().data<long>().ToArray());
        Assert.Equal([1L, 2L, 3L], x.unsqueeze(0).shape);
        Assert.Equal([4L, 3L], cat([x, x], 0).shape);
        Assert.Equal([2L, 2L, 3L], stack([x, x]).shape);
        Assert.Equal([5L, 2L, 3L], x.expand(5, 2, 3).shape);
        Assert.Equal([3L, 4L], broadcast_tensors(ones(3, 1), ones(4))[1].shape);
    }

    [Fact]
    public void Memory_that_holds_the_negatives_is_no_memory_of_the_elements()
    {
        var imaginary = complex(tensor(1f), tensor(2f)).conj().imag;
        Assert.Equal(-2f, imaginary.data<float>()[0]);
        Assert.Throws<InvalidOperationException>(() => imaginary.bytes.Length);
    }
}
