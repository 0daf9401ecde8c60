using static TorchSharp.torch;

namespace Pyro.LibTorch.Tests;

public sealed class IndexingTests
{
    private static Tensor Cube() => arange(24).reshape(2, 3, 4);

    private static long[] Values(Tensor tensor) => tensor.contiguous().data<long>().ToArray();

    [Fact]
    public void Numbers_drop_their_dimensions()
    {
        Assert.Equal(17, Cube()[1, 1, 1].item<long>());
        Assert.Equal([12L, 13, 14, 15], Values(Cube()[1, 0]));
        Assert.Equal(23, Cube()[-1, -1, -1].item<long>());
    }

    [Fact]
    public void Slices_ranges_and_ellipsis()
    {
        Assert.Equal([0L, 12], Values(Cube()[TensorIndex.Colon, TensorIndex.Single(0), TensorIndex.Single(0)]));
        Assert.Equal([3L, 7, 11, 15, 19, 23], Values(Cube()[TensorIndex.Ellipsis, TensorIndex.Single(-1)]));
        Assert.Equal([4L, 8], Values(Cube()[0, TensorIndex.Slice(1), 0]));
        Assert.Equal([1L, 3], Values(Cube()[0, 0, TensorIndex.Slice(1, null, 2)]));
        Assert.Equal([4L, 8], Values(Cube()[TensorIndex.Single(0), 1.., TensorIndex.Single(0)]));
        Assert.Equal([1L, 2, 3, 4], Cube()[TensorIndex.None].shape);
    }

    [Fact]
    public void Tensors_and_masks_pick()
    {
        var x = Cube();
        Assert.Equal([12L, 13, 14, 15, 0, 1, 2, 3], Values(x[TensorIndex.Tensor(tensor(new long[] { 1, 0 })), TensorIndex.Single(0)]));
        Assert.Equal([20L, 21, 22, 23], Values(x[x > 19]));
        Assert.Equal([2L, 2], x[TensorIndex.Colon, TensorIndex.Tensor(tensor(new long[] { 0, 2 })), TensorIndex.Single(1)].shape);
    }

    [Fact]
    public void Setting_broadcasts_into_the_elements()
    {
        var x = zeros(2, 3);
        x[0] = tensor(5f);
        x[1, 2] = tensor(7f);
        Assert.Equal([5f, 5, 5, 0, 0, 7], x.data<float>().ToArray());
        x[x > 5] = tensor(1f);
        Assert.Equal([5f, 5, 5, 0, 0, 1], x.data<float>().ToArray());
        x.index_put_(tensor(new float[] { 1, 1 }), [tensor(new long[] { 0, 0 }), tensor(new long[] { 1, 1 })], accumulate: true);
        Assert.Equal(7f, x[0, 1].item<float>());
    }

    [Fact]
    public void An_index_out_of_range_is_an_exception()
    {
        Assert.ThrowsAny<Exception>(() => Cube()[2]);
        Assert.ThrowsAny<Exception>(() => Cube()[0, 0, 0, 0]);
        Assert.ThrowsAny<Exception>(() => Cube()[TensorIndex.Tensor(tensor(new long[] { 5 }))]);
    }

    [Fact]
    public void More_indices_than_dimensions_are_an_exception()
    {
        Assert.Throws<ArgumentException>(() => Cube()[TensorIndex.Ellipsis, 1.., TensorIndex.Single(0), TensorIndex.Single(0), TensorIndex.Single(0)]);
        Assert.Throws<ArgumentException>(() => Cube()[0, 0, 0][TensorIndex.Colon]);
        Assert.Throws<ArgumentException>(() => Cube().index_put_(tensor(1L), TensorIndex.Colon, TensorIndex.Colon, TensorIndex.Colon, TensorIndex.Colon));
    }

    // The expected numbers are NumPy's.
    [Fact]
    public void An_index_after_a_mask_of_several_dimensions_is_for_the_next_dimension()
    {
        var x = Cube();
        var mask = TensorIndex.Tensor(tensor(new[,] { { false, true, false }, { true, false, true } }));
        Assert.Equal([7L, 15, 23], Values(x[mask, TensorIndex.Tensor(tensor(new long[] { 3 }))]));
        Assert.Equal([4L, 6, 12, 14, 20, 22], Values(x[mask, TensorIndex.Slice(0, null, 2)]));
        var column = tensor(new[,] { { false }, { true } });
        Assert.Equal([1L, 1, 4], arange(8).reshape(2, 1, 4)[TensorIndex.Tensor(column), TensorIndex.None, TensorIndex.Bool(true)].shape);
    }

    [Fact]
    public void A_tensor_of_one_number_is_that_number()
    {
        var x = Cube();
        Assert.Equal([3L, 2], x[TensorIndex.Tensor(tensor(1L)), TensorIndex.Colon, TensorIndex.Tensor(tensor(new[] { true, false, true, false }))].shape);
        Assert.Equal([1L, 2, 3, 4], x[TensorIndex.Tensor(tensor(true))].shape);
        Assert.Equal([0L, 2, 3, 4], x[TensorIndex.Tensor(tensor(false))].shape);
    }

    [Fact]
    public void A_value_may_have_leading_dimensions_of_size_1()
    {
        var x = zeros(2, 3);
        x[0] = ones(1, 3);
        x[TensorIndex.Single(1), 1..] = full([1, 1, 2], 2f);
        x[tensor(new long[] { 1 })] += ones(1, 1, 3);
        Assert.Equal([1f, 1, 1, 1, 3, 3], x.data<float>().ToArray());
        Assert.ThrowsAny<Exception>(() => x[0] = ones(2, 3));
    }

    [Fact]
    public void What_lies_behind_the_end_is_not_the_start()
    {
        Assert.Equal(0, arange(3)[^0..].numel());
        Assert.ThrowsAny<Exception>(() => arange(3)[^0]);
        Assert.Equal([0L, 1, 2], Values(arange(3)[..^0]));
    }
}
