using static TorchSharp.torch;

namespace Pyro.Distributions.Transforms;

/// <summary>y = loc + scale · x.</summary>
/// <param name="loc">The shift.</param>
/// <param name="scale">The factor; not 0.</param>
public sealed class Affine(TensorArg loc, TensorArg scale) : Bijector
{
    /// <inheritdoc/>
    public override long[] ForwardShape(long[] shape)
    {
        var (shift, factor) = TensorArg.Resolve(loc, scale);
        return Shapes.Broadcast(Shapes.Broadcast(shape, shift.Sizes()) ?? shape, factor.Sizes()) ?? shape;
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Range.Settle(loc.Like(x) + scale.Like(x) * x);

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => (y - loc.Like(y)) / scale.Like(y);

    /// <inheritdoc/>
    public override Tensor LogDetJacobian(Tensor x, Tensor y) => scale.Like(x).abs().log().expand(x.Sizes());
}
