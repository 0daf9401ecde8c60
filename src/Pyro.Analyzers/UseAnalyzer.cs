using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Analyzers.Flow;
using Pyro.Analyzers.Rules;
using Pyro.Analyzers.Uses;

namespace Pyro.Analyzers;

/// <summary>How programs are used, and what is written as one without being one: its rules need all bodies of the compilation.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UseAnalyzer() : RuleAnalyzer(_rules)
{
    private static readonly ImmutableArray<IUseRule> _rules = [.. Rule.All<IUseRule>()];

    private protected override void Start(CompilationStartAnalysisContext start, RuntimeSymbols symbols)
    {
        var uses = new CompilationUses(symbols);
        start.RegisterOperationBlockAction(context =>
        {
            if (context.OwningSymbol is IMethodSymbol method && context.OperationBlocks.OfType<IBlockOperation>().FirstOrDefault() is { } body)
                uses.Bodies.TryAdd(method, body);
        });
        start.RegisterOperationAction(context =>
        {
            foreach (var use in NameUse.Of(context.Operation))
                uses.Names.Add(use);
            if (context.Operation is IInvocationOperation call
                && PrimitiveCall.From(call, symbols.Primitives) is { Kind: PrimitiveKind.Sample or PrimitiveKind.Observe } site
                && context.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Ordinary } method && !symbols.Programs.IsProgram(method))
                uses.Outside.Add(site);
        }, OperationKind.Invocation, OperationKind.PropertyReference);
        start.RegisterCompilationEndAction(context =>
        {
            foreach (var rule in _rules)
                rule.Check(uses, context.ReportDiagnostic, context.CancellationToken);
        });
    }
}
