using System.ComponentModel;

namespace Pyro.Programs;

/// <summary>
/// What generated code says of a program to the compiler of other assemblies: with it, and with a <see cref="CalledSiteAttribute"/> for each site,
/// a model that calls the program has the program's sites in its own table and graph.
/// </summary>
/// <param name="method">The method that the program was compiled from, by its documentation id.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class CalledProgramAttribute(string method) : Attribute
{
    /// <summary>The method that the program was compiled from, by its documentation id.</summary>
    public string Method { get; } = method;

    /// <summary>The names of the sites whose values can reach the result directly.</summary>
    public string[] Sites { get; set; } = [];

    /// <summary>The names of the parameters that can reach the result past all sites; <c>this</c> for the object that the program belongs to.</summary>
    public string[] Arguments { get; set; } = [];

    /// <summary>The names of the sites whose values can decide directly whether the program ends with an exception.</summary>
    public string[] ThrowSites { get; set; } = [];

    /// <summary>The names of the parameters that can decide it past all sites.</summary>
    public string[] ThrowArguments { get; set; } = [];

    /// <summary>Whether there are sites whose names are known only at run time.</summary>
    public bool HasDynamicSites { get; set; }

    /// <summary>Whether there may be sites in methods that the compiler did not follow.</summary>
    public bool MayHaveOtherSites { get; set; }

    /// <summary>The names of plates without sites, and of values without a density.</summary>
    public string[] OtherNames { get; set; } = [];

    /// <summary>Whether there may be other names, such as those of a module's parameters.</summary>
    public bool MayHaveOtherNames { get; set; }

    /// <summary>Whether the program changes tensors in place.</summary>
    public bool ChangesTensors { get; set; }
}
