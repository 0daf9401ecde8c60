using System.Numerics;
using System.Runtime.CompilerServices;
using Pyro.Distributions;

namespace Pyro.Kernels;

/// <summary>
/// Differences of ln Γ that stay small where ln Γ itself is large: then nothing of them is lost. Floats from 1 take polynomials of 1/x and those below
/// polynomials of x, all of which interpolate at Chebyshev's nodes; doubles take Stirling's series above a bound, and ln Γ itself below.
/// </summary>
internal static partial class GammaLanes
{
    // The series of ln Γ(x + ½) − ln Γ(x) − ½ ln x, of odd powers of 1/x, is good to rounding from here on.
    private const double HalfStepBound = 12;

    /// <summary>z ln z − z − ln z!: the log probability of the count z under the Poisson distribution of mean z; about −½ ln 2πz. 0 at z = 0.</summary>
    /// <param name="z">z, from 0.</param>
    /// <param name="log">ln z; 0 where z is 0.</param>
    /// <param name="slope">Its derivative ln z − ψ(z + 1), about −½/z.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Peak<T>(Vector<T> z, Vector<T> log, out Vector<T> slope)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
        {
            var near = Vector.LessThan(z, Vector<T>.One);
            var r = Lanes.Where(near, Vector<T>.One, Vector<T>.One / z);
            var u = Lanes.Where(near, z, Vector<T>.One);
            slope = Lanes.Where(near, log - PsiNearOne(u), r * LagSeries(r));
            return Lanes.Where(near, u * (log - LogNearOne(u)), log * Lanes.Of<T>(-0.5) - Lanes.Of<T>(Logs.HalfTwoPi) - r * RestSeries(r));
        }
        else
        {
            var near = Vector.LessThan(z, Lanes.Of<T>(9));
            // z! = Γ(z + 1), whose argument moves up by 8 steps.
            var first = Lanes.Where(near, z + Vector<T>.One, Vector<T>.One);
            var y = Lanes.Where(near, z + Lanes.Of<T>(9), z);
            var r = Vector<T>.One / y;
            var r2 = r * r;
            var logY = Lanes.Log(y);
            var rest = r * LogSeries(r2);
            slope = Lanes.Where(
                near, log - logY + r * Lanes.Of<T>(0.5) + r2 * DigammaSeries(r2) + Reciprocals(first), r2 * DigammaSeries(r2) - r * Lanes.Of<T>(0.5));
            return Lanes.Where(
                near,
                z * log + Lanes.Of<T>(9 - Logs.HalfTwoPi) - (y - Lanes.Of<T>(0.5)) * logY - rest + Lanes.Log(Product(first)),
                log * Lanes.Of<T>(-0.5) - Lanes.Of<T>(Logs.HalfTwoPi) - rest);
        }
    }

    /// <summary>ln Γ(x + ½) − ln Γ(x) − ½ ln x, about −⅛/x, and its derivative.</summary>
    /// <param name="x">x; positive.</param>
    /// <param name="slope">The derivative.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> HalfStep<T>(Vector<T> x, out Vector<T> slope)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var half = Lanes.Of<T>(0.5);
        if (typeof(T) == typeof(float))
        {
            var near = Vector.LessThan(x, Vector<T>.One);
            var y = Lanes.Where(near, x + Vector<T>.One, x);
            var r = Vector<T>.One / y;
            var moved = r * HalfStepSeries(r);
            var movedSlope = r * r * HalfStepSlopeSeries(r);
            var u = Lanes.Where(near, x, Vector<T>.One);
            var middle = u + half;
            // One step is ½ ln x(x + 1) − ln(x + ½).
            slope = movedSlope + Lanes.Only(near, half * (Vector<T>.One / u + r) - Vector<T>.One / middle);
            return moved + Lanes.Only(near, half * Lanes.Log(u * (u + Vector<T>.One) / (middle * middle)));
        }
        else
        {
            var near = Vector.LessThan(x, Lanes.Of<T>(HalfStepBound));
            var u = Lanes.Where(near, x, Vector<T>.One);
            var direct = Log(u + half, out var upper) - Log(u, out var lower) - half * Lanes.Log(u);
            var r = Vector<T>.One / Lanes.Where(near, Lanes.Of<T>(HalfStepBound), x);
            var r2 = r * r;
            var (sum, sumOfSlope) = (Vector<T>.Zero, Vector<T>.Zero);
            for (var k = Logs.HalfStep.Length; k >= 1; k--)
            {
                sum = sum * r2 + Lanes.Of<T>(Logs.HalfStep[k - 1]);
                sumOfSlope = sumOfSlope * r2 + Lanes.Of<T>(Logs.HalfStepSlope[k - 1]);
            }
            slope = Lanes.Where(near, upper - lower - half / u, r2 * sumOfSlope);
            return Lanes.Where(near, direct, r * sum);
        }
    }

    // (ln Γ(x) − (x − ½) ln x + x − ½ ln 2π) x in r = 1/x.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> RestSeries<T>(Vector<T> r)
        where T : unmanaged, IFloatingPointIeee754<T> => Polynomial(
        r, 0.0833333367, -3.49734534e-7, -0.00277068811, -6.09097331e-5, 0.00106353309, -0.000645669863, 0.000142218941, 0);

    // (ln x − ψ(x + 1)) x in r = 1/x.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> LagSeries<T>(Vector<T> r)
        where T : unmanaged, IFloatingPointIeee754<T> => Polynomial(
        r, -0.49999999, 0.0833320916, 2.40818529e-5, -0.00849219679, 0.000366257414, 0.00427722149, -0.00300761516, 0.000715826356);

    // (ln Γ(x + ½) − ln Γ(x) − ½ ln x) x in r = 1/x.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> HalfStepSeries<T>(Vector<T> r)
        where T : unmanaged, IFloatingPointIeee754<T> => Polynomial(
        r, -0.125000007, 6.83358817e-7, 0.00519441547, 0.000120210355, -0.00209750853, 0.00128416432, -0.000284205141, 0);

    // Its derivative times x².
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> HalfStepSlopeSeries<T>(Vector<T> r)
        where T : unmanaged, IFloatingPointIeee754<T> => Polynomial(
        r, 0.125000037, -4.74340904e-6, -0.0155197025, -0.000927915845, 0.0119681444, -0.0101891991, 0.00403080721, -0.000651784835);

    // 1 + ln Γ(1 + u)/u for u from 0 to 1.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> LogNearOne<T>(Vector<T> u)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var u8 = u * u;
        u8 *= u8;
        u8 *= u8;
        return Polynomial(u, 0.42278434, 0.822465957, -0.400649325, 0.270095907, -0.204011136, 0.15555903, -0.106559668, 0.0567723874)
            + u8 * (Lanes.Of<T>(-0.0196479772) + u * Lanes.Of<T>(0.00319048683));
    }

    // ψ(1 + u) for u from 0 to 1.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> PsiNearOne<T>(Vector<T> u)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var u8 = u * u;
        u8 *= u8;
        u8 *= u8;
        return Polynomial(u, -0.577215621, 1.64492516, -1.20175547, 1.07827779, -1.00854877, 0.898133937, -0.682764913, 0.388350965)
            + u8 * (Lanes.Of<T>(-0.139917502) + u * Lanes.Of<T>(0.0232987802));
    }

    // Eight terms as pairs of pairs.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> Polynomial<T>(Vector<T> x, double a, double b, double c, double d, double e, double f, double g, double h)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var x2 = x * x;
        var low = Pair(x2, Pair(x, Lanes.Of<T>(a), Lanes.Of<T>(b)), Pair(x, Lanes.Of<T>(c), Lanes.Of<T>(d)));
        var high = Pair(x2, Pair(x, Lanes.Of<T>(e), Lanes.Of<T>(f)), Pair(x, Lanes.Of<T>(g), Lanes.Of<T>(h)));
        return Pair(x2 * x2, low, high);
    }

    // a + b x, in one rounding where the processor has that.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> Pair<T>(Vector<T> x, Vector<T> a, Vector<T> b)
        where T : unmanaged, IFloatingPointIeee754<T> => typeof(T) == typeof(float)
        ? Vector.MultiplyAddEstimate(b.As<T, float>(), x.As<T, float>(), a.As<T, float>()).As<float, T>()
        : b * x + a;
}
