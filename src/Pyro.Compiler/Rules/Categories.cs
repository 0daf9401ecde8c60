namespace Pyro.Compiler.Rules;

/// <summary>The categories of the diagnostics: one for each ten of the ids.</summary>
internal static class Categories
{
    /// <summary>00x: what can be a model.</summary>
    public const string Programs = "Pyro.Programs";

    /// <summary>01x: names of sites and parameters.</summary>
    public const string Names = "Pyro.Names";

    /// <summary>02x: a guide against its model.</summary>
    public const string Guides = "Pyro.Guides";

    /// <summary>03x: values, arguments and where they may lie.</summary>
    public const string Supports = "Pyro.Supports";

    /// <summary>05x: plates.</summary>
    public const string Plates = "Pyro.Plates";

    /// <summary>06x: parameters.</summary>
    public const string Params = "Pyro.Params";

    /// <summary>04x: how gradients and densities are estimated.</summary>
    public const string Inference = "Pyro.Inference";

    /// <summary>07x: the code around the sites.</summary>
    public const string Effects = "Pyro.Effects";
}
