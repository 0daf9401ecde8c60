using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Pyro.Analyzers.Flow;
using Pyro.Analyzers.Rules;

namespace Pyro.Analyzers;

/// <summary>Shows a compilation that references the runtime to rules of one kind or two.</summary>
public abstract class RuleAnalyzer : DiagnosticAnalyzer
{
    private protected RuleAnalyzer(IEnumerable<object> rules) =>
        SupportedDiagnostics = [.. rules.Cast<Rule>().Select(rule => rule.Descriptor).Distinct()];

    /// <inheritdoc/>
    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; }

    /// <inheritdoc/>
    public sealed override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (RuntimeSymbols.In(start.Compilation) is { } symbols)
                Start(start, symbols);
        });
    }

    private protected abstract void Start(CompilationStartAnalysisContext start, RuntimeSymbols symbols);
}
