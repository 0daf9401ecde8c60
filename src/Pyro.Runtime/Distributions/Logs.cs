using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>Logarithms that densities are made of.</summary>
internal static class Logs
{
    /// <summary>ln 2.</summary>
    public const double Two = 0.69314718055994530942;

    /// <summary>√2.</summary>
    public const double RootTwo = 1.41421356237309504880;

    /// <summary>Euler's constant γ.</summary>
    public const double EulerGamma = 0.57721566490153286061;

    /// <summary>ln π.</summary>
    public const double Pi = 1.14472988584940017414;

    /// <summary>ln 2π.</summary>
    public const double TwoPi = 1.83787706640934548356;

    /// <summary>½ ln 2π.</summary>
    public const double HalfTwoPi = 0.91893853320467274178;

    /// <summary>A number next to whose square 1 is nothing.</summary>
    public const double Far = 1e10;

    /// <summary>The coefficients of ln Γ(x + ½) − ln Γ(x) − ½ ln x by odd powers of 1/x: −(2 − 2¹⁻²ᵏ) B₂ₖ/(2k (2k − 1)).</summary>
    public static readonly double[] HalfStep =
    [
        -1.0 / 8, 1.0 / 192, -1.0 / 640, 17.0 / 14336, -31.0 / 18432, 0.00383411754261363636, -0.0128197303185096154, 0.0591004053751627604,
        -0.359287374159869026, 2.78486177795811703,
    ];

    /// <summary>Those of its derivative, by even powers from 1/x².</summary>
    public static readonly double[] HalfStepSlope = [.. HalfStep.Select((c, i) => -c * (2 * i + 1))];

    /// <summary>ln(1 + eˣ) to the last digit: x itself only where nothing is left of the rest.</summary>
#pragma warning disable RS0030 // From 40 on both precisions have x itself.
    public static Tensor Softplus(Tensor x) => x.softplus(beta: 1, threshold: 40);
#pragma warning restore RS0030

    /// <summary>−|z| − 2 ln(1 + e^−|z|), the logistic density of z: −2 ln(2 cosh ½z), whose gradient is small where z is.</summary>
    public static Tensor Logistic(Tensor z)
    {
        var size = z.abs();
        var near = size.lt(1);
        var close = 2 * (Restricted.Safe(z, near, 0) / 4).sinh().square();
        return where(near, -2 * (close.log1p() + Two), -size - 2 * Softplus(-size));
    }

    /// <summary>eˣ − 1 − x, about ½x², whose gradient eˣ − 1 is small where x is.</summary>
    public static Tensor ExpRest(Tensor x)
    {
        var near = x.abs().lt(0.3);
        var close = Restricted.Safe(x, near, 0);
        var sum = close / 13 + 1;
        for (var k = 12; k >= 3; k--)
            sum = sum * (close / k) + 1;
        return where(near, 0.5 * close.square() * sum, x.expm1() - x);
    }

    /// <summary>ln x/y, also where the two are nearly the same.</summary>
    public static Tensor Ratio(Tensor x, Tensor y)
    {
        var near = (x - y).abs().lt(0.3 * y);
        return where(near, ((where(near, x, y) - y) / y).log1p(), x.log() - y.log());
    }

    /// <summary>ln(1 + z²), also where z² is too large a number.</summary>
    public static Tensor OneAndSquare(Tensor z)
    {
        var far = z.abs().gt(Far);
        var near = where(far, z.new_zeros([]), z);
        return where(far, 2 * Restricted.Safe(z.abs(), far, 1).log(), near.square().log1p());
    }

    /// <summary>
    /// ln aˣ = x ln a, which is 0 where x is 0, whatever a is; so is its gradient there. (xlogy has the gradient 0/0 at x = a = 0.)
    /// </summary>
    public static Tensor Power(Tensor a, Tensor x) => x * where(x.eq(0), a.new_full([], 1), a).log();
}
