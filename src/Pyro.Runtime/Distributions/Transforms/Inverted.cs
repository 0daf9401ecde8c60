using static TorchSharp.torch;

namespace Pyro.Distributions.Transforms;

/// <summary>A map the other way round.</summary>
/// <param name="map">The map.</param>
/// <param name="range">Where the inverse's values lie: the map's domain; the finite numbers where none is given.</param>
public sealed class Inverted(Bijector map, Constraint? range = null) : Bijector
{
    /// <inheritdoc/>
    public override int EventRank => map.EventRank;

    /// <inheritdoc/>
    public override Constraint Range => range ?? Constraints.Real;

    /// <inheritdoc/>
    public override bool KeepsSource => map.KeepsSource;

    /// <inheritdoc/>
    internal override bool IsFixed => map.IsFixed;

    /// <inheritdoc/>
    internal override long? InputSize => map.InputSize is { } size ? map.ForwardShape([size, size])[^1] : null;

    /// <inheritdoc/>
    public override long[] ForwardShape(long[] shape) => map.InverseShape(shape);

    /// <inheritdoc/>
    public override long[] InverseShape(long[] shape) => map.ForwardShape(shape);

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Range.Settle(map.Inverse(x));

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => map.Forward(y);

    /// <inheritdoc/>
    public override Tensor LogDetJacobian(Tensor x, Tensor y) => -map.LogDetJacobian(y, x);
}
