using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Analyzers.Flow;
using Pyro.Analyzers.Uses;
using Pyro.Compiler.Rules;

namespace Pyro.Analyzers;

/// <summary>How programs are used, and what is written as one without being one: PYRO013, PYRO071. Both need all bodies of the compilation.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UseAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [NameRules.NoSuchName, EffectRules.OutsideModel];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (RuntimeSymbols.In(start.Compilation) is { } symbols)
                Read(start, symbols);
        });
    }

    private static void Read(CompilationStartAnalysisContext start, RuntimeSymbols symbols)
    {
        var blocks = new ConcurrentDictionary<IMethodSymbol, IOperation>(SymbolEqualityComparer.Default);
        var uses = new ConcurrentBag<NameUse>();
        var outside = new ConcurrentBag<PrimitiveCall>();
        start.RegisterOperationBlockAction(context =>
        {
            if (context.OwningSymbol is IMethodSymbol method && context.OperationBlocks.OfType<IBlockOperation>().FirstOrDefault() is { } body)
                blocks.TryAdd(method, body);
        });
        start.RegisterOperationAction(context =>
        {
            foreach (var use in NameUse.Of(context.Operation))
                uses.Add(use);
            if (context.Operation is IInvocationOperation call && PrimitiveCall.From(call, symbols.Primitives) is { Kind: PrimitiveKind.Sample or PrimitiveKind.Observe } site
                && context.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Ordinary } method && !symbols.Programs.IsProgram(method))
                outside.Add(site);
        }, OperationKind.Invocation, OperationKind.PropertyReference);
        start.RegisterCompilationEndAction(context =>
        {
            UnknownNames.Check(uses, blocks, symbols, context.ReportDiagnostic);
            OutsideModel.Check(outside, blocks, symbols, context.ReportDiagnostic, context.CancellationToken);
        });
    }
}
