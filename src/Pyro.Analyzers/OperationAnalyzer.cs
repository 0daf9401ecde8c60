using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Pyro.Analyzers.Flow;
using Pyro.Analyzers.Rules;

namespace Pyro.Analyzers;

/// <summary>What is constructed and called, in programs and elsewhere.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OperationAnalyzer() : RuleAnalyzer(_rules)
{
    private static readonly ImmutableArray<IOperationRule> _rules = [.. Rule.All<IOperationRule>()];

    private protected override void Start(CompilationStartAnalysisContext start, RuntimeSymbols symbols) =>
        start.RegisterOperationAction(
            context =>
            {
                foreach (var rule in _rules)
                    rule.Check(context.Operation, context.ReportDiagnostic);
            },
            OperationKind.ObjectCreation,
            OperationKind.Invocation);
}
