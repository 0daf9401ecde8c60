using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Kernels;

/// <summary>The fused sum against the same by operations.</summary>
public sealed class FusedSumTests
{
    public static TheoryData<long, bool, bool, bool> Cases => new()
    {
        { 1, false, false, true }, { 7, false, false, true }, { 8, true, false, true }, { 1003, false, true, true },
        { 1003, true, true, false }, { 70001, false, false, false }, { 5, false, true, false },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void ValueAndGradientsAreThoseOfOperations(long count, bool singleMu, bool singleSigma, bool wide)
    {
        using var scope = NewDisposeScope();
        var type = wide ? ScalarType.Float64 : ScalarType.Float32;
        var generator = new Generator(7);
        Tensor Draw(bool single) => randn(single ? [] : [count], type, generator: generator);
        Tensor[] fused = [Draw(false).requires_grad_(), Draw(singleMu).requires_grad_(), (Draw(singleSigma).abs() + 0.5).detach().requires_grad_()];
        var operations = Array.ConvertAll(fused, t => t.detach().to_type(ScalarType.Float64).requires_grad_());

        var sum = Normal.LogPdf(fused[0], fused[1], fused[2]);
        var expected = Normal.LogProb(operations[0], operations[1], operations[2]).sum();
        (sum * 3).backward();
        (expected * 3).backward();

        Assert.Equal(0, sum.dim());
        var tolerance = wide ? 1e-9 : 1e-5;
        Close(expected, sum, tolerance);
        for (var i = 0; i < 3; i++)
            Close(operations[i].grad!, fused[i].grad!, tolerance);
    }

    [Fact]
    public void OnlyWantedGradientsAreGiven()
    {
        using var scope = NewDisposeScope();
        var (x, mu, sigma) = (randn(10), zeros(10).requires_grad_(), ones(10));
        Normal.LogPdf(x, mu, sigma).backward();
        Close(x, mu.grad!, 1e-5);
        Assert.Null(x.grad);
        Assert.False(Normal.LogPdf(x, mu.detach(), sigma).requires_grad);
    }

    [Fact]
    public void ADerivativeHasADerivative()
    {
        using var scope = NewDisposeScope();
        var x = randn([4], ScalarType.Float64).requires_grad_();
        var sigma = full([4], 2.0, ScalarType.Float64);
        var first = autograd.grad([Normal.LogPdf(x, zeros([4], ScalarType.Float64), sigma)], [x], create_graph: true)[0];
        Close(-x / 4, first, 1e-12);
        var second = autograd.grad([first.square().sum()], [x])[0];
        Close(x / 8, second, 1e-12);
    }

    [Theory]
    [InlineData(1e30f, 0f, 1f)]
    [InlineData(0f, 0f, 1e-30f)]
    [InlineData(1f, 0f, 1e-30f)]
    [InlineData(-1e30f, 1e30f, 1e4f)]
    public void ExtremesAreThoseOfOperations(float x, float mu, float sigma)
    {
        using var scope = NewDisposeScope();
        Assert.Equal(Normal.LogProb(tensor(x), tensor(mu), tensor(sigma)).item<float>(), Normal.LogPdf(tensor(x), tensor(mu), tensor(sigma)).item<float>(), 1e-4f);
    }

    [Fact]
    public void WhatDoesNotLieInOrderIsSummedByOperations()
    {
        using var scope = NewDisposeScope();
        var x = randn([3, 5], ScalarType.Float64).t();
        var mu = randn([3], ScalarType.Float64).requires_grad_();
        var sigma = ones([5, 1], ScalarType.Float64);
        Close(Normal.LogProb(x, mu, sigma).sum(), Normal.LogPdf(x, mu, sigma), 1e-12);
        Assert.Equal(0, Normal.LogPdf(zeros(0), tensor(0f), tensor(1f)).item<float>());
        Assert.Equal(ScalarType.Float64, Normal.LogPdf(zeros(3), zeros([3], ScalarType.Float64), tensor(1f)).dtype);
    }

    private static void Close(Tensor expected, Tensor actual, double relative)
    {
        Assert.Equal(expected.shape, actual.shape);
        var wide = expected.detach().to_type(ScalarType.Float64);
        var apart = (wide - actual.detach().to_type(ScalarType.Float64)).abs() / wide.abs().clamp_min(1);
        Assert.True(apart.max().item<double>() <= relative, $"{apart.max().item<double>()} apart");
    }
}
