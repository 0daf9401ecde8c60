namespace Pyro.Programs;

/// <summary>A family of independent repetitions, as the program declares it; its size is known when it runs.</summary>
/// <param name="name">The plate's name.</param>
/// <param name="vectorized">True for <c>IArange</c>, whose elements lie along a tensor dimension; false for <c>IRange</c>, which is a loop.</param>
public sealed class Plate(string name, bool vectorized)
{
    /// <summary>The plate's name.</summary>
    public string Name { get; } = name;

    /// <summary>True for <c>IArange</c>, whose elements lie along a tensor dimension; false for <c>IRange</c>, which is a loop.</summary>
    public bool Vectorized { get; } = vectorized;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
