using Microsoft.CodeAnalysis;

namespace Pyro.Analyzers;

/// <summary>The attributes that make a method a program, looked up once per compilation.</summary>
internal sealed class ProgramSymbols
{
    private readonly INamedTypeSymbol? _model;
    private readonly INamedTypeSymbol? _guide;

    private ProgramSymbols(INamedTypeSymbol? model, INamedTypeSymbol? guide)
    {
        _model = model;
        _guide = guide;
    }

    /// <summary>The symbols of a compilation; null when it does not reference the runtime, and so has no models.</summary>
    public static ProgramSymbols? In(Compilation compilation)
    {
        var model = compilation.GetTypeByMetadataName("Pyro.ModelAttribute");
        var guide = compilation.GetTypeByMetadataName("Pyro.GuideAttribute");
        return model is null && guide is null ? null : new ProgramSymbols(model, guide);
    }

    /// <summary>Whether the method is marked [Model] or [Guide].</summary>
    public bool IsProgram(IMethodSymbol method)
    {
        foreach (var attribute in method.GetAttributes())
            if (Is(attribute, _model) || Is(attribute, _guide))
                return true;
        return false;
    }

    private static bool Is(AttributeData attribute, INamedTypeSymbol? type) =>
        type is not null && SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, type);
}
