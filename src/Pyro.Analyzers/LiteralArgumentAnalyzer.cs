using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Analyzers.Flow;
using Pyro.Compiler.Rules;

namespace Pyro.Analyzers;

/// <summary>Whether the numbers that a distribution is constructed with are in its domain, wherever that is: PYRO030.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LiteralArgumentAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [SupportRules.ArgumentOutsideDomain];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterOperationAction(Check, OperationKind.ObjectCreation, OperationKind.Invocation);
    }

    private static void Check(OperationAnalysisContext context)
    {
        var (family, arguments) = context.Operation switch
        {
            IObjectCreationOperation construction => (Families.Of(construction), construction.Arguments),
            // The static forms, without an object.
            IInvocationOperation { TargetMethod: { IsStatic: true, Name: "LogProb" or "LogPdf" or "Sample" } form } call => (Families.Of(form.ContainingType), call.Arguments),
            _ => default,
        };
        if (family is null)
            return;
        foreach (var argument in arguments)
            if (DomainOf(family, argument.Parameter!.Name, arguments) is { } domain)
                foreach (var (number, syntax) in Literals.Numbers(argument.Value))
                    if (!domain.Contains(number))
                        context.ReportDiagnostic(Diagnostic.Create(
                            SupportRules.ArgumentOutsideDomain, syntax.GetLocation(), argument.Parameter.Name, family.Name, domain.Words));
    }

    /// <summary>The domain of an argument, given the others: the upper bound of a uniform distribution lies above the lower.</summary>
    private static Domain? DomainOf(Family family, string parameter, ImmutableArray<IArgumentOperation> arguments) =>
        (family.Name, parameter) is ("Uniform", "b") && Literals.Argument(arguments, "a") is { } lower
            ? Domain.Above(lower)
            : family.DomainOf(parameter);
}
