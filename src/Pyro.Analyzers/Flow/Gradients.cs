namespace Pyro.Analyzers.Flow;

/// <summary>How the gradient goes through a site.</summary>
internal static class Gradients
{
    /// <summary>Whether the family of a latent is known, and draws by a differentiable transform of noise.</summary>
    public static bool IsReparameterized(PrimitiveCall site) => site.Kind == PrimitiveKind.Sample
        && Families.Of(site) is { IsDiscrete: false } family && Compiler.Frontend.KnownDistributions.Find("Pyro.Distributions." + family.Name).Reparameterized;

    /// <summary>Whether the guide draws a latent of the model so: every counterpart that it has is of such a family.</summary>
    public static bool IsPathwise(PrimitiveCall site, GuidePair pair) => site is { Kind: PrimitiveKind.Sample, Name.Key: { } name }
        && pair.GuideSites.Calls.Where(call => call.Name.Key == name).ToArray() is { Length: > 0 } counterparts && counterparts.All(IsReparameterized);
}
