using System.Runtime.CompilerServices;

namespace Pyro.LibTorch;

/// <summary>Checks of the options that optimizers are made with.</summary>
internal static class Required
{
    /// <exception cref="ArgumentException">A negative number, or none.</exception>
    internal static double NotNegative(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value >= 0 ? value : throw new ArgumentException($"{name} is {value}; it must not be negative.", name);

    /// <exception cref="ArgumentException">A number that is not from 0 to below 1.</exception>
    internal static double Decay(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value is >= 0 and < 1 ? value : throw new ArgumentException($"{name} is {value}; it must be from 0 to below 1.", name);
}
