using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Pyro.Compiler.Catalog;

namespace Pyro.Compiler.Reading;

/// <summary>One reason why a method cannot be a model or a guide, and the node that is the reason.</summary>
public readonly struct MethodObstacle(Location location, string reason)
{
    /// <summary>The modifier, parameter, type or name that stands in the way.</summary>
    public Location Location { get; } = location;

    /// <summary>The end of the sentence "the method cannot be a model or a guide: …".</summary>
    public string Reason { get; } = reason;
}

/// <summary>
/// What keeps a method from being a model or a guide (PYRO002). The generator emits nothing for a method that has an obstacle; the analyzer
/// reports each.
/// </summary>
public static class MethodObstacles
{
    /// <summary>The obstacles of a method in source, in the order of the text; none for a method that can be compiled.</summary>
    public static IEnumerable<MethodObstacle> Of(IMethodSymbol method, CancellationToken cancellation = default) =>
        OfKind(method) is { } kind
            ? [new MethodObstacle(Name(method, cancellation), kind)]
            : OfDeclaration(method, cancellation).OrderBy(obstacle => obstacle.Location.SourceSpan.Start);

    /// <summary>Members and functions that are no ordinary methods; nothing else about them is worth telling.</summary>
    private static string? OfKind(IMethodSymbol method) => method switch
    {
        { MethodKind: MethodKind.LocalFunction } => "it is a local function; a model is a method of a type",
        { MethodKind: MethodKind.AnonymousFunction } => "it is a lambda; a model is a method of a type",
        { MethodKind: MethodKind.ExplicitInterfaceImplementation } => "it is an explicit implementation of an interface's method",
        { MethodKind: not MethodKind.Ordinary } => "it is not an ordinary method",
        { ContainingType.IsFileLocal: true } => "its type is local to the file, and the compiled program lies in another",
        { IsStatic: false, ContainingType.IsRefLikeType: true } => "it belongs to an instance of a ref struct, which a program cannot hold",
        _ when IsInVariantInterface(method.ContainingType) => "it belongs to an interface with an 'in' or 'out' type parameter, which cannot hold its program",
        _ when IsModelAndGuide(method) => "it is marked [Model] and [Guide]; keep the one that it is",
        _ when method.Locations.Any(location => location.IsInSource) && ProgramNames.Taken(method) is { } taken => 
            $"its type {(SymbolEqualityComparer.Default.Equals(taken, method.ContainingType) ? "is called" : "has a member")} '{taken.Name}', which is the name of a part of the program",
        _ => null,
    };

    private static bool IsInVariantInterface(INamedTypeSymbol? type) =>
        type is not null && (type.TypeParameters.Any(parameter => parameter.Variance != VarianceKind.None) || IsInVariantInterface(type.ContainingType));

    private static bool IsModelAndGuide(IMethodSymbol method)
    {
        var marks = method.GetAttributes().Select(attribute => attribute.AttributeClass?.FullName()).ToList();
        return marks.Contains(RuntimeNames.ModelAttribute) && marks.Contains(RuntimeNames.GuideAttribute);
    }

    /// <summary>The name of a method; of a lambda, which has none, its arrow.</summary>
    private static Location Name(IMethodSymbol method, CancellationToken cancellation) =>
        method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) switch
        {
            LambdaExpressionSyntax lambda => lambda.ArrowToken.GetLocation(),
            _ => method.Locations[0],
        };

    private static IEnumerable<MethodObstacle> OfDeclaration(IMethodSymbol method, CancellationToken cancellation)
    {
        var implementation = method.PartialImplementationPart ?? method;
        if (implementation.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) is not MethodDeclarationSyntax declaration)
            yield break;

        if (Find(declaration.Modifiers, SyntaxKind.AsyncKeyword) is { } asynchronous)
            yield return At(asynchronous, "it is async");
        if (FirstYield(declaration) is { } iterator)
            yield return At(iterator, "it is an iterator");
        if (declaration.TypeParameterList is { } typeParameters)
            yield return At(typeParameters, "it is generic");
        if (method.IsAbstract)
            yield return At(Find(declaration.Modifiers, SyntaxKind.AbstractKeyword) ?? declaration.Identifier, "it is abstract");
        else if (method.IsExtern)
            yield return At(Find(declaration.Modifiers, SyntaxKind.ExternKeyword) ?? declaration.Identifier, "it is extern");
        else if (declaration.Body is null && declaration.ExpressionBody is null)
            yield return At(declaration.Identifier, "it has no body");

        if (method.ReturnsByRef || method.ReturnsByRefReadonly)
            yield return At(declaration.ReturnType, "it returns a reference");
        else if (IsLocalToFile(method.ReturnType))
            yield return At(declaration.ReturnType, $"it returns a value of type '{Display(method.ReturnType)}', which is local to the file, and the compiled program lies in another");
        else if (!CanBeTypeArgument(method.ReturnType))
            yield return At(declaration.ReturnType, $"a program cannot return a value of type '{Display(method.ReturnType)}'");

        foreach (var use in FileLocalUses.Of(declaration))
            yield return At(use, $"its body uses '{use.Identifier.ValueText}', which is local to the file, and the compiled program lies in another");

        foreach (var (parameter, syntax) in implementation.Parameters.Zip(declaration.ParameterList.Parameters, (symbol, node) => (symbol, node)))
            if (parameter.RefKind != RefKind.None)
                yield return At(ReferenceModifier(syntax), $"its parameter '{parameter.Name}' is passed by reference");
            else if (IsLocalToFile(parameter.Type))
                yield return At(syntax.Type!, $"its parameter '{parameter.Name}' has type '{Display(parameter.Type)}', which is local to the file, and the compiled program lies in another");
            else if (!CanBeTypeArgument(parameter.Type))
                yield return At(syntax.Type!, $"its parameter '{parameter.Name}' has type '{Display(parameter.Type)}', which a program cannot hold");
    }

    private static bool IsLocalToFile(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => IsLocalToFile(array.ElementType),
        INamedTypeSymbol named => named.IsFileLocal || named.TypeArguments.Any(IsLocalToFile) || (named.ContainingType is { } outer && IsLocalToFile(outer)),
        _ => false,
    };

    private static bool CanBeTypeArgument(ITypeSymbol type) =>
        !type.IsRefLikeType && type.TypeKind is not (TypeKind.Pointer or TypeKind.FunctionPointer);

    private static SyntaxToken? FirstYield(MethodDeclarationSyntax declaration) => declaration
        .DescendantNodes(node => node is not (LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax))
        .OfType<YieldStatementSyntax>()
        .Select(statement => (SyntaxToken?)statement.YieldKeyword)
        .FirstOrDefault();

    private static SyntaxToken ReferenceModifier(ParameterSyntax parameter) => parameter.Modifiers.First(modifier =>
        modifier.Kind() is SyntaxKind.RefKeyword or SyntaxKind.OutKeyword or SyntaxKind.InKeyword);

    private static SyntaxToken? Find(SyntaxTokenList modifiers, SyntaxKind kind) =>
        modifiers.IndexOf(kind) is >= 0 and var index ? modifiers[index] : null;

    private static MethodObstacle At(SyntaxNodeOrToken where, string reason) => new(where.GetLocation()!, reason);

    private static string Display(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
}
