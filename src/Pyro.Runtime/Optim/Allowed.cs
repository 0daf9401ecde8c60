namespace Pyro.Optim;

/// <summary>The ranges of options. Each asks for what is inside, so that NaN is outside of all.</summary>
internal static class Allowed
{
    public static void NotNegative(double value, string name) => Require(value is >= 0 and < double.PositiveInfinity, value, name, "a finite number from 0 on");

    public static void Finite(double value, string name) => Require(double.IsFinite(value), value, name, "a finite number");

    public static void Positive(double value, string name) => Require(value is > 0 and < double.PositiveInfinity, value, name, "a finite number above 0");

    /// <summary>A limit, which may be infinite: then there is none.</summary>
    public static void Limit(double value, string name) => Require(value > 0, value, name, "above 0");

    /// <summary>How slowly a mean forgets: with 1 it keeps what it starts with.</summary>
    public static void Memory(double value, string name) => Require(value is >= 0 and <= 1, value, name, "from 0 to 1");

    public static void Betas((double Beta1, double Beta2) betas) =>
        Require(betas is (>= 0 and < 1, >= 0 and < 1), betas, "betas", "two numbers from 0 to below 1");

    public static void Require<T>(bool isInside, T value, string name, string range)
    {
        if (!isInside)
            throw new ArgumentOutOfRangeException(name, $"{name} is {value}, and must be {range}.");
    }
}
