namespace Pyro.Distributions;

/// <summary>
/// What a class of distributions is before any of them is made. The compiler and the analyzers read it where a model names the class: the
/// table of sites, the graph and the diagnostics know a distribution of yours as they know ours. Without it they know that the class is a
/// distribution, and nothing else.
/// </summary>
/// <param name="support">The support by its name in <see cref="Constraints"/>; empty where the arguments decide what it is.</param>
/// <param name="bounds">
/// The parameters of the constructor that the support's own parameters are, in their order: <c>"n"</c> of
/// <see cref="Constraints.IntegersUpTo"/>.
/// </param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class FamilyAttribute(string support = "", params string[] bounds) : Attribute
{
    /// <summary>The support by its name in <see cref="Constraints"/>; empty where the arguments decide what it is.</summary>
    public string Support { get; } = support;

    /// <summary>The parameters of the constructor that the support's own parameters are.</summary>
    public IReadOnlyList<string> Bounds { get; } = bounds;

    /// <summary>How many of the last dimensions belong to one draw: 0 for numbers, 1 for vectors.</summary>
    public int EventRank { get; set; }

    /// <summary>
    /// Whether gradients flow through samples. A parameter <c>bool reparameterized</c> of the constructor may say at a site that they do
    /// not.
    /// </summary>
    public bool Reparameterized { get; set; }

    /// <summary>Whether the support is finite and can be enumerated.</summary>
    public bool Enumerable { get; set; }

    /// <summary>Whether the values are isolated points, of a family whose support the arguments decide.</summary>
    public bool Discrete { get; set; }

    /// <summary>
    /// Whether a mean-field guide has this family for sites of the same support: the fix of PYRO020 writes it, with a learned parameter for
    /// each <see cref="DomainAttribute.Initial"/>.
    /// </summary>
    public bool MeanField { get; set; }
}
