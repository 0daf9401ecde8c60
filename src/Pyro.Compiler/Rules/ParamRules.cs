using Microsoft.CodeAnalysis;

namespace Pyro.Compiler.Rules;

/// <summary>PYRO06x: parameters.</summary>
public static class ParamRules
{
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
}
