namespace Pyro.Distributions;

/// <summary>The numbers in a set of <see cref="Constraints"/>, as the analyzers compare literals and other sets with them.</summary>
/// <param name="words">The end of "it must be …"; a parameter of the set in braces.</param>
/// <param name="interval">The smallest interval that they lie in, such as <c>(0, ∞)</c>; an end may be a parameter of the set.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Method)]
internal sealed class NumbersAttribute(string words, string interval) : Attribute
{
    /// <summary>The end of "it must be …".</summary>
    public string Words { get; } = words;

    /// <summary>The interval.</summary>
    public string Interval { get; } = interval;

    /// <summary>Whether only its integers are in the set.</summary>
    public bool Integers { get; set; }

    /// <summary>How many dimensions an element of the set has: 0 for numbers, 1 for vectors, 2 for matrices.</summary>
    public int Rank { get; set; }
}
