using static TorchSharp.torch;

namespace Pyro.Distributions.Transforms;

/// <summary>y = ln(1 + exp(x)), onto the positive numbers: exp(x) far below zero, x far above.</summary>
public sealed class Softplus : Bijector
{
    private Softplus()
    {
    }

    /// <summary>The map.</summary>
    public static Softplus Instance { get; } = new();

    /// <inheritdoc/>
    public override Constraint Range => Constraints.Positive;

    /// <inheritdoc/>
    internal override bool IsFixed => true;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Range.Settle(Logs.Softplus(x));

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y)
    {
        // From there on nothing is left of the second term, and nothing flows through it.
        var far = y.gt(40);
        return y + where(far, y.new_zeros([]), (-(-where(far, y.new_full([], 1), y)).expm1()).log());
    }

    /// <inheritdoc/>
    public override Tensor LogDetJacobian(Tensor x, Tensor y) => -Forward(-x);
}
