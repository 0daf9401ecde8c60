using System.Numerics;
using System.Runtime.CompilerServices;
using Pyro.Distributions;

namespace Pyro.Kernels;

/// <summary>ln I₀ of a register of numbers: below a bound the power series Σ (¼κ²)ⁿ/n!², whose terms are all positive, and from there the asymptotic one.</summary>
internal static class BesselLanes
{
    /// <summary>ln I₀(κ) − κ, and 1 − I₁(κ)/I₀(κ), which is its derivative with the other sign.</summary>
    /// <param name="kappa">κ, from 0.</param>
    /// <param name="lag">The latter.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Vector<T> Log<T>(Vector<T> kappa, out Vector<T> lag)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var single = typeof(T) == typeof(float);
        var one = Vector<T>.One;
        var bound = Lanes.Of<T>(single ? 10 : Bessel.Bound);
        var near = Vector.LessThan(kappa, bound);
        var half = Lanes.Only(near, kappa) * Lanes.Of<T>(0.5);
        var q = half * half;
        var (sum, ofFirst) = (one, one);
        for (var n = single ? 24 : 64; n >= 1; n--)
        {
            sum = sum * q * Lanes.Of<T>(1.0 / (n * n)) + one;
            ofFirst = ofFirst * q * Lanes.Of<T>(1.0 / (n * (n + 1))) + one;
        }
        var r = one / Lanes.Where(near, bound, kappa);
        Vector<T> series = default, slope = default;
        for (var i = single ? 8 : Bessel.Series.Length; i >= 1; i--)
        {
            series = (series + Lanes.Of<T>(Bessel.Series[i - 1])) * r;
            slope = (slope + Lanes.Of<T>(Bessel.Series[i - 1] * i)) * r;
        }
        lag = Lanes.Where(near, one - half * ofFirst / sum, (slope + Lanes.Of<T>(0.5)) * r);
        var log = Lanes.Log(Lanes.Where(near, sum, kappa));
        return Lanes.Where(near, log - kappa, series - (log + Lanes.Of<T>(Logs.TwoPi)) * Lanes.Of<T>(0.5));
    }
}
