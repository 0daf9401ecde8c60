using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Pyro.LibTorch.Tests;

/// <summary>What people get wrong, and what they are told: libtorch's first line, the operation, shapes and dtypes.</summary>
public class ErrorTests
{
    public static TheoryData<string, Action, string> Misuses() => new()
    {
        { "backward of a vector", () => ones(3, requires_grad: true).mul(2).backward(), "backward(self: Float32 [3]" },
        { "backward without a graph", () => ones(1).sum().backward(), "does not require grad" },
        { "backward with a gradient of another shape", () => ones(3, requires_grad: true).mul(2).backward([ones(2)]), "Float32 [2]" },
        { "a graph that is freed", () => Twice(), "second time" },
        { "a part of a graph that is freed", () => InPart(), "second time" },
        { "an input that is not used", () => autograd.grad([ones(1, requires_grad: true).sum()], [ones(1, requires_grad: true)]), "allow_unused" },
        { "a gradient of integers", () => ones(2, dtype: ScalarType.Int64).requires_grad_(), "Int64 [2]" },
        { "a value that a graph needs, changed", () => Changed(), "modified by an inplace operation" },
        { "in place on a leaf", () => ones(2, requires_grad: true).add_(1), "add_(self: Float32 [2])" },
        { "in place on a view of a leaf", () => ones(2, requires_grad: true)[0].add_(1), "leaf" },
        { "a gradient of another shape", () => ones(2, requires_grad: true).grad = ones(3), "Float32 [3]" },
        { "an index out of range", () => ones(3).select(0, 7), "select(self: Float32 [3])" },
        { "an index below the range", () => _ = ones(3)[-4], "out of range" },
        { "index tensors out of range", () => ones(3).index_select(0, tensor([1L, 5L])), "index_select(self: Float32 [3], index: Int64 [2])" },
        { "advanced indices out of range", () => _ = ones(3, 3)[tensor([0L, 9L])], "out of bounds" },
        { "gather out of range", () => ones(3).gather(0, tensor([4L])), "gather" },
        { "a mask of another shape", () => ones(3).masked_select(tensor([true, false])), "Bool [2]" },
        { "a dimension out of range", () => ones(3).sum(4), "Float32 [3]" },
        { "a dimension below the range", () => ones(3).squeeze(-2), "Float32 [3]" },
        { "shapes that do not broadcast", () => _ = ones(2, 3) + ones(4), "add(self: Float32 [2, 3], target: Float32 [4])" },
        { "a product of shapes that do not fit", () => ones(2, 3).matmul(ones(2, 3)), "matmul(self: Float32 [2, 3], target: Float32 [2, 3])" },
        { "a product of a wrong rank", () => ones(2, 3).mm(ones(3)), "mm(" },
        { "a product of two types", () => ones(2, 2).matmul(ones([2, 2], dtype: ScalarType.Float64)), "Float64 [2, 2]" },
        { "bits of fractions", () => _ = ones(2) & ones(2), "bitwise_and(" },
        { "a factorization of a vector", () => linalg.cholesky(ones(3)), "cholesky(input: Float32 [3])" },
        { "a factorization of what is not positive", () => linalg.cholesky(-eye(3)), "positive-definite" },
        { "an inverse of no square", () => linalg.inv(ones(2, 3)), "Float32 [2, 3]" },
        { "an inverse of a singular matrix", () => linalg.inv(zeros(2, 2)), "singular" },
        { "a determinant of integers", () => linalg.det(ones([2, 2], dtype: ScalarType.Int64)), "Int64 [2, 2]" },
        { "equations of sizes that do not fit", () => linalg.solve(eye(2), ones(3, 1)), "Float32 [3, 1]" },
        { "an einsum of letters that do not fit", () => einsum("ij,jk->ik", ones(2, 3), ones(4, 5)), "einsum" },
        { "a view of another size", () => ones(6).view(4), "view(self: Float32 [6])" },
        { "two open sizes", () => ones(6).reshape(-1, -1), "only one dimension can be inferred" },
        { "a view across strides", () => ones(2, 3).t().view(6), "reshape" },
        { "expanding what is not 1", () => ones(2).expand(3), "Float32 [2]" },
        { "joining shapes that do not fit", () => cat([ones(2, 2), ones(3, 3)]), "Float32 [2, 2], Float32 [3, 3]" },
        { "stacking shapes that do not fit", () => stack([ones(2), ones(3)]), "Float32 [2], Float32 [3]" },
        { "stacking nothing", () => stack(Array.Empty<Tensor>()), "stack" },
        { "the largest of nothing", () => zeros(0).max(), "max(self: Float32 [0])" },
        { "the place of the largest of nothing", () => zeros(0).argmax(), "argmax(self: Float32 [0])" },
        { "the largest of no rows", () => zeros(0, 3).amax([0]), "Float32 [0, 3]" },
        { "a quantile of nothing", () => zeros(0).quantile(tensor(0.5f)), "Float32 [0]" },
        { "10^12 zeros", () => zeros([1_000_000, 1_000_000]), "alloc" },
        { "10^12 random numbers", () => rand([1_000_000, 1_000_000]), "alloc" },
        { "a million million numbers in a row", () => arange(1_000_000_000_000L), "alloc" },
        { "more elements than can be counted", () => zeros([1L << 40, 1L << 40]), "" },
        { "a negative size", () => zeros(-1), "negative dimension" },
        { "a repetition of 10^12", () => ones(10).repeat(1_000_000_000_000), "alloc" },
        { "a probability above one", () => full(2, 1.5).bernoulli(), "Float32 [2]" },
        { "a quotient that does not fit", () => full(2, int.MinValue, dtype: ScalarType.Int32).floor_divide(tensor(-1)), "does not fit Int" },
        { "a quotient that does not fit, by a number", () => full(2, long.MinValue).div(-1, RoundingMode.trunc), "Int64 [2]" },
        { "the remainder of a quotient that does not fit", () => _ = full(2, int.MinValue, dtype: ScalarType.Int32) % (Scalar)(-1), "Int32 [2]" },
        { "the remainder of a quotient that does not fit, in place", () => full(2, long.MinValue).fmod_(tensor(-1L)), "Int64 [2]" },
        { "eigenvalues of what is infinite", () => linalg.eigvals(full([3, 3], double.PositiveInfinity)), "infinite" },
        { "a matrix exponential of what is no number", () => matrix_exp(full([2, 2], double.NaN)), "not a number" },
        { "more groups than channels", () => nn.functional.conv2d(ones(1, 1, 3, 3), ones(1, 1, 2, 2), groups: 1L << 40), "groups" },
        { "a normalization by one value", () => nn.BatchNorm1d(3).call(ones(1, 3)), "more than 1 value per channel" },
        { "a label that is no class", () => nn.functional.ctc_loss(zeros(5, 1, 3), tensor(new long[] { 9 }).reshape(1, 1), tensor(new long[] { 5 }), tensor(new long[] { 1 })), "3 classes" },
        { "no probabilities", () => zeros(3).multinomial(1), "Float32 [3]" },
    };

