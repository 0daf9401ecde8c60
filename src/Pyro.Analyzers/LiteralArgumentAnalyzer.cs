using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Pyro.Analyzers.Flow;
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
        if (FamilyUse.Of(context.Operation) is not var (family, arguments))
            return;
        foreach (var argument in arguments)
            if (family.DomainOf(argument.Parameter!.Name, parameter => Literals.Argument(arguments, parameter)) is { } domain)
                foreach (var (number, syntax) in Literals.Numbers(argument.Value))
                    if (!domain.Contains(number))
                        context.ReportDiagnostic(Diagnostic.Create(
                            SupportRules.ArgumentOutsideDomain, syntax.GetLocation(), argument.Parameter.Name, family.Name, domain.Words));
    }
}
