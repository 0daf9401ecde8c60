namespace Pyro;

/// <summary>Marks a method as the guide (the variational family) of a model in the same type.</summary>
/// <param name="model">The name of the model's method.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GuideAttribute(string model) : Attribute
{
    /// <summary>The name of the model's method.</summary>
    public string Model { get; } = model;

    /// <summary>Whether site names may be known only at run time.</summary>
    public bool Dynamic { get; set; }
}
