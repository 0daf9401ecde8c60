using Microsoft.CodeAnalysis.Operations;
using Pyro.Compiler.Catalog;

namespace Pyro.Analyzers.Flow;

/// <summary>How the gradient goes through a site.</summary>
internal static class Gradients
{
    /// <summary>Whether the family of a latent is known, and draws by a differentiable transform of noise.</summary>
    public static bool IsReparameterized(PrimitiveCall site) => site.Kind == PrimitiveKind.Sample
        && Families.Constructions(site) is { Count: > 0 } constructions && constructions.All(IsReparameterized);

    /// <summary>Whether the family of a latent is known, and is estimated by the score function.</summary>
    public static bool IsScored(PrimitiveCall site) => site.Kind == PrimitiveKind.Sample
        && Families.Constructions(site) is { Count: > 0 } constructions && constructions.All(construction => IsKnown(construction) && !IsReparameterized(construction));

    private static bool IsKnown(IObjectCreationOperation construction) =>
        construction.Type is { } type && type.ContainingNamespace.ToDisplayString() == "Pyro.Distributions" && KnownDistributions.IsKnown(type.Name);

    // A family that can be may be asked not to be.
    private static bool IsReparameterized(IObjectCreationOperation construction) => Families.Of(construction) is { IsDiscrete: false } family
        && KnownDistributions.Find("Pyro.Distributions." + family.Name).Reparameterized
        && construction.Arguments.All(argument => argument is not { Parameter.Name: "reparameterized", Value.ConstantValue: { HasValue: true, Value: false } });

    /// <summary>Whether the guide draws a latent of the model so: every counterpart that it has is of such a family.</summary>
    public static bool IsPathwise(PrimitiveCall site, GuidePair pair) => site is { Kind: PrimitiveKind.Sample, Name.Key: { } name }
        && pair.GuideSites.Calls.Where(call => call.Name.Key == name).ToArray() is { Length: > 0 } counterparts && counterparts.All(IsReparameterized);
}
