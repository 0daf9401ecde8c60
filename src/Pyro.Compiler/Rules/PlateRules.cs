using Microsoft.CodeAnalysis;

namespace Pyro.Compiler.Rules;

/// <summary>PYRO05x: plates.</summary>
public static class PlateRules
{
    /// <summary>PYRO053: the iterations of an IRange loop run one after another, and why.</summary>
    public static readonly DiagnosticDescriptor SequentialLoop = new(
        "PYRO053",
        "The iterations of a loop run one after another",
        "The iterations of this loop run one after another and not as one: it {0}",
        Categories.Plates,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "A loop over IRange whose body is made of sites, arithmetic and elements is compiled to one batched density a site.",
        helpLinkUri: HelpLinks.To("PYRO053"));
}
