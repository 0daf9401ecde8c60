using System.Numerics;
using System.Runtime.CompilerServices;

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

    // The bits of 2/3: mantissas are taken from there up to 4/3.
    private const int TwoThirds = 0x3f2aaaab;

    /// <summary>ln x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Log(Vector<float> x)
    {
        // What has too few bits is scaled up.
        var subnormal = Vector.LessThan(x, new Vector<float>(1.17549435e-38f));
        var y = Vector.ConditionalSelect(subnormal, x * new Vector<float>(8388608f), x);
        var bits = y.As<float, int>() - new Vector<int>(TwoThirds);
        var exponent = Vector.ConvertToSingle(Vector.ShiftRightArithmetic(bits, 23)) - Vector.ConditionalSelect(subnormal, new Vector<float>(23f), Vector<float>.Zero);
        var r = ((bits & new Vector<int>(0x7fffff)) + new Vector<int>(TwoThirds)).As<int, float>() - Vector<float>.One;
        var r2 = r * r;
        var even = Polynomial(r2, -0.5f, -0.249999449f, -0.166733161f, -0.122887217f, -0.124222003f);
        var p = Vector.MultiplyAddEstimate(Polynomial(r2, 0.333332717f, 0.200072333f, 0.140558124f, 0.13748309f), r, even);
        var log = Vector.MultiplyAddEstimate(p, r2, Vector.MultiplyAddEstimate(exponent, new Vector<float>(Ln2Rest), r));
        log = Vector.MultiplyAddEstimate(exponent, new Vector<float>(Ln2), log);
        // 0, what is below it, infinity and what is no number.
        var odd = Vector.ConditionalSelect(Vector.LessThan(x, Vector<float>.Zero), new Vector<float>(float.NaN), x);
        odd = Vector.ConditionalSelect(Vector.Equals(x, Vector<float>.Zero), new Vector<float>(float.NegativeInfinity), odd);
        return Vector.ConditionalSelect(
            Vector.GreaterThan(x, Vector<float>.Zero) & Vector.LessThan(x, new Vector<float>(float.PositiveInfinity)), log, odd);
    }

    /// <summary>eˣ for x up to 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> ExpOfNegative(Vector<float> x)
    {
        var magic = new Vector<float>(12582912f);
        var sum = Vector.MultiplyAddEstimate(x, new Vector<float>(1.44269504f), magic);
        var n = sum - magic;
        var r = Vector.MultiplyAddEstimate(n, new Vector<float>(-Ln2), x);
        r = Vector.MultiplyAddEstimate(n, new Vector<float>(-Ln2Rest), r);
        var r2 = r * r;
        var q = Vector.MultiplyAddEstimate(Polynomial(r2, 0.166665763f, 0.00836319476f), r, Polynomial(r2, 0.5f, 0.0416665561f, 0.00139262038f));
        var p = Vector.MultiplyAddEstimate(q, r2, r + Vector<float>.One);
        // The sum's last bits are n. What has too few bits is 0; what is no number stays it.
        var power = (Vector.ShiftLeft(sum.As<float, int>(), 23) + Vector<float>.One.As<float, int>()).As<int, float>();
        return Vector.ConditionalSelect(Vector.LessThan(x, new Vector<float>(-87f)), Vector<float>.Zero, p * power);
    }

    /// <summary>ln(1 + u) for u from 0 to 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Log1pOfUnit(Vector<float> u)
    {
        var u2 = u * u;
        var even = Polynomial(u2, 1f, 0.333297104f, 0.196632743f, 0.105436236f, 0.0195425265f);
        return u * Vector.MultiplyAddEstimate(Polynomial(u2, -0.499998927f, -0.249516159f, -0.152696669f, -0.0563736111f, -0.00317605701f), u, even);
    }

    // Even and odd terms are polynomials of the square: half as much to wait for as in one.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Polynomial(Vector<float> x, float a, float b) =>
        Vector.MultiplyAddEstimate(new Vector<float>(b), x, new Vector<float>(a));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Polynomial(Vector<float> x, float a, float b, float c) =>
        Vector.MultiplyAddEstimate(Polynomial(x, b, c), x, new Vector<float>(a));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Polynomial(Vector<float> x, float a, float b, float c, float d) =>
        Vector.MultiplyAddEstimate(Polynomial(x, b, c, d), x, new Vector<float>(a));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Polynomial(Vector<float> x, float a, float b, float c, float d, float e) =>
        Vector.MultiplyAddEstimate(Polynomial(x, b, c, d, e), x, new Vector<float>(a));
}
