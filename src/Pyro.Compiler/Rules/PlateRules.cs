using Microsoft.CodeAnalysis;

namespace Pyro.Compiler.Rules;

/// <summary>PYRO05x: plates.</summary>
public static class PlateRules
{
    /// <summary>PYRO050: a site of a loop over IRange reads what an earlier iteration drew.</summary>
    public static readonly DiagnosticDescriptor DependentIterations = new(
        "PYRO050",
        "Iterations that are declared independent are not",
        "The iterations of the plate '{0}' are declared independent, and this site reads '{1}', which an earlier iteration has drawn: use a plain loop",
        Categories.Plates,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "Inference takes the iterations of an IRange as independent: it subsamples them, runs them as one and leaves their costs apart.",
        helpLinkUri: HelpLinks.To("PYRO050"));

    /// <summary>PYRO052: one name of a plate with two sizes.</summary>
    public static readonly DiagnosticDescriptor PlateSize = new(
        "PYRO052",
        "One plate has two sizes",
        "The plate '{0}' has the size {1} here and {2} {3}: give both the same, or two names",
        Categories.Plates,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A plate is one set of independent elements in a run, and in a guide and its model.",
        helpLinkUri: HelpLinks.To("PYRO052"));

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

    /// <summary>PYRO051: a subsampled plate whose data are not indexed.</summary>
    public static readonly DiagnosticDescriptor SubsampleUnused = new(
        "PYRO051",
        "The subsample indices are not used",
        "Plate '{0}' chooses {1} elements at random, and this value is not indexed with them: every step sees the same rows",
        Categories.Plates,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A subsampled plate gives the indices that it has chosen. Data that are not indexed with them are always the same, and the rest is never seen.",
        helpLinkUri: HelpLinks.To("PYRO051"));
}