    [Theory]
    [MemberData(nameof(Misuses), DisableDiscoveryEnumeration = true)]
    public void Misuse_says_what_and_with_which_shapes(string what, Action misuse, string part)
    {
        using var scope = NewDisposeScope();
        var error = Assert.Throws<ExternalException>(misuse);
        Assert.True(error.Message.Contains(part, StringComparison.Ordinal), $"{what}: {error.Message}");
        Assert.DoesNotContain("Exception raised from", error.Message);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Matches(@" \[\w+\(.*\)\]$", error.Message);
    }

    public static TheoryData<Action> Nothings() => new()
    {
        () => _ = ones(1) + (Tensor)null!,
        () => ones(1).matmul(null!),
        () => cat((IList<Tensor>)null!),
        () => cat([ones(1), null!]),
        () => where(null!, ones(1), ones(1)),
        () => ones(2, 2).index_select(0, null!),
        () => tensor((float[])null!),
        () => autograd.grad(null!, [ones(1)]),
        () => autograd.grad([ones(1)], [null!]),
        () => einsum(null!, ones(1)),
        () => linalg.solve(null!, ones(1)),
        () => torch.load((string)null!),
        () => tensor((List<double>)null!),
        () => tensor((double[,])null!),
    };

    [Theory]
    [MemberData(nameof(Nothings), DisableDiscoveryEnumeration = true)]
    public void Null_is_an_argument_exception(Action misuse) => Assert.Throws<ArgumentNullException>(misuse);

    [Fact]
    public void An_error_in_one_thread_is_not_anothers()
    {
        var messages = new string[4];
        Parallel.For(0, 4, thread =>
        {
            for (var i = 0; i < 200; i++)
                messages[thread] = Assert.Throws<ExternalException>(() => ones(thread + 2).reshape(-1, thread + 50)).Message;
        });
        for (var thread = 0; thread < 4; thread++)
            Assert.Contains($"Float32 [{thread + 2}]", messages[thread]);
    }

    private static void Twice()
    {
        var loss = ones(2, requires_grad: true).square().sum();
        loss.backward();
        loss.backward();
    }

    private static void InPart()
    {
        var half = ones(2, requires_grad: true).square();
        half.sum().backward();
        half.mul(2).sum().backward();
    }

    private static void Changed()
    {
        var x = ones(2, requires_grad: true) * 2;
        var loss = x.square().sum();
        x.add_(1);
        loss.backward();
    }
}
