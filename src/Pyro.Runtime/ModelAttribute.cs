namespace Pyro;

/// <summary>
/// Marks a method as a probabilistic model: the compiler emits a program for it, <c>Compiled</c> followed by the method's name, that inference takes.
/// The containing type must be <c>partial</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ModelAttribute : Attribute
{
    /// <summary>Whether site names may be known only at run time.</summary>
    public bool Dynamic { get; set; }
}
