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

    /// <summary>Whether a type is that of tensors.</summary>
    /// <param name="type">The type.</param>
    public static bool IsTensor(this ITypeSymbol? type) => type is { Name: "Tensor" } && type.FullName() == RuntimeNames.Tensor;

    /// <summary>Whether a method is one of torch's or of its tensors.</summary>
    /// <param name="method">The method.</param>
    public static bool IsOfTorch(this IMethodSymbol method) =>
        method.ContainingType?.FullName().StartsWith(RuntimeNames.Torch, StringComparison.Ordinal) == true;

    /// <summary>Whether a method is a primitive: of this name, or of any.</summary>
    /// <param name="method">The method.</param>
    /// <param name="name">The name; null for any.</param>
    public static bool IsPrimitive(this IMethodSymbol method, string? name = null) =>
        (name is null || method.Name == name) && method.ContainingType?.FullName() == RuntimeNames.Primitives;
}
