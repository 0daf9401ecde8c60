using Microsoft.CodeAnalysis;

namespace Pyro.Compiler.Rules;

/// <summary>PYRO02x: what a guide must have in common with its model.</summary>
public static class GuideRules
{
    /// <summary>PYRO025: model and guide run on the same arguments.</summary>
    public static readonly DiagnosticDescriptor ParametersDiffer = new(
        "PYRO025",
        "The parameters of the guide differ from those of its model",
        "Guide '{0}' must have the parameters of its model '{1}': ({2})",
        Categories.Guides,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "Inference runs the guide and its model on the same arguments, so both programs have one type of arguments.",
        helpLinkUri: HelpLinks.To("PYRO025"));

    /// <summary>PYRO027: the name in [Guide] is a model's.</summary>
    public static readonly DiagnosticDescriptor ModelNotFound = new(
        "PYRO027",
        "The guide names no model",
        "Type '{0}' has no [Model] method named '{1}'",
        Categories.Guides,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "A guide is written for one model, a [Model] method of the same type or a base type, and names it in its attribute.",
        helpLinkUri: HelpLinks.To("PYRO027"));
}
