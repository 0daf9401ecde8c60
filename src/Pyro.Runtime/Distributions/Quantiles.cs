using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>Quantiles that have no formula, by halving an interval that is known to hold them.</summary>
internal static class Quantiles
{
    // Each halves an interval of the logarithm, at most some millions wide: more than a double can tell apart.
    private const int Halvings = 80;

    /// <summary>
    /// The number x with P(α, x) = p, the inverse of the regularised lower incomplete gamma function. As P(α, x) ≤ xᵅ/Γ(α + 1), ln x is at least
    /// (ln p + ln Γ(α + 1))/α; and with t = −ln(1 − p) it is at most ln(α + √(2αt) + t) (Laurent and Massart, 2000). It carries no gradient.
    /// </summary>
    /// <param name="alpha">The shape α; positive.</param>
    /// <param name="probability">The probability p: 0 at p = 0, ∞ at p = 1, NaN outside.</param>
    public static Tensor Gamma(Tensor alpha, Tensor probability)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var (a, p) = (alpha.to_type(ScalarType.Float64), probability.to_type(ScalarType.Float64));
        var tail = -(-p).log1p();
        var low = (p.log() + (a + 1).lgamma()) / a;
        var high = (a + (2 * a * tail).sqrt() + tail).log();
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (low + high) / 2;
            var below = special.gammainc(a, middle.exp()).lt(p);
            (low, high) = (where(below, middle, low), where(below, high, middle));
        }
        var x = ((low + high) / 2).exp();
        x = where(p.gt(0), x, where(p.eq(0), x.new_zeros([]), x.new_full([], double.NaN)));
        x = where(p.lt(1), x, where(p.eq(1), x.new_full([], double.PositiveInfinity), x.new_full([], double.NaN)));
        return scope.MoveToOuter(x.to_type(alpha.dtype));
    }
}
