using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// The modified Bessel functions that the von Mises distribution is made of. For large κ their differences come from the asymptotic series of I₀
/// (Abramowitz and Stegun 9.7.1), whose logarithm is −½ ln 2πκ + κ⁻¹/8 + κ⁻²/16 + 25κ⁻³/384 + …
/// </summary>
internal static class Bessel
{
    // The series is good to rounding from here on.
    private const double Bound = 30;

    private const int TermsOfFloats = 6;

    // By powers of 1/κ from the first.
    private static readonly double[] s_series =
    [
        0.125, 0.0625, 0.065104166666666667, 0.1015625, 0.2095703125, 0.53645833333333333, 1.6380658830915179, 5.809814453125, 23.475127749972873,
        106.467822265625, 535.64051951061596, 2960.7397867838542, 17837.279688947476, 116339.24666050502, 816737.84219107668,
    ];

    /// <summary>ln I₀(κ) − κ.</summary>
    /// <param name="kappa">κ, from 0.</param>
    public static Tensor Log(Tensor kappa)
    {
        var near = kappa.lt(Bound);
        var high = Restricted.Safe(kappa, near.logical_not(), Bound);
        var r = high.reciprocal();
        var sum = r.new_zeros([]);
        for (var i = Terms(kappa) - 1; i >= 0; i--)
            sum = (sum + s_series[i]) * r;
        return where(near, special.i0e(Restricted.Safe(kappa, near, 1)).log(), sum - 0.5 * (high.log() + Logs.TwoPi));
    }

    /// <summary>1 − I₁(κ)/I₀(κ), about ½/κ: the circular variance.</summary>
    /// <param name="kappa">κ, from 0.</param>
    public static Tensor Lag(Tensor kappa)
    {
        var near = kappa.lt(Bound);
        var low = Restricted.Safe(kappa, near, 1);
        var r = Restricted.Safe(kappa, near.logical_not(), Bound).reciprocal();
        var sum = r.new_zeros([]);
        for (var i = Terms(kappa) - 1; i >= 0; i--)
            sum = (sum + s_series[i] * (i + 1)) * r;
        return where(near, 1 - special.i1e(low) / special.i0e(low), (sum + 0.5) * r);
    }

    private static int Terms(Tensor kappa) => kappa.dtype == ScalarType.Float64 ? s_series.Length : TermsOfFloats;
}
