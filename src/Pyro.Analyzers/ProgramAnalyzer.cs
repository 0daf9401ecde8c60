using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Analyzers.Flow;
using Pyro.Analyzers.Rules;

namespace Pyro.Analyzers;

/// <summary>
/// What models and guides do: reads the bodies of a type that has some, each once, and shows them to the rules, first those about one program, then those
/// about a guide and its model.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ProgramAnalyzer() : RuleAnalyzer([.. _programRules, .. _pairRules])
{
    private static readonly ImmutableArray<IProgramRule> _programRules = [.. Rule.All<IProgramRule>()];

    private static readonly ImmutableArray<IPairRule> _pairRules = [.. Rule.All<IPairRule>()];

    private protected override void Start(CompilationStartAnalysisContext start, RuntimeSymbols symbols) =>
        start.RegisterSymbolStartAction(type => Read(type, symbols), SymbolKind.NamedType);

    private static void Read(SymbolStartAnalysisContext start, RuntimeSymbols symbols)
    {
        var declared = (INamedTypeSymbol)start.Symbol;
        if (!declared.GetMembers().OfType<IMethodSymbol>().Any(symbols.Programs.IsProgram))
            return;
        var type = new ProgramType(symbols, declared);
        start.RegisterOperationBlockAction(context =>
        {
            // The default values of parameters are blocks too.
            if (context.OwningSymbol is IMethodSymbol method && context.OperationBlocks.OfType<IBlockOperation>().FirstOrDefault() is { } body)
                type.Add(new MethodBody(method, body, symbols, () => context.GetControlFlowGraph(body)));
        });
        start.RegisterSymbolEndAction(context =>
        {
            // Programs share methods: what is wrong in one is said once, and in a model of a base type where that is.
            var said = new HashSet<(Location, string)>();
            void Report(Diagnostic diagnostic)
            {
                if (Holds(diagnostic.Location) && said.Add((diagnostic.Location, diagnostic.ToString())))
                    context.ReportDiagnostic(diagnostic);
            }
            bool Holds(Location place) => declared.DeclaringSyntaxReferences.Any(reference =>
                reference.SyntaxTree == place.SourceTree && reference.Span.Contains(place.SourceSpan));

            foreach (var program in type.Programs)
                foreach (var rule in _programRules)
                    rule.Check(program, type, Report);
            foreach (var pair in type.Pairs)
                foreach (var rule in _pairRules)
                    rule.Check(pair, Report);
        });
    }
}
