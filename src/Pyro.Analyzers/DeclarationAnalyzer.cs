using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Compiler.Reading;
using Pyro.Compiler.Rules;

namespace Pyro.Analyzers;

/// <summary>Whether models and guides are declared so that they can be compiled: PYRO001, PYRO002. Looks at symbols only.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DeclarationAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [ProgramRules.ContainingTypeMustBePartial, ProgramRules.MethodCannotBeProgram];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (ProgramSymbols.In(start.Compilation) is not { } symbols)
                return;
            start.RegisterSymbolAction(c => CheckType(c, symbols), SymbolKind.NamedType);
            start.RegisterSymbolAction(c => Check((IMethodSymbol)c.Symbol, symbols, c.ReportDiagnostic, c.CancellationToken), SymbolKind.Method);
            start.RegisterOperationAction(
                c => Check(Function(c.Operation), symbols, c.ReportDiagnostic, c.CancellationToken),
                OperationKind.LocalFunction,
                OperationKind.AnonymousFunction);
        });
    }

    private static void CheckType(SymbolAnalysisContext context, ProgramSymbols symbols)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (Declaration(type, context.CancellationToken) is not { } declaration || IsPartial(declaration))
            return;
        if (FirstProgram(type, symbols, context.CancellationToken) is { } program)
            context.ReportDiagnostic(Diagnostic.Create(
                ProgramRules.ContainingTypeMustBePartial, declaration.Identifier.GetLocation(), type.Name, program.Name));
    }

    /// <summary>
    /// The first method whose compiled form waits for this type alone: its own, or one of a nested type that is partial. A nested type that is
    /// not partial gets the diagnostic itself, and the fix there reaches out to this one.
    /// </summary>
    private static IMethodSymbol? FirstProgram(INamedTypeSymbol type, ProgramSymbols symbols, CancellationToken cancellation)
    {
        foreach (var member in type.GetMembers())
        {
            var program = member switch
            {
                IMethodSymbol method when symbols.IsProgram(method) && !MethodObstacles.Of(method, cancellation).Any() => method,
                INamedTypeSymbol nested when Declaration(nested, cancellation) is { } declaration && IsPartial(declaration) =>
                    FirstProgram(nested, symbols, cancellation),
                _ => null,
            };
            if (program is not null)
                return program;
        }
        return null;
    }

    private static void Check(IMethodSymbol method, ProgramSymbols symbols, Action<Diagnostic> report, CancellationToken cancellation)
    {
        if (!symbols.IsProgram(method))
            return;
        foreach (var obstacle in MethodObstacles.Of(method, cancellation))
            report(Diagnostic.Create(ProgramRules.MethodCannotBeProgram, obstacle.Location, method.Name is "" ? "lambda" : method.Name, obstacle.Reason));
    }

    private static IMethodSymbol Function(IOperation operation) => operation is ILocalFunctionOperation local
        ? local.Symbol
        : ((IAnonymousFunctionOperation)operation).Symbol;

    private static TypeDeclarationSyntax? Declaration(INamedTypeSymbol type, CancellationToken cancellation) =>
        type.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) as TypeDeclarationSyntax;

    private static bool IsPartial(TypeDeclarationSyntax declaration) => declaration.Modifiers.Any(SyntaxKind.PartialKeyword);
}
