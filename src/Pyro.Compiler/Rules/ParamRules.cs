using Microsoft.CodeAnalysis;

namespace Pyro.Compiler.Rules;

/// <summary>PYRO06x: parameters.</summary>
public static class ParamRules
{
    /// <summary>PYRO060: a value that nothing is computed from.</summary>
    public static readonly DiagnosticDescriptor Unreached = new(
        "PYRO060",
        "A latent or a parameter cannot reach any observation or the loss",
        "Nothing that inference looks at is computed from {0} '{1}'",
        Categories.Params,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "The data say nothing about a latent that no observation is computed from, and a parameter that no site is computed from is never changed.",
        helpLinkUri: HelpLinks.To("PYRO060"));

    /// <summary>PYRO061: one name of a parameter with two initial values or constraints.</summary>
    public static readonly DiagnosticDescriptor ParamTwice = new(
        "PYRO061",
        "One parameter has two initial values or constraints",
        "The parameter '{0}' has another {1} above; the store keeps the first: give both the same, or two names",
        Categories.Params,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A parameter is made where the program meets it first; what stands at later uses is not looked at.",
        helpLinkUri: HelpLinks.To("PYRO061"));

    /// <summary>PYRO062: parts of a network that nothing registers.</summary>
    public static readonly DiagnosticDescriptor Unregistered = new(
        "PYRO062",
        "The modules in a collection are not registered",
        "What '{0}' holds is no part of the network '{1}': it is not trained, saved or moved with it; make it a {2}, or call {3} for each",
        Categories.Params,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "RegisterComponents registers fields that are modules or parameters, and does not look into lists, arrays and dictionaries of them.",
        helpLinkUri: HelpLinks.To("PYRO062"));
}
