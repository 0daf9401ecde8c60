using Microsoft.CodeAnalysis;

namespace Pyro.Compiler.Rules;

/// <summary>PYRO00x: what a method and its type must be, so that the method can be compiled as a model or a guide.</summary>
public static class ProgramRules
{
    /// <summary>PYRO001: the compiled program is a member of the type that contains the method, so that type must be partial.</summary>
    public static readonly DiagnosticDescriptor ContainingTypeMustBePartial = new(
        "PYRO001",
        "The type that contains a model or a guide must be partial",
        "Type '{0}' must be partial: the compiled form of '{1}' becomes a member of it",
        Categories.Programs,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "The compiler adds the compiled program to the type that contains the method, which C# allows only in a partial type whose containing types are partial too.",
        helpLinkUri: HelpLinks.To("PYRO001"));

    /// <summary>PYRO002: a method of this kind cannot be a model or a guide.</summary>
    public static readonly DiagnosticDescriptor MethodCannotBeProgram = new(
        "PYRO002",
        "This kind of method cannot be a model or a guide",
        "Method '{0}' cannot be a model or a guide: {1}",
        Categories.Programs,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "A model is run many times, from values of its arguments to a value, by an algorithm that knows its types: it has a body, runs to its end in one call, and takes and returns values that can be type arguments.",
        helpLinkUri: HelpLinks.To("PYRO002"));

    /// <summary>PYRO003: sites that have no place in the tables.</summary>
    public static readonly DiagnosticDescriptor UnknownConstruct = new(
        "PYRO003",
        "A construct is not known to the compiler",
        "The sites of {0} are known only when '{1}' runs: {2}",
        Categories.Programs,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "A program whose sites are all known has them in its tables and its graph. Those behind such a construct are found when it runs, by name; a method that is marked Dynamic says that this is meant.",
        helpLinkUri: HelpLinks.To("PYRO003"));
}
