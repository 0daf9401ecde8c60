using Pyro.Compiler.Reading;

namespace Pyro.Analyzers.Flow;

/// <summary>How the gradient goes through a site.</summary>
internal static class Gradients
{
    /// <summary>Whether the family of a latent is known, and draws by a differentiable transform of noise.</summary>
    public static bool IsReparameterized(PrimitiveCall site) => site.Kind == PrimitiveKind.Sample
        && site.Constructions is { Count: > 0 } constructions && constructions.All(IsReparameterized);

    /// <summary>Whether the family of a latent is known, and is estimated by the score function.</summary>
    public static bool IsScored(PrimitiveCall site) => site.Kind == PrimitiveKind.Sample
        && site.Constructions is { Count: > 0 } constructions
        && constructions.All(construction => construction.Family is not null && !IsReparameterized(construction));

    // Points are drawn with a gradient too, and say nothing of the site that they stand for.
    private static bool IsReparameterized(Construction construction) =>
        construction is { IsReparameterized: true, Family.IsDiscrete: false };

    /// <summary>Whether the guide draws a latent of the model so: every counterpart that it has is of such a family.</summary>
    public static bool IsPathwise(PrimitiveCall site, GuidePair pair) => site is { Kind: PrimitiveKind.Sample, Name.Key: { } name }
        && !pair.GuideSites.InLibraries(name).Any()
        && pair.GuideSites.Named(name).Where(call => call.Name.Key == name).ToArray() is { Length: > 0 } counterparts
            && counterparts.All(IsReparameterized);
}
