using static TorchSharp.torch;

namespace Pyro.Runtime.Tests;

/// <summary>Tensors as numbers, and back.</summary>
internal static class Numeric
{
    // TorchSharp's item and data do not keep their tensor alive: outside of a scope its memory may go to another test while it is read.
    public static double Number(this Tensor scalar) => scalar.detach().to_type(ScalarType.Float64).Number<double>();

    public static double[] Numbers(this Tensor tensor) => tensor.detach().to_type(ScalarType.Float64).Numbers<double>();

    public static Tensor Double(params double[] values) => tensor(values);

    public static Tensor Scalar(double value) => tensor(value, ScalarType.Float64);

    public static void Close(double expected, double actual, double tolerance = 1e-9)
    {
        if (expected == actual)
            return;
        Assert.That(Math.Abs(expected - actual) <= tolerance * Math.Max(1, Math.Abs(expected)), $"expected {expected:R}, got {actual:R}");
    }

    public static void Close(double[] expected, double[] actual, double tolerance = 1e-9)
    {
        Assert.That(actual.Length, Is.EqualTo(expected.Length));
        for (var i = 0; i < expected.Length; i++)
            Close(expected[i], actual[i], tolerance);
    }

    /// <summary>Holds the gradient of a scalar function against central differences, at every element of every argument.</summary>
    public static void GradientIsRight(Func<Tensor[], Tensor> function, double tolerance, params Tensor[] arguments)
    {
        var leaves = arguments.Select(a => a.detach().clone().requires_grad_()).ToArray();
        var value = function(leaves);
        Assert.That(value.dim(), Is.EqualTo(0));
        if (value.requires_grad)
            value.backward();
        using var noGrad = no_grad();
        for (var k = 0; k < leaves.Length; k++)
        {
            var gradient = leaves[k].grad is { } g ? g.Numbers() : new double[leaves[k].numel()];
            var flat = leaves[k].detach().reshape(-1);
            for (var i = 0; i < gradient.Length; i++)
            {
                var x = flat[i].Number();
                var h = 1e-5 * Math.Max(1e-2, Math.Abs(x));
                flat[i].fill_(x + h);
                var above = function(leaves).Number();
                flat[i].fill_(x - h);
                var below = function(leaves).Number();
                flat[i].fill_(x);
                Close((above - below) / (2 * h), gradient[i], tolerance);
            }
        }
    }
}
