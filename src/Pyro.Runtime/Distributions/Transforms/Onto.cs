using static TorchSharp.torch;

namespace Pyro.Distributions.Transforms;

/// <summary>
/// All reals onto an interval with bounds a and b: y = a σ(−x) + b σ(x), where σ(x) = 1 / (1 + exp(−x)); y = a + exp(x) with a lower bound alone, and
/// y = b − exp(x) with an upper one. The inverse takes the distances from the bounds, which have all their digits.
/// </summary>
/// <param name="lower">The lower bound; null for none.</param>
/// <param name="upper">The upper bound; null for none.</param>
/// <param name="range">The interval.</param>
internal sealed class Onto(TensorArg? lower, TensorArg? upper, Constraint range) : Bijector
{
    public override Constraint Range => range;

    public override long[] ForwardShape(long[] shape)
    {
        foreach (var bound in new[] { lower, upper })
            if (bound is { } given)
                shape = Shapes.Broadcast(shape, given.Resolve().Sizes()) ?? shape;
        return shape;
    }

    public override Tensor Forward(Tensor x) => range.Settle((lower?.Like(x), upper?.Like(x)) switch
    {
        ({ } a, null) => a + x.exp(),
        (null, { } b) => b - x.exp(),
        ({ } a, { } b) => a * (-x).sigmoid() + b * x.sigmoid(),
        _ => x,
    });

    public override Tensor Inverse(Tensor y) => (lower?.Like(y), upper?.Like(y)) switch
    {
        ({ } a, null) => (y - a).log(),
        (null, { } b) => (b - y).log(),
        ({ } a, { } b) => (y - a).log() - (b - y).log(),
        _ => y,
    };

    public override Tensor LogDetJacobian(Tensor x, Tensor y) => lower is { } a && upper is { } b
        ? (b.Like(x) / 2 - a.Like(x) / 2).log() + Logs.Two - Logs.Softplus(x) - Logs.Softplus(-x)
        : x.expand(y.Sizes());
}
