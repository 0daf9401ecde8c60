using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Pyro.Compiler.Analysis;
using Pyro.Compiler.Ir;

namespace Pyro.Compiler.Frontend;

/// <summary>From a method of the user to the IR of its program.</summary>
public static class ProgramLowering
{
    private static readonly SymbolDisplayFormat TypeFormat = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>The program of a method that is marked [Model] or [Guide]; null when the generator emits none for it.</summary>
    public static ProgramIr? Lower(IMethodSymbol method, Compilation compilation, CancellationToken cancellation) =>
        Lower(method, compilation, [method], cancellation);

    internal static ProgramIr? Lower(IMethodSymbol method, Compilation compilation, IReadOnlyList<IMethodSymbol> ancestors, CancellationToken cancellation)
    {
        method = method.PartialImplementationPart ?? method;
        if (!ProgramNames.IsCompiled(method, cancellation)
            || method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) is not MethodDeclarationSyntax declaration
            || (SyntaxNode?)declaration.Body is null && declaration.ExpressionBody is null)
            return null;

        var semantics = compilation.GetSemanticModel(declaration.SyntaxTree);
        var suffix = ProgramNames.Suffix(method);
        var collector = new SiteCollector();
        var lowering = new BodyLowering(semantics, collector, ProgramNames.ProgramClass(suffix), ancestors, cancellation);
        var nodes = declaration.Body is { } body ? lowering.Lower(body) : lowering.LowerValue(declaration.ExpressionBody!.Expression);
        return new ProgramIr(
            Namespaces(declaration).ToEquatableArray(),
            Types(method).ToEquatableArray(),
            method.Name,
            suffix,
            method.IsStatic,
            GuideOf(method),
            method.Parameters.Select(Parameter).ToEquatableArray(),
            method.ReturnsVoid ? null : method.ReturnType.ToDisplayString(TypeFormat),
            collector.Sites.ToEquatableArray(),
            collector.Plates.ToEquatableArray(),
            collector.HasDynamicSites,
            nodes,
            DependencyPass.Run(nodes, collector.Sites, lowering.CalleeEdges),
            Body(declaration, semantics, collector));
    }

    private static BodyIr Body(MethodDeclarationSyntax declaration, SemanticModel semantics, SiteCollector collector)
    {
        SyntaxNode body = declaration.Body is { } block ? block : declaration.ExpressionBody!.Expression;
        var start = body.SpanStart;
        var position = body.SyntaxTree.GetLineSpan(body.Span);
        return new BodyIr(
            body.ToString(),
            declaration.Body is null,
            position.StartLinePosition.Line + 1,
            position.Path,
            (semantics.GetNullableContext(start) & NullableContext.AnnotationsEnabled) != 0,
            collector.Edits.OrderBy(edit => edit.Start).ThenBy(edit => edit.Length)
                .Select(edit => edit with { Start = edit.Start - start }).ToEquatableArray());
    }

    private static IEnumerable<NamespaceIr> Namespaces(SyntaxNode node) =>
        node.Ancestors().Select(ancestor => ancestor switch
        {
            BaseNamespaceDeclarationSyntax space => new NamespaceIr(space.Name.ToString(), Usings(space.Usings)),
            CompilationUnitSyntax unit => new NamespaceIr("", Usings(unit.Usings)),
            _ => null,
        }).OfType<NamespaceIr>().Reverse();

    private static EquatableArray<string> Usings(SyntaxList<UsingDirectiveSyntax> usings) =>
        usings.Where(directive => directive.GlobalKeyword.IsKind(SyntaxKind.None))
            .Select(directive => directive.WithoutTrivia().NormalizeWhitespace().ToString()).ToEquatableArray();

    private static IEnumerable<TypeIr> Types(IMethodSymbol method)
    {
        var types = new List<TypeIr>();
        for (var type = method.ContainingType; type is not null; type = type.ContainingType)
        {
            var keyword = (type.IsRecord, type.TypeKind) switch
            {
                (true, TypeKind.Struct) => "record struct",
                (true, _) => "record",
                (_, TypeKind.Struct) => "struct",
                (_, TypeKind.Interface) => "interface",
                _ => "class",
            };
            types.Insert(0, new TypeIr("partial " + keyword, type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)));
        }
        return types;
    }

    private static string? GuideOf(IMethodSymbol method) => method.GetAttributes()
        .Where(attribute => attribute.AttributeClass?.ToDisplayString() == KnownNames.GuideAttribute)
        .Select(attribute => attribute.ConstructorArguments.FirstOrDefault().Value as string ?? "")
        .FirstOrDefault();

    private static ParameterIr Parameter(IParameterSymbol parameter) => new(
        parameter.IsParams ? "params " : "",
        parameter.Type.ToDisplayString(TypeFormat),
        SyntaxFacts.GetKeywordKind(parameter.Name) == SyntaxKind.None ? parameter.Name : "@" + parameter.Name,
        !parameter.HasExplicitDefaultValue ? ""
            : parameter.ExplicitDefaultValue is null ? "default"
            : parameter.Type.TypeKind == TypeKind.Enum
                ? $"({parameter.Type.ToDisplayString(TypeFormat)}){parameter.ExplicitDefaultValue}"
                : SymbolDisplay.FormatPrimitive(parameter.ExplicitDefaultValue, quoteStrings: true, useHexadecimalNumbers: false)
                    + (parameter.Type.SpecialType == SpecialType.System_Single ? "f" : ""));
}
