using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Pyro.Compiler.Catalog;

/// <summary>What types and namespaces are known by. The same few are asked for at every call, and writing their names out takes longer than looking them up.</summary>
public static class FullNames
{
    private static readonly ConditionalWeakTable<ISymbol, string> Known = new();

    /// <summary>The name with namespaces, containing types and type arguments, as error messages have it.</summary>
    /// <param name="symbol">The type or the namespace.</param>
    public static string FullName(this ISymbol symbol) => Known.GetValue(symbol, static symbol => symbol.ToDisplayString());
}
