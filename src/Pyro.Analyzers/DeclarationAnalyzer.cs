using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Analyzers.Flow;
using Pyro.Analyzers.Rules;

namespace Pyro.Analyzers;

/// <summary>Whether types, models and guides are declared so that they can be compiled and trained.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DeclarationAnalyzer() : RuleAnalyzer(_rules)
{
    private static readonly ImmutableArray<IDeclarationRule> _rules = [.. Rule.All<IDeclarationRule>()];

    private protected override void Start(CompilationStartAnalysisContext start, RuntimeSymbols symbols)
    {
        start.RegisterSymbolAction(
            context => Check(context.Symbol, context.ReportDiagnostic, context.CancellationToken), SymbolKind.NamedType, SymbolKind.Method);
        start.RegisterOperationAction(
            context => Check(Function(context.Operation), context.ReportDiagnostic, context.CancellationToken),
            OperationKind.LocalFunction,
            OperationKind.AnonymousFunction);

        void Check(ISymbol declared, Action<Diagnostic> report, CancellationToken cancellation)
        {
            foreach (var rule in _rules)
                rule.Check(declared, symbols.Programs, report, cancellation);
        }
    }

    private static IMethodSymbol Function(IOperation operation) => operation is ILocalFunctionOperation local
        ? local.Symbol
        : ((IAnonymousFunctionOperation)operation).Symbol;
}
