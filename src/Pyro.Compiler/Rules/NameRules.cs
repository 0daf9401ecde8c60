using Microsoft.CodeAnalysis;

namespace Pyro.Compiler.Rules;

/// <summary>PYRO01x: the names of sites and parameters.</summary>
public static class NameRules
{
    /// <summary>Property of PYRO010: the first name that nothing in the program uses.</summary>
    public const string NewName = nameof(NewName);

    /// <summary>Property of PYRO011: the variables that tell the iterations apart, between commas, outermost first.</summary>
    public const string LoopIndex = nameof(LoopIndex);

    /// <summary>Property of PYRO013: the name that was probably meant.</summary>
    public const string NearName = nameof(NearName);

    /// <summary>PYRO010: one run has two sites, or a site and a parameter, of one name.</summary>
    public static readonly DiagnosticDescriptor DuplicateName = new(
        "PYRO010",
        "Two sites, or a site and a parameter, have the same name",
        "The name '{0}' is used before on this path: sites and parameters of one run need names of their own",
        Categories.Names,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "A name is what a site is found by, in traces, in guides and in handlers, so a run has it once. Two sites on branches that exclude each other may share theirs.",
        helpLinkUri: HelpLinks.To("PYRO010"));

    /// <summary>PYRO011: a loop gives one name to the site of each iteration.</summary>
    public static readonly DiagnosticDescriptor SameNameInLoop = new(
        "PYRO011",
        "A site in a loop has the same name in every iteration",
        "The second iteration gives the name '{0}' again: append the index of the loop",
        Categories.Names,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "Each iteration makes a site of its own, and a run has a name once.",
        helpLinkUri: HelpLinks.To("PYRO011"));

    /// <summary>PYRO014: a name has no characters.</summary>
    public static readonly DiagnosticDescriptor EmptyName = new(
        "PYRO014",
        "A name is empty",
        "The name of a {0} must not be empty",
        Categories.Names,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "A name is what a site, a parameter or a plate is found by.",
        helpLinkUri: HelpLinks.To("PYRO014"));

    /// <summary>PYRO012: a name is known only when the program runs.</summary>
    public static readonly DiagnosticDescriptor UnknownName = new(
        "PYRO012",
        "A name cannot be known at compile time",
        "The compiler cannot know this name: write a constant or a pattern over loop indices, or mark '{0}' Dynamic",
        Categories.Names,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A site whose name is known has a place in the tables of the program, in its graph and in the checks of its guide. A method that is marked Dynamic works without.",
        helpLinkUri: HelpLinks.To("PYRO012"));

    /// <summary>PYRO013: a name that no site of a known program has.</summary>
    public static readonly DiagnosticDescriptor NoSuchName = new(
        "PYRO013",
        "No site has this name",
        "'{0}' is no name in {1}{2}",
        Categories.Names,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "Handlers, traces and posteriors find sites by name. One that the program does not have is ignored, or an error when it runs.",
        helpLinkUri: HelpLinks.To("PYRO013"),
        customTags: WellKnownDiagnosticTags.CompilationEnd);
}
