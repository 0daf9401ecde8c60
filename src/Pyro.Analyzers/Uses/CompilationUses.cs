using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Pyro.Analyzers.Flow;

namespace Pyro.Analyzers.Uses;

/// <summary>All bodies of a compilation, and what in them is about programs without being one.</summary>
internal sealed class CompilationUses(RuntimeSymbols symbols)
{
    public RuntimeSymbols Symbols { get; } = symbols;

    /// <summary>The bodies of methods, by their methods.</summary>
    public ConcurrentDictionary<IMethodSymbol, IOperation> Bodies { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>The constants by which sites are looked for.</summary>
    public ConcurrentBag<NameUse> Names { get; } = [];

    /// <summary>The sites in methods that are no programs.</summary>
    public ConcurrentBag<PrimitiveCall> Outside { get; } = [];
}
