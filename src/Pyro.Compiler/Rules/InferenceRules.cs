using Microsoft.CodeAnalysis;

namespace Pyro.Compiler.Rules;

/// <summary>PYRO04x: how gradients and densities are estimated.</summary>
public static class InferenceRules
{
    /// <summary>PYRO040: a score function without a baseline.</summary>
    public static readonly DiagnosticDescriptor NoBaseline = new(
        "PYRO040",
        "A latent is estimated by the score function without a baseline",
        "Site '{0}' is not reparameterised: its gradient is estimated by the score function, with less variance under a baseline",
        Categories.Inference,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "The score function weighs each draw by the costs that follow it. A baseline takes what these have in common away, which lowers the variance and leaves the mean.",
        helpLinkUri: HelpLinks.To("PYRO040"));

    /// <summary>PYRO041: a continuous latent decides, and is estimated by the pathwise gradient.</summary>
    public static readonly DiagnosticDescriptor BiasedGradient = new(
        "PYRO041",
        "A reparameterised latent decides: its gradient is biased",
        "The guide reparameterises site '{0}', and its pathwise gradient does not see where this decision flips",
        Categories.Inference,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "The gradient of a reparameterised site goes through its value. A comparison, a branch or rounding has gradient zero and a jump, so the estimate is biased.",
        helpLinkUri: HelpLinks.To("PYRO041"));

    /// <summary>PYRO042: no sum over infinitely many values.</summary>
    public static readonly DiagnosticDescriptor InfiniteEnumeration = new(
        "PYRO042",
        "Enumeration is asked of a site with infinite support",
        "Site '{0}' cannot be enumerated: {1} has infinitely many values",
        Categories.Inference,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "Enumeration sums over all values of a site, so there must be an end to them.",
        helpLinkUri: HelpLinks.To("PYRO042"));
}
