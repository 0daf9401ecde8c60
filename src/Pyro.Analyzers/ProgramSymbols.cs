using Microsoft.CodeAnalysis;
using Pyro.Compiler.Catalog;

namespace Pyro.Analyzers;

/// <summary>The attributes that make a method a program, looked up once per compilation.</summary>
internal sealed class ProgramSymbols
{
    private readonly INamedTypeSymbol _model;
    private readonly INamedTypeSymbol _guide;

    private ProgramSymbols(INamedTypeSymbol model, INamedTypeSymbol guide, Compilation compilation) =>
        (_model, _guide, Compilation) = (model, guide, compilation);

    public Compilation Compilation { get; }

    /// <summary>The symbols of a compilation; null when it does not reference the runtime, and so has no models.</summary>
    public static ProgramSymbols? In(Compilation compilation) =>
        compilation.GetTypeByMetadataName(RuntimeNames.ModelAttribute) is { } model
        && compilation.GetTypeByMetadataName(RuntimeNames.GuideAttribute) is { } guide
            ? new ProgramSymbols(model, guide, compilation)
            : null;

    /// <summary>Whether the method is marked [Model] or [Guide].</summary>
    public bool IsProgram(IMethodSymbol method) => IsModel(method) || GuideAttribute(method) is not null;

    /// <summary>Whether the method is marked [Model].</summary>
    public bool IsModel(IMethodSymbol method) => Attribute(method, _model) is not null;

    /// <summary>The [Guide] of the method, if it has one.</summary>
    public AttributeData? GuideAttribute(IMethodSymbol method) => Attribute(method, _guide);

    /// <summary>Whether the method asks for names that are known only when it runs.</summary>
    public bool IsDynamic(IMethodSymbol method) => (Attribute(method, _model) ?? GuideAttribute(method))?.NamedArguments
        .Any(argument => argument is { Key: "Dynamic", Value.Value: true }) == true;

    /// <summary>The name of the model in a [Guide]; null where the text is not complete.</summary>
    public static string? ModelName(AttributeData guide) =>
        guide.ConstructorArguments.FirstOrDefault().Value as string;

    /// <summary>The models of this name that a guide in the type can mean: those of the type itself or, where it has none, of its nearest base type.</summary>
    public IReadOnlyList<IMethodSymbol> Models(INamedTypeSymbol type, string name)
    {
        for (var level = type; level is not null; level = level.BaseType)
        {
            IMethodSymbol[] models = [.. level.GetMembers(name).OfType<IMethodSymbol>().Where(IsModel)];
            if (models.Length > 0)
                return models;
        }
        return [];
    }

    private static AttributeData? Attribute(IMethodSymbol method, INamedTypeSymbol type) =>
        method.GetAttributes().FirstOrDefault(attribute => SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, type));
}
