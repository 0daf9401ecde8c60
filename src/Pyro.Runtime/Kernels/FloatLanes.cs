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
        var (r2, r4) = Powers(r);
        var p = Four(r, -0.5f, 0.333332717f, -0.249999449f, 0.200072333f, r2)
            + r4 * (Four(r, -0.166733161f, 0.140558124f, -0.122887217f, 0.13748309f, r2) + r4 * new Vector<float>(-0.124222003f));
        var log = Vector.MultiplyAddEstimate(p, r2, Vector.MultiplyAddEstimate(exponent, new Vector<float>(Ln2Rest), r));
        log = Vector.MultiplyAddEstimate(exponent, new Vector<float>(Ln2), log);
        // 0, what is below it, infinity and what is no number.
        var odd = Vector.ConditionalSelect(Vector.LessThan(x, Vector<float>.Zero), new Vector<float>(float.NaN), x);
        odd = Vector.ConditionalSelect(Vector.Equals(x, Vector<float>.Zero), new Vector<float>(float.NegativeInfinity), odd);
        return Vector.ConditionalSelect(
            Vector.GreaterThan(x, Vector<float>.Zero) & Vector.LessThan(x, new Vector<float>(float.PositiveInfinity)), log, odd);
    }

    /// <summary>eˣ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Exp(Vector<float> x)
    {
        // Beyond the bounds it is 0 and infinity; what is no number stays it.
        x = Vector.MinNative(new Vector<float>(89f), Vector.MaxNative(new Vector<float>(-104f), x));
        var magic = new Vector<float>(12582912f);
        var n = Vector.MultiplyAddEstimate(x, new Vector<float>(1.44269504f), magic) - magic;
        var r = Vector.MultiplyAddEstimate(n, new Vector<float>(-Ln2), x);
        r = Vector.MultiplyAddEstimate(n, new Vector<float>(-Ln2Rest), r);
        var (r2, _) = Powers(r);
        var q = Four(r, 0.5f, 0.166665763f, 0.0416665561f, 0.00836319476f, r2) + r2 * (r2 * new Vector<float>(0.00139262038f));
        var p = Vector.MultiplyAddEstimate(q, r2, r + Vector<float>.One);
        // 2ⁿ in two halves, neither of which is out of range.
        var whole = Vector.ConvertToInt32Native(n);
        var half = Vector.ShiftRightArithmetic(whole, 1);
        return p * PowerOfTwo(half) * PowerOfTwo(whole - half);
    }

    /// <summary>ln(1 + u) for u from 0 to 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Log1pOfUnit(Vector<float> u)
    {
        var (u2, u4) = Powers(u);
        var high = Four(u, 0.196632743f, -0.152696669f, 0.105436236f, -0.0563736111f, u2)
            + u4 * Vector.MultiplyAddEstimate(u, new Vector<float>(-0.00317605701f), new Vector<float>(0.0195425265f));
        return u * (Four(u, 1f, -0.499998927f, 0.333297104f, -0.249516159f, u2) + u4 * high);
    }

    // Four terms of a polynomial, by pairs: less to wait for than one after another.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Four(Vector<float> x, float a, float b, float c, float d, Vector<float> square) => Vector.MultiplyAddEstimate(
        Vector.MultiplyAddEstimate(x, new Vector<float>(d), new Vector<float>(c)), square,
        Vector.MultiplyAddEstimate(x, new Vector<float>(b), new Vector<float>(a)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector<float> Square, Vector<float> Fourth) Powers(Vector<float> x)
    {
        var square = x * x;
        return (square, square * square);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> PowerOfTwo(Vector<int> exponent) => Vector.ShiftLeft(exponent + new Vector<int>(127), 23).As<int, float>();
}
