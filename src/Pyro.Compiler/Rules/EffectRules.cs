using Microsoft.CodeAnalysis;

namespace Pyro.Compiler.Rules;

/// <summary>PYRO07x: the code around the sites.</summary>
public static class EffectRules
{
    /// <summary>Property of PYRO071: set where the method can be a model.</summary>
    public const string CanBeModel = nameof(CanBeModel);

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

    /// <summary>PYRO071: a site that no program has.</summary>
    public static readonly DiagnosticDescriptor OutsideModel = new(
        "PYRO071",
        "Sample or Observe is called outside a model",
        "'{0}' is no model, and no model calls it: mark it [Model] or [Guide]",
        Categories.Effects,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "Sites act in programs. Outside of all, Sample draws plainly and nothing observes.",
        helpLinkUri: HelpLinks.To("PYRO071"),
        customTags: WellKnownDiagnosticTags.CompilationEnd);

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
