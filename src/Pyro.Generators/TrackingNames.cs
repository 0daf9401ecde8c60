namespace Pyro.Generators;

/// <summary>The pipeline's steps, by the names that tests know them by.</summary>
public static class TrackingNames
{
    /// <summary>The models, lowered.</summary>
    public const string Models = "Models";

    /// <summary>The networks, lowered.</summary>
    public const string Modules = "Modules";

    /// <summary>The guides, lowered.</summary>
    public const string Guides = "Guides";
}
