using Microsoft.CodeAnalysis;

namespace Pyro.Analyzers.Rules;

/// <summary>A rule about a type or a method as it is declared, functions inside of others included.</summary>
internal interface IDeclarationRule
{
    void Check(ISymbol declared, ProgramSymbols programs, Action<Diagnostic> report, CancellationToken cancellation);
}
