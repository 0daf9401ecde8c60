namespace TorchSharp.Utils;

/// <summary>The name under which RegisterComponents registers what a field holds, where it is not the field's own.</summary>
[AttributeUsage(AttributeTargets.Field)]
public class ComponentNameAttribute : Attribute
{
    /// <summary>The name.</summary>
    public string? Name { get; set; }
}
