namespace Pyro.Distributions;

/// <summary>Where an argument of a distribution's constructor must lie, and one of this name of its static members.</summary>
/// <param name="constraint">The set by its name in <see cref="Constraints"/>.</param>
/// <param name="bounds">
/// The other parameters of the constructor that the set's own parameters are, in their order: <c>"a"</c> of
/// <see cref="Constraints.Above"/>.
/// </param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class DomainAttribute(string constraint, params string[] bounds) : Attribute
{
    /// <summary>The set by its name in <see cref="Constraints"/>.</summary>
    public string Constraint { get; } = constraint;

    /// <summary>The other parameters that the set's own parameters are.</summary>
    public IReadOnlyList<string> Bounds { get; } = bounds;

    /// <summary>Where a learned parameter of a mean-field guide begins; NaN where a guide leaves this argument out.</summary>
    public double Initial { get; set; } = double.NaN;
}
