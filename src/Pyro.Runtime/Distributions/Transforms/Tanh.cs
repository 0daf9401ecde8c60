using static TorchSharp.torch;

namespace Pyro.Distributions.Transforms;

/// <summary>y = tanh(x), onto the numbers between −1 and 1.</summary>
public sealed class Tanh : Bijector
{
    private Tanh()
    {
    }

    /// <summary>The map.</summary>
    public static Tanh Instance { get; } = new();

    /// <inheritdoc/>
    public override Constraint Range { get; } = Constraints.Interval(-1, 1);

    /// <inheritdoc/>
    internal override bool IsFixed => true;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Range.Settle(x.tanh());

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => y.atanh();

    // 1 − tanh² x = (2/(exp(x) + exp(−x)))², which does not cancel where tanh x is near 1.
    /// <inheritdoc/>
    public override Tensor LogDetJacobian(Tensor x, Tensor y) => 2 * (Logs.Two - x.abs() - (-2 * x.abs()).exp().log1p());
}
