namespace TorchSharp;

public static partial class torch
{
    /// <summary>A uniform number in [0, 1).</summary>
    public static double rand_float(Generator? generator = null)
    {
        using var drawn = rand(1, generator: generator);
        return drawn.item<float>();
    }

    /// <summary>A standard normal number.</summary>
    public static double randn_float(Generator? generator = null)
    {
        using var drawn = randn(1, generator: generator);
        return drawn.item<float>();
    }

    /// <summary>True or false, equally likely.</summary>
    public static bool randint_bool(Generator? generator = null) => randint_long(0, 2, generator) == 1;

    /// <summary>A uniform integer in [0, high).</summary>
    public static int randint_int(int high, Generator? generator = null) => (int)randint_long(0, high, generator);

    /// <summary>A uniform integer in [low, high).</summary>
    public static int randint_int(int low, int high, Generator? generator = null) => (int)randint_long(low, high, generator);

    /// <summary>A uniform integer in [0, high).</summary>
    public static long randint_long(long high, Generator? generator = null) => randint_long(0, high, generator);

    /// <summary>A uniform integer in [low, high).</summary>
    public static long randint_long(long low, long high, Generator? generator = null)
    {
        using var drawn = randint(low, high, [1L], ScalarType.Int64, generator: generator);
        return drawn.item<long>();
    }
}
