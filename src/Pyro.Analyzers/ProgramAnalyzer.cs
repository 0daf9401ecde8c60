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
public sealed class ProgramAnalyzer : DiagnosticAnalyzer
{
    private static readonly PlateSize _plateSize = new();

    private static readonly ImmutableArray<IProgramRule> _programRules =
        [new DuplicateName(), new SameNameInLoop(), new EmptyName(), new ObserveInGuide(), new UnconstrainedParam(), new ObservationOutsideSupport(), new SequentialLoop(),
            new DependentIterations(), _plateSize, new ParamTwice(), new UnknownName(), new ObservedLatent(), new ObservedTransform(), new SubsampleUnused(), new NotAFunction(),
            new InfiniteEnumeration(), new UnknownConstruct(), new NoBaseline(), new Unreached()];

    private static readonly ImmutableArray<IPairRule> _pairRules =
        [new SiteMissingInGuide(), new SiteMissingInModel(), new SupportOutsideModel(), new DiscreteAgainstContinuous(), _plateSize, new PlatesDiffer(), new GradientEnds(), new BiasedGradient()];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [.. _programRules.Select(rule => rule.Descriptor).Concat(_pairRules.Select(rule => rule.Descriptor)).Distinct()];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (RuntimeSymbols.In(start.Compilation) is { } symbols)
                start.RegisterSymbolStartAction(type => Read(type, symbols), SymbolKind.NamedType);
        });
    }

    private static void Read(SymbolStartAnalysisContext start, RuntimeSymbols symbols)
    {
        if (!((INamedTypeSymbol)start.Symbol).GetMembers().OfType<IMethodSymbol>().Any(symbols.Programs.IsProgram))
            return;
        var type = new ProgramType(symbols);
        start.RegisterOperationBlockAction(context =>
        {
            // The default values of parameters are blocks too.
            if (context.OwningSymbol is IMethodSymbol method && context.OperationBlocks.OfType<IBlockOperation>().FirstOrDefault() is { } body)
                type.Add(new MethodBody(method, body, symbols, () => context.GetControlFlowGraph(body)));
        });
        start.RegisterSymbolEndAction(context =>
        {
            // Programs share methods: what is wrong in one is said once.
            var said = new HashSet<(Location, string)>();
            void Report(Diagnostic diagnostic)
            {
                if (said.Add((diagnostic.Location, diagnostic.ToString())))
                    context.ReportDiagnostic(diagnostic);
            }
            foreach (var program in type.Programs)
                foreach (var rule in _programRules)
                    rule.Check(program, type, Report);
            foreach (var pair in type.Pairs)
                foreach (var rule in _pairRules)
                    rule.Check(pair, Report);
        });
    }
}
