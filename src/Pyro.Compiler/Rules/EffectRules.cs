using Microsoft.CodeAnalysis;

namespace Pyro.Compiler.Rules;

/// <summary>PYRO07x: the code around the sites.</summary>
public static class EffectRules
{
    /// <summary>PYRO070: the program depends on something beside its arguments and sites.</summary>
    public static readonly DiagnosticDescriptor NotAFunction = new(
        "PYRO070",
        "A model is not a function of its arguments and its sites",
        "'{0}' must be a function of its arguments and its sites: {1}",
        Categories.Effects,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "Inference runs a model many times, replays it and scores it. What a run does must follow from the arguments and from the values of its sites alone: a random choice is a site, and everything else is an argument.",
        helpLinkUri: HelpLinks.To("PYRO070"));

    /// <summary>PYRO072: a number that was taken out of a tensor goes back in.</summary>
    public static readonly DiagnosticDescriptor GradientEnds = new(
        "PYRO072",
        "The gradient ends here",
        "The gradient of '{0}' ends here, and the value flows into site '{1}'",
        Categories.Effects,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A number that is taken out of a tensor, or a detached tensor, has no gradient. Inference then learns nothing about what it was computed from.",
        helpLinkUri: HelpLinks.To("PYRO072"));
}
