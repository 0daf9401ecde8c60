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

    /// <summary>ln B(a, b).</summary>
    public static Tensor Beta(Tensor a, Tensor b) => a.lgamma() + b.lgamma() - (a + b).lgamma();

    /// <summary>ln(1 + eˣ) to the last digit: x itself only where nothing is left of the rest.</summary>
    public static Tensor Softplus(Tensor x) => x.softplus(beta: 1, threshold: 40);

    /// <summary>ln(1 + z²), also where z² is too large a number.</summary>
    public static Tensor OneAndSquare(Tensor z)
    {
        var far = z.abs().gt(Far);
        var near = where(far, z.new_zeros([]), z);
        return where(far, 2 * Restricted.Safe(z.abs(), far, 1).log(), near.square().log1p());
    }

    /// <summary>ln of the number of ways to choose k of n.</summary>
    public static Tensor Choose(Tensor n, Tensor k) => (n + 1).lgamma() - (k + 1).lgamma() - (n - k + 1).lgamma();

    /// <summary>
    /// ln aˣ = x ln a, which is 0 where x is 0, whatever a is; so is its gradient there. (xlogy has the gradient 0/0 at x = a = 0.)
    /// </summary>
    public static Tensor Power(Tensor a, Tensor x) => x * where(x.eq(0), a.new_full([], 1), a).log();
}
