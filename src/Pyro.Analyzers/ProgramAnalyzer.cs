using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Pyro.Analyzers.Flow;
using Pyro.Analyzers.Rules;

namespace Pyro.Analyzers;

/// <summary>
/// What models and guides do: reads the bodies of a type that has some, and shows them to the rules, first those about one program, then those about a guide
/// and its model. A file asks for what is said of its types; asking for the ends of symbols makes Roslyn keep books on each member of the compilation,
/// generated ones too, which costs a build more than all rules.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ProgramAnalyzer() : RuleAnalyzer([.. _programRules, .. _pairRules])
{
    private static readonly ImmutableArray<IProgramRule> _programRules = [.. Rule.All<IProgramRule>()];

    private static readonly ImmutableArray<IPairRule> _pairRules = [.. Rule.All<IPairRule>()];

    private protected override void Start(CompilationStartAnalysisContext start, RuntimeSymbols symbols)
    {
        var said = new ConcurrentDictionary<INamedTypeSymbol, IReadOnlyCollection<Diagnostic>>(SymbolEqualityComparer.Default);
        start.RegisterSemanticModelAction(context =>
        {
            foreach (var type in Types(context))
                foreach (var diagnostic in said.GetOrAdd(type, type => Said(type, symbols)))
                    if (diagnostic.Location.SourceTree == context.SemanticModel.SyntaxTree)
                        context.ReportDiagnostic(diagnostic);
        });
    }

    private static IEnumerable<INamedTypeSymbol> Types(SemanticModelAnalysisContext context)
    {
        var types = context.SemanticModel.SyntaxTree.GetRoot(context.CancellationToken)
            .DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax)
            .OfType<TypeDeclarationSyntax>()
            .Select(declared => context.SemanticModel.GetDeclaredSymbol(declared, context.CancellationToken));
        return new HashSet<INamedTypeSymbol>(types.OfType<INamedTypeSymbol>(), SymbolEqualityComparer.Default);
    }

    // Programs share methods: what is wrong in one is said once, and in a model of a base type where that is.
    private static HashSet<Diagnostic> Said(INamedTypeSymbol declared, RuntimeSymbols symbols)
    {
        var said = new HashSet<Diagnostic>();
        var type = new ProgramType(symbols, declared);
        foreach (var program in type.Programs)
            foreach (var rule in _programRules)
                rule.Check(program, type, Report);
        foreach (var pair in type.Pairs)
            foreach (var rule in _pairRules)
                rule.Check(pair, Report);
        return said;

        void Report(Diagnostic diagnostic)
        {
            if (declared.DeclaringSyntaxReferences.Any(reference =>
                reference.SyntaxTree == diagnostic.Location.SourceTree && reference.Span.Contains(diagnostic.Location.SourceSpan)))
                said.Add(diagnostic);
        }
    }
}
