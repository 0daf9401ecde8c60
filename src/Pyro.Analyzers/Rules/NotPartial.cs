using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Pyro.Compiler.Reading;

namespace Pyro.Analyzers.Rules;

/// <summary>PYRO001: the compiled program is a member of the type that contains the method, so that type must be partial.</summary>
internal sealed class NotPartial() : Rule(
    "PYRO001",
    DiagnosticSeverity.Error,
    "The type that contains a model or a guide must be partial",
    "Type '{0}' must be partial: the compiled form of '{1}' becomes a member of it",
    "The compiler adds the compiled program to the type that contains the method, which C# allows only in a partial type whose "
        + "containing types are partial too."), IDeclarationRule
{
    public void Check(ISymbol declared, ProgramSymbols programs, Action<Diagnostic> report, CancellationToken cancellation)
    {
        if (declared is INamedTypeSymbol type
            && Declaration(type, cancellation) is { } declaration && !IsPartial(declaration)
            && FirstProgram(type, programs, cancellation) is { } program)
            report(Diagnostic.Create(Descriptor, declaration.Identifier.GetLocation(), type.Name, program.Name));
    }

    /// <summary>
    /// The first method whose compiled form waits for this type alone: its own, or one of a nested type that is partial. A nested type that is
    /// not partial gets the diagnostic itself, and the fix there reaches out to this one.
    /// </summary>
    private static IMethodSymbol? FirstProgram(INamedTypeSymbol type, ProgramSymbols programs, CancellationToken cancellation)
    {
        foreach (var member in type.GetMembers())
        {
            var program = member switch
            {
                IMethodSymbol method when programs.IsProgram(method) && !MethodObstacles.Of(method, cancellation).Any() => method,
                INamedTypeSymbol nested when Declaration(nested, cancellation) is { } declaration && IsPartial(declaration) =>
                    FirstProgram(nested, programs, cancellation),
                _ => null,
            };
            if (program is not null)
                return program;
        }
        return null;
    }

    private static TypeDeclarationSyntax? Declaration(INamedTypeSymbol type, CancellationToken cancellation) =>
        type.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) as TypeDeclarationSyntax;

    private static bool IsPartial(TypeDeclarationSyntax declaration) => declaration.Modifiers.Any(SyntaxKind.PartialKeyword);
}
