namespace TorchSharp;

public static partial class torch
{
    /// <summary>Special functions, element by element (native/special.def).</summary>
    public static partial class special;
}
