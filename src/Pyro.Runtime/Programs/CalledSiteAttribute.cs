using System.ComponentModel;

namespace Pyro.Programs;

/// <summary>A site of a program, as other assemblies need to know it; in the order of the program's table.</summary>
/// <param name="name">The name: a constant, or for a family a composite format over its numbers.</param>
/// <param name="kind">What happens there.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class CalledSiteAttribute(string name, SiteKind kind) : Attribute
{
    /// <summary>The name: a constant, or for a family a composite format over its numbers.</summary>
    public string Name { get; } = name;

    /// <summary>What happens there.</summary>
    public SiteKind Kind { get; } = kind;

    /// <summary>How many numbers the names of a family have; 0 for a single site.</summary>
    public int Places { get; set; }

    /// <summary>The distribution's name, or an empty string where it is not known before the program runs.</summary>
    public string Distribution { get; set; } = "";

    /// <summary>The support's name in <see cref="Distributions.Constraints"/>, or an empty string.</summary>
    public string Support { get; set; } = "";

    /// <summary>How many of the last dimensions of a value are one event; −1 where that is not known before the program runs.</summary>
    public int EventRank { get; set; } = -1;

    /// <summary>Whether gradients flow through samples.</summary>
    public bool Reparameterized { get; set; }

    /// <summary>Whether the support is finite and can be enumerated.</summary>
    public bool Enumerable { get; set; }

    /// <summary>The names of the plates around the site, outermost first.</summary>
    public string[] Plates { get; set; } = [];

    /// <summary>Those of the plates that are loops.</summary>
    public string[] Loops { get; set; } = [];

    /// <summary>The names of the sites whose values can reach this one directly, or decide whether it runs.</summary>
    public string[] Sites { get; set; } = [];

    /// <summary>The names of the parameters that can reach this site past all others; <c>this</c> for the object that the program belongs to.</summary>
    public string[] Arguments { get; set; } = [];

    /// <summary>Whether every run that ends without an exception has the site.</summary>
    public bool IsCertain { get; set; }

    /// <summary>Whether the value of a latent site may be given by the program.</summary>
    public bool MayBeGiven { get; set; }
}
