namespace Pyro.Distributions;

/// <summary>On a boolean parameter of a distribution's constructor: where the argument is true, the support is this one.</summary>
/// <param name="constraint">The support by its name in <see cref="Constraints"/>.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class SupportAttribute(string constraint) : Attribute
{
    /// <summary>The support by its name in <see cref="Constraints"/>.</summary>
    public string Constraint { get; } = constraint;
}
