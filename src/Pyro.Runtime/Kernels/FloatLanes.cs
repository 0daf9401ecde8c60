using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Pyro.Kernels;

/// <summary>
/// Logarithm and exponential function of floats, to rounding. The library's own are calls, around which a loop of registers spills all it holds;
/// these become part of the loop. Their polynomials interpolate at Chebyshev's nodes.
/// </summary>
internal static class FloatLanes
{
    // ln 2 as a number of few digits, whose multiples are exact, and the rest.
    private const float Ln2 = 0.693359375f;
    private const float Ln2Rest = -2.12194440e-4f;

    // Whether a product is added without rounding it first: then multiples of ln 2 need no splitting.
    private static bool Fuses => Fma.IsSupported || AdvSimd.IsSupported;

    // The bits of 2/3: mantissas are taken from there up to 4/3.
    private const int TwoThirds = 0x3f2aaaab;

    /// <summary>ln x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Log(Vector<float> x)
    {
        var r = Mantissa(x, out var exponent) - Vector<float>.One;
        return Whole(x, Log(exponent, r, Curve(r)));
    }

    /// <summary>m − c − c ln(m/c), which is ½(m − c)²/c where m is near c, and ln(m/c).</summary>
    /// <param name="cell">c; positive.</param>
    /// <param name="mean">m; from 0.</param>
    /// <param name="apart">m − c, as exact as it is known.</param>
    /// <param name="scaled">Where the mean is scaled by <see cref="Lanes.LogMeanScale"/>, as it is too small a number.</param>
    /// <param name="log">The logarithm.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Deviance(Vector<float> cell, Vector<float> mean, Vector<float> apart, Vector<float> scaled, out Vector<float> log)
    {
        var inverse = Vector<float>.One / cell;
        // Next to a ratio that is too large a number, its logarithm is nothing. NaN propagates.
        var ratio = Vector.MinNative(new Vector<float>(float.MaxValue), mean * inverse);
        var mantissa = Mantissa(ratio, out var exponent);
        // From 2/3 to 4/3 the logarithm is r + r² p(r), where r is the ratio's difference from 1.
        var near = Vector.AndNot(Vector.Equals(exponent, Vector<float>.Zero), scaled.As<float, int>());
        var r = Vector.ConditionalSelect(near, apart * inverse, mantissa - Vector<float>.One);
        var curve = Curve(r);
        log = Whole(ratio, Log(exponent, r, curve)) - (scaled & new Vector<float>((float)Lanes.LogMeanScale<float>()));
        return Vector.ConditionalSelect(near, -cell * curve, apart - cell * log);
    }

    // A number as m 2ⁿ with m from 2/3 to 4/3. Subnormal numbers are scaled up.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Mantissa(Vector<float> x, out Vector<float> exponent)
    {
        var subnormal = Vector.LessThan(x, new Vector<float>(1.17549435e-38f));
        var y = Vector.ConditionalSelect(subnormal, x * new Vector<float>(8388608f), x);
        var bits = y.As<float, int>() - new Vector<int>(TwoThirds);
        exponent = Vector.ConvertToSingle(Vector.ShiftRightArithmetic(bits, 23)) - Vector.ConditionalSelect(subnormal, new Vector<float>(23f), Vector<float>.Zero);
        return ((bits & new Vector<int>(0x7fffff)) + new Vector<int>(TwoThirds)).As<int, float>();
    }

    // ln(1 + r) − r for r from −1/3 to 1/3.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Curve(Vector<float> r)
    {
        var r2 = r * r;
        var r4 = r2 * r2;
        var low = Pair(r2, Pair(r, -0.5f, 0.333332717f), Pair(r, -0.249999449f, 0.200072333f));
        var high = Pair(r2, Pair(r, -0.166733161f, 0.140558124f), Pair(r, -0.122887217f, 0.13748309f));
        return Pair(r4, low, Pair(r4, high, new Vector<float>(-0.124222003f))) * r2;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Log(Vector<float> exponent, Vector<float> r, Vector<float> curve)
    {
        var log = curve + Vector.MultiplyAddEstimate(exponent, new Vector<float>(Ln2Rest), r);
        return Vector.MultiplyAddEstimate(exponent, new Vector<float>(Ln2), log);
    }

    // The logarithm also of 0, of numbers below it, of infinity and of NaN.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Whole(Vector<float> x, Vector<float> log)
    {
        var odd = Vector.ConditionalSelect(Vector.LessThan(x, Vector<float>.Zero), new Vector<float>(float.NaN), x);
        odd = Vector.ConditionalSelect(Vector.Equals(x, Vector<float>.Zero), new Vector<float>(float.NegativeInfinity), odd);
        return Vector.ConditionalSelect(
            Vector.GreaterThan(x, Vector<float>.Zero) & Vector.LessThan(x, new Vector<float>(float.PositiveInfinity)), log, odd);
    }

    /// <summary>eˣ for x up to 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> ExpOfNegative(Vector<float> x)
    {
        // From here down 2ⁿ is 0, as its bits are. What is no number stays it.
        x = Vector.MaxNative(new Vector<float>(-88f), x);
        var magic = new Vector<float>(12582912f);
        var sum = Vector.MultiplyAddEstimate(x, new Vector<float>(1.44269504f), magic);
        var n = sum - magic;
        var r = Fuses
            ? Vector.MultiplyAddEstimate(n, new Vector<float>(-0.693147182f), x)
            : x - n * new Vector<float>(Ln2) - n * new Vector<float>(Ln2Rest);
        var r2 = r * r;
        var low = Pair(r2, r + Vector<float>.One, Pair(r, 0.5f, 0.166665763f));
        var high = Pair(r2, Pair(r, 0.0416665561f, 0.00836319476f), new Vector<float>(0.00139262038f));
        var p = Pair(r2 * r2, low, high);
        // The sum's last bits are n.
        var power = (Vector.ShiftLeft(sum.As<float, int>(), 23) + Vector<float>.One.As<float, int>()).As<int, float>();
        return p * power;
    }

    /// <summary>ln(1 + u) for u from 0 to 1: 2 artanh(u / (2 + u)), of which u is the first term. The division runs beside the multiplications.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Log1pOfUnit(Vector<float> u)
    {
        var z = u / (new Vector<float>(-2f) - u);
        var w = z * z;
        var rest = Pair(w, new Vector<float>(-0.282366186f), new Vector<float>(-0.268514991f));
        rest = Pair(w, new Vector<float>(-0.666666389f), Pair(w, new Vector<float>(-0.400075614f), rest));
        return Pair(z, u, Pair(w, u, rest));
    }

    // a + b x. Polynomials are pairs of pairs (Estrin's scheme): a little more to compute than term after term, and half as long to wait for, which is what
    // loops of one long chain are held up by.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Pair(Vector<float> x, Vector<float> a, Vector<float> b) => Vector.MultiplyAddEstimate(b, x, a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Pair(Vector<float> x, float a, float b) => Pair(x, new Vector<float>(a), new Vector<float>(b));
}
