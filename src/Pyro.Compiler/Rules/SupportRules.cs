using Microsoft.CodeAnalysis;

namespace Pyro.Compiler.Rules;

/// <summary>PYRO03x: arguments and values, and where they may lie.</summary>
public static class SupportRules
{
    /// <summary>Property of PYRO031: the constraint that the parameter needs, by its name in Constraints.</summary>
    public const string Constraint = nameof(Constraint);

    /// <summary>PYRO030: a number in the text that the distribution cannot have as this argument.</summary>
    public static readonly DiagnosticDescriptor ArgumentOutsideDomain = new(
        "PYRO030",
        "A literal argument is outside the distribution's domain",
        "Argument '{0}' of {1} must be {2}",
        Categories.Supports,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "The distribution does not exist for this argument, and a run that meets it fails.",
        helpLinkUri: HelpLinks.To("PYRO030"));

    /// <summary>PYRO031: optimisation will move the parameter out of the argument's domain.</summary>
    public static readonly DiagnosticDescriptor UnconstrainedParam = new(
        "PYRO031",
        "A parameter is not constrained to the domain of the argument that it feeds",
        "Parameter '{0}' becomes argument '{1}' of {2}, which must be {3}: give it Constraints.{4}",
        Categories.Supports,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "Without a constraint a gradient step may move the parameter anywhere, and a run fails when it has left the domain.",
        helpLinkUri: HelpLinks.To("PYRO031"));

    /// <summary>PYRO032: a number in the text that the distribution can never give.</summary>
    public static readonly DiagnosticDescriptor ObservationOutsideSupport = new(
        "PYRO032",
        "A literal observation is outside the distribution's support",
        "{0} has no value like this: an observation must be {1}",
        Categories.Supports,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "The log density of the observation is minus infinity whatever the latent sites are, so nothing can be inferred.",
        helpLinkUri: HelpLinks.To("PYRO032"));

    /// <summary>PYRO033: data that are made of a latent.</summary>
    public static readonly DiagnosticDescriptor ObservedLatent = new(
        "PYRO033",
        "An observed value depends on a latent site",
        "The value that is observed depends on the latent site '{0}': data do not change from run to run",
        Categories.Supports,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "An observation conditions the model on a value that is known. A value that inference draws anew in every run is none.",
        helpLinkUri: HelpLinks.To("PYRO033"));

    /// <summary>PYRO034: a change of variables without its Jacobian.</summary>
    public static readonly DiagnosticDescriptor ObservedTransform = new(
        "PYRO034",
        "A nonlinear transform of a latent site is observed",
        "'{0}' of the latent site '{1}' is observed without the Jacobian of the transform",
        Categories.Supports,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A density at a transformed value is not the density of the value: the logarithm of the transform's derivative is missing.",
        helpLinkUri: HelpLinks.To("PYRO034"));

    /// <summary>PYRO035: a quotient that is cut off before it is an argument.</summary>
    public static readonly DiagnosticDescriptor IntegerDivision = new(
        "PYRO035",
        "An argument divides integers",
        "{0} divides integers and drops the remainder before it is argument '{1}' of {2}: write one of the two as a floating point number",
        Categories.Supports,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "In C# 1 / 4 is 0. As a probability or a scale that is seldom meant.",
        helpLinkUri: HelpLinks.To("PYRO035"));
}
