using Pyro.Distributions.Transforms;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>Vectors of non-negative numbers that add up to 1, up to rounding.</summary>
internal sealed class SimplexConstraint() : Constraint(nameof(Constraints.Simplex), "the simplex: numbers from zero that add up to 1", 1, false)
{
    // How far from 1 a sum may be. What normalizes a row of floats rounds with each term: the longer the row, the farther. A sum of 1.01 is wrong always.
    private const double Least = 1e-5;
    private const double EachFloat = 3e-8;
    private const double Most = 5e-3;

    /// <summary>How far the sum of a row may be from 1.</summary>
    /// <param name="columns">How long the row is.</param>
    /// <param name="single">Whether it is of floats, or of less.</param>
    public static double Tolerance(long columns, bool single) => single ? Math.Min(Least + columns * EachFloat, Most) : Least;

    public override Tensor Check(Tensor value) =>
        value.ge(0).all(-1).logical_and(value.sum(-1).sub(1).abs().le(Tolerance(value.Sizes()[^1], value.dtype != ScalarType.Float64)));

    public override Bijector TransformTo() => StickBreaking.Instance;

    internal override Tensor Settle(Tensor value) => Noise.Positive(value);
}
