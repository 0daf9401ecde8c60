using static TorchSharp.torch;

namespace Pyro.LibTorch.Tests;

public class OperationTests
{
    private static double[] Values(Tensor tensor) => tensor.to_type(ScalarType.Float64).data<double>().ToArray();

    [Fact]
    public void Arithmetic_takes_tensors_and_numbers_on_either_side()
    {
        var x = tensor([1.0, 2.0, 4.0]);
        Assert.Equal([3.0, 4.0, 6.0], Values(x + 2));
        Assert.Equal([1.0, 0.0, -2.0], Values(2 - x));
        Assert.Equal([2.0, 4.0, 8.0], Values(2f * x));
        Assert.Equal([4.0, 2.0, 1.0], Values(4.0 / x));
        Assert.Equal([1.0, 0.0, 0.0], Values(x % 2));
        Assert.Equal([-1.0, -2.0, -4.0], Values(-x));
        Assert.Equal([false, true, true], (x > 1).data<bool>().ToArray());
        Assert.Equal([true, false, false], (2 > x).data<bool>().ToArray());
        Assert.Equal([1.0, 4.0, 16.0], Values(x.pow(2)));
        Assert.Equal([0.0, 0.0], Values(tensor([0.0, 0.0]).xlogy(tensor([0.0, 1.0]))));
    }

    [Fact]
    public void Numbers_keep_their_dtype_and_promote()
    {
        Assert.Equal(ScalarType.Float32, tensor(1f).dtype);
        Assert.Equal(ScalarType.Float64, tensor(1.0).dtype);
        Assert.Equal(ScalarType.Int64, arange(3).dtype);
        Assert.Equal(ScalarType.Float32, (ones(2) * 2.5).dtype);
        Assert.Equal(ScalarType.Float32, (arange(3) + 0.5).dtype);
        Assert.Equal(ScalarType.Float64, promote_types(ScalarType.Float32, ScalarType.Float64));
        Assert.Equal(ScalarType.Bool, full(2, true).dtype);
    }

    [Fact]
    public void Indexing_reads_views_and_writes_through_them()
    {
        var x = arange(12).reshape(3, 4);
        Assert.Equal(6, x[1, 2].item<long>());
        Assert.Equal([1L, 5L, 9L], x[TensorIndex.Colon, TensorIndex.Single(1)].data<long>().ToArray());
        Assert.Equal([3L, 7L, 11L], x[TensorIndex.Ellipsis, TensorIndex.Single(-1)].data<long>().ToArray());
        Assert.Equal([4L, 6L], x[TensorIndex.Single(1), TensorIndex.Slice(0, 4, 2)].data<long>().ToArray());
        Assert.Equal([3L, 1L, 4L], x[TensorIndex.None].shape is [1, 3, 4] ? [3L, 1L, 4L] : []);
        Assert.Equal([10L, 11L], x[x > 9].data<long>().ToArray());
        Assert.Equal([8L, 0L], x[tensor([2L, 0L]), tensor([0L, 0L])].data<long>().ToArray());
        x[TensorIndex.Single(0)] = tensor(-1L);
        x[x > 9] = tensor(0L);
        Assert.Equal([-1L, -1L, -1L, -1L, 4, 5, 6, 7, 8, 9, 0, 0], x.data<long>().ToArray());
    }

    [Fact]
    public void Data_of_what_is_not_contiguous_is_in_the_order_of_its_dimensions()
    {
        var x = arange(6).reshape(2, 3).T;
        Assert.False(x.is_contiguous());
        Assert.Equal([0L, 3L, 1L, 4L, 2L, 5L], x.data<long>().ToArray());
        Assert.Throws<ArgumentException>(() => x.data<float>());
    }

    [Fact]
    public void A_matrix_keeps_its_rows() => Assert.Equal([2L, 3L], tensor(new[,] { { 1f, 2f, 3f }, { 4f, 5f, 6f } }).shape);

    [Fact]
    public void A_generator_repeats_itself_and_leaves_the_others_alone()
    {
        using var first = new Generator(7);
        using var second = new Generator(7);
        var draws = Values(randn(5, generator: first));
        Values(randn(3));
        Assert.Equal(draws, Values(randn(5, generator: second)));
        using var state = first.get_state();
        var next = Values(rand(4, generator: first));
        first.set_state(state);
        Assert.Equal(next, Values(rand(4, generator: first)));
    }

    public static TheoryData<string> Functions() => new("exp", "log", "log1p", "expm1", "sqrt", "rsqrt", "sin", "cos", "tan", "tanh", "sigmoid",
        "lgamma", "digamma", "erf", "erfc", "square", "reciprocal", "atan", "log2", "log10", "sinh", "cosh");

    [Theory]
    [MemberData(nameof(Functions))]
    public void Gradients_agree_with_finite_differences(string function)
    {
        Tensor Apply(Tensor x) => function switch
        {
            "exp" => x.exp(),
            "log" => x.log(),
            "log1p" => x.log1p(),
            "expm1" => x.expm1(),
            "sqrt" => x.sqrt(),
            "rsqrt" => x.rsqrt(),
            "sin" => x.sin(),
            "cos" => x.cos(),
            "tan" => x.tan(),
            "tanh" => x.tanh(),
            "sigmoid" => x.sigmoid(),
            "lgamma" => x.lgamma(),
            "digamma" => x.digamma(),
            "erf" => x.erf(),
            "erfc" => x.erfc(),
            "square" => x.square(),
            "reciprocal" => x.reciprocal(),
            "atan" => x.atan(),
            "log2" => x.log2(),
            "log10" => x.log10(),
            "sinh" => x.sinh(),
            "cosh" => x.cosh(),
            _ => throw new ArgumentOutOfRangeException(nameof(function)),
        };
        var x = tensor([0.3, 0.9, 1.4], requires_grad: true);
        Apply(x).sum().backward();
        const double step = 1e-6;
        var expected = Values((Apply(x.detach() + step) - Apply(x.detach() - step)) / (2 * step));
        foreach (var (actual, wanted) in Values(x.grad!).Zip(expected))
            Assert.Equal(wanted, actual, 1e-6 * Math.Max(1, Math.Abs(wanted)));
    }

    [Fact]
    public void Sampled_gammas_and_simplices_carry_gradients()
    {
        var concentration = full(2000, 2.0, requires_grad: true);
        using var generator = new Generator(1);
        _standard_gamma(concentration, generator).mean().mul(2000).backward();
        // E[x] = concentration, so the gradients of the draws are 1 on average.
        Assert.Equal(1, concentration.grad!.mean().item<float>(), 0.05);
        var simplex = _sample_dirichlet(ones(4, 3, dtype: ScalarType.Float64, requires_grad: true), generator);
        Assert.True(simplex.requires_grad);
        Assert.Equal([1.0, 1.0, 1.0, 1.0], Values(simplex.sum(-1)).Select(sum => Math.Round(sum, 12)));
    }
}
