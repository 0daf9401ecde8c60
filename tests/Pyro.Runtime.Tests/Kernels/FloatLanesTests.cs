using System.Numerics;

namespace Pyro.Kernels;

/// <summary>Functions of a register of floats, over the whole range of floats, beside the library's of doubles.</summary>
public sealed class FloatLanesTests
{
    // Coprime to a power of two: every pattern of low bits comes up.
    private const int Stride = 4999;

    [Test]
    public void Logarithms_are_right_to_rounding() =>
        Hold(FloatLanes.Log, Math.Log, x => x, float.Epsilon, float.MaxValue, relative: 1.2e-7);

    [Test]
    public void Logarithms_of_what_is_below_or_beyond_numbers_are_the_library_s()
    {
        foreach (var x in new[] { 0f, -0f, -1f, float.NegativeInfinity, float.PositiveInfinity, float.NaN, float.Epsilon, -float.Epsilon, 1f })
            Assert.That(FloatLanes.Log(new Vector<float>(x))[0], Is.EqualTo(MathF.Log(x)).Within(1e-5f));
    }

    [Test]
    public void Exponentials_are_right_to_rounding_and_zero_where_they_have_too_few_bits()
    {
        Hold(FloatLanes.ExpOfNegative, Math.Exp, x => -x, 0, 87.3f, relative: 4e-7);
        foreach (var x in new[] { -88f, -1e4f, float.MinValue, float.NegativeInfinity })
            Assert.That(FloatLanes.ExpOfNegative(new Vector<float>(x))[0], Is.EqualTo(0));
        Assert.That(FloatLanes.ExpOfNegative(Vector<float>.Zero)[0], Is.EqualTo(1));
        Assert.That(FloatLanes.ExpOfNegative(new Vector<float>(-0f))[0], Is.EqualTo(1));
        Assert.That(FloatLanes.ExpOfNegative(new Vector<float>(float.NaN))[0], Is.EqualTo(float.NaN));
    }

    [Test]
    public void Logarithms_of_one_and_a_fraction_are_right_to_rounding()
    {
        Hold(FloatLanes.Log1pOfUnit, x => x < 1e-4 ? x - (x * x / 2) + (x * x * x / 3) : Math.Log(1 + x), x => x, 0, 1, relative: 2e-7);
        Assert.That(FloatLanes.Log1pOfUnit(new Vector<float>(float.NaN))[0], Is.EqualTo(float.NaN));
    }

    // Floats are as dense as they are: as many between two powers of two as between the next.
    private static void Hold(Func<Vector<float>, Vector<float>> lanes, Func<double, double> exact, Func<float, float> from, float lowest, float highest, double relative)
    {
        var (worst, at) = (0.0, 0f);
        for (var (bits, end) = ((long)BitConverter.SingleToInt32Bits(lowest), BitConverter.SingleToInt32Bits(highest)); bits <= end; bits += Stride)
        {
            var x = from(BitConverter.Int32BitsToSingle((int)bits));
            var expected = exact(x);
            var apart = Math.Abs(lanes(new Vector<float>(x))[0] - expected) / Math.Max(Math.Abs(expected), 1e-37);
            if (apart > worst)
                (worst, at) = (apart, x);
        }
        TestContext.Progress.WriteLine($"{worst:G3} apart at {at:G9}");
        Assert.That(worst <= relative, $"{worst:G3} apart at {at:G9}");
    }
}
