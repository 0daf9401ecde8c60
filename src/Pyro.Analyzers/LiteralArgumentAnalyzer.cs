using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Compiler.Catalog;
using Pyro.Compiler.Reading;
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
            IObjectCreationOperation construction => (Family.Of(construction.Type), construction.Arguments),
            // The static forms, without an object.
            IInvocationOperation { TargetMethod: { IsStatic: true, Name: "LogProb" or "LogPdf" or "Sample" } form } call => (Family.Of(form.ContainingType), call.Arguments),
            _ => default,
        };
        if (family is null)
            return;
        foreach (var argument in arguments)
            if (family.DomainOf(argument.Parameter!.Name, parameter => Literals.Argument(arguments, parameter)) is { } domain)
                foreach (var (number, syntax) in Literals.Numbers(argument.Value))
                    if (!domain.Contains(number))
                        context.ReportDiagnostic(Diagnostic.Create(
                            SupportRules.ArgumentOutsideDomain, syntax.GetLocation(), argument.Parameter.Name, family.Name, domain.Words));
    }
}
