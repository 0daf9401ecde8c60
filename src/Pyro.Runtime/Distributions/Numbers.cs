using System.Globalization;

namespace Pyro.Distributions;

/// <summary>Numbers in messages.</summary>
internal static class Numbers
{
    /// <summary>A number as people write it: six significant digits, NaN and infinities by name.</summary>
    public static string Format(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
