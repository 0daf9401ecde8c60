using Microsoft.CodeAnalysis;

namespace Pyro.Compiler.Reading;

/// <summary>Which types the public members of generated code may speak of.</summary>
internal static class Visibility
{
    /// <summary>Whether a method can be called in other assemblies: by everybody, or by types that derive from its own.</summary>
    public static bool IsOffered(IMethodSymbol method)
    {
        for (ISymbol symbol = method; symbol is IMethodSymbol or INamedTypeSymbol; symbol = symbol.ContainingType)
            if (symbol.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal))
                return false;
        return true;
    }

    /// <summary>Whether a public member of a class inside a type may be of another type: what sees the one sees the other.</summary>
    public static bool Reaches(ITypeSymbol type, INamedTypeSymbol around) => Of(type) switch
    {
        Accessibility.Public => true,
        Accessibility.Internal => Of(around) != Accessibility.Public,
        _ => false,
    };

    // Public, internal, or anything less.
    private static Accessibility Of(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol array)
            return Of(array.ElementType);
        if (type is not INamedTypeSymbol named)
            return Accessibility.Public;
        var least = named.IsFileLocal ? Accessibility.Private : Single(named.DeclaredAccessibility);
        if (named.ContainingType is { } outer)
            least = Less(least, Of(outer));
        foreach (var argument in named.TypeArguments)
            least = Less(least, Of(argument));
        return least;
    }

    private static Accessibility Single(Accessibility declared) => declared switch
    {
        Accessibility.Public => Accessibility.Public,
        Accessibility.Internal or Accessibility.ProtectedOrInternal => Accessibility.Internal,
        _ => Accessibility.Private,
    };

    private static Accessibility Less(Accessibility one, Accessibility other) => one < other ? one : other;
}
