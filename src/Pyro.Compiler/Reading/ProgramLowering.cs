using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Pyro.Compiler.Catalog;
using Pyro.Compiler.Ir;

namespace Pyro.Compiler.Reading;

/// <summary>From a method of the user to the IR of its program.</summary>
public static class ProgramLowering
{
    private static readonly SymbolDisplayFormat TypeFormat = SymbolDisplayFormat.FullyQualifiedFormat
        .WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted);

    /// <summary>The program of a method that is marked [Model] or [Guide]; null when the generator emits none for it.</summary>
    /// <param name="method">The method.</param>
    /// <param name="compilation">What the method is part of.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <param name="sources">The files whose bodies decide about the program: its own, and those of programs that it calls.</param>
    public static ProgramIr? Lower(IMethodSymbol method, Compilation compilation, CancellationToken cancellation, out IReadOnlyCollection<SyntaxTree> sources)
    {
        sources = [.. method.DeclaringSyntaxReferences.Concat(method.PartialImplementationPart?.DeclaringSyntaxReferences ?? []).Select(reference => reference.SyntaxTree)];
        if (!ProgramNames.IsCompiled(method, cancellation) || DeclarationOf(method, cancellation) is not { } declaration)
            return null;

        var nullable = compilation.GetSemanticModel(declaration.SyntaxTree).GetNullableContext(declaration.Identifier.SpanStart).AnnotationsEnabled();
        // Where annotations are disabled, one that is written nevertheless means nothing.
        var types = nullable ? TypeFormat.AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier) : TypeFormat;
        compilation = Bodies.Of(compilation);
        var semantics = compilation.GetSemanticModel(declaration.SyntaxTree);
        method = (IMethodSymbol)semantics.GetDeclaredSymbol(declaration, cancellation)!;
        var suffix = ProgramNames.Suffix(method);
        var shared = new Lowered(compilation, suffix, cancellation);
        var edits = new BodyEdits(declaration);
        shared.Sources.UnionWith(sources);
        sources = shared.Sources;
        shared.Programs.Add(FunctionName(method), null);
        var own = new BodyLowering(semantics, shared, Classes(method, suffix, edits), edits).Lower(declaration);
        edits.Loosen(declaration);
        var names = GeneratedNames.Of(declaration, semantics, out var importsPrograms).ToEquatableArray();
        string[] imports = [.. importsPrograms ? [RuntimeNames.Programs] : Array.Empty<string>(), .. edits.HasChecks ? [RuntimeNames.Checks] : Array.Empty<string>()];
        var nodes = new Block(shared.Programs.Values.OfType<Node>().Append(AsFunction(method, own, shared)).ToEquatableArray());
        return new ProgramIr(
            Namespaces(declaration, imports).ToEquatableArray(),
            Types(method.ContainingType).ToEquatableArray(),
            method.Name,
            suffix,
            method.IsStatic,
            ProgramNames.Twins(method),
            Access(method, IsUnsafe(declaration)),
            GuideOf(method),
            method.Parameters.Select(parameter => Parameter(parameter, Display)).ToEquatableArray(),
            method.ReturnsVoid ? null : Display(method.ReturnType),
            shared.Collector.Sites.ToEquatableArray(),
            shared.Collector.Plates.ToEquatableArray(),
            shared.Collector.Loops.ToEquatableArray(),
            shared.Collector.HasDynamicSites,
            nodes,
            shared.Aliases.Groups(),
            Body(declaration, nullable, edits, compilation))
        {
            Names = names,
            OfferedAs = Visibility.IsOffered(method) ? method.GetDocumentationCommentId() : null,
            ChangesTensors = shared.Aliases.TensorsChange,
            MayHaveOtherSites = shared.Collector.MayHaveOtherSites,
            OtherNames = shared.Collector.OtherNames.ToEquatableArray(),
            MayHaveOtherNames = shared.Collector.MayHaveOtherNames,
        };

        string Display(ITypeSymbol type) => GeneratedNames.Of(type, semantics, declaration.SpanStart, types);
    }

    // By their whole names where something in the body has their short ones.
    private static string Classes(IMethodSymbol method, string suffix, BodyEdits edits) =>
        edits.IsTaken(ProgramNames.SitesClass(suffix)) || edits.IsTaken(ProgramNames.PlatesClass(suffix))
            ? $"{method.ContainingType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)}.{suffix}"
            : suffix;

    /// <summary>The name under which a program that another one calls is a function; its sites join those of the caller.</summary>
    internal static string Callee(IMethodSymbol method, Lowered shared)
    {
        var name = FunctionName(method);
        if (shared.Programs.TryGetValue(name, out var known))
        {
            // A program that is still being read calls itself: how often each of its sites runs is known only at run time.
            shared.Collector.HasDynamicSites |= known is null;
            return name;
        }
        if (DeclarationOf(method, shared.Cancellation) is not { } declaration)
            return name;
        shared.Sources.Add(declaration.SyntaxTree);
        shared.Programs.Add(name, null);
        var body = new BodyLowering(shared.Compilation.GetSemanticModel(declaration.SyntaxTree), shared, "", edits: null).Lower(declaration);
        shared.Programs[name] = AsFunction(method, body, shared);
        return name;
    }

    private static Function AsFunction(IMethodSymbol method, Block body, Lowered shared) =>
        new(FunctionName(method), (method.PartialImplementationPart ?? method).Parameters.Select(shared.Names.Of).ToEquatableArray(), body);

    private static string FunctionName(IMethodSymbol method) =>
        method.OriginalDefinition.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat);

    private static MethodDeclarationSyntax? DeclarationOf(IMethodSymbol method, CancellationToken cancellation) =>
        (method.PartialImplementationPart ?? method).OriginalDefinition.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation)
            is MethodDeclarationSyntax declaration && (declaration.Body is not null || declaration.ExpressionBody is not null) ? declaration : null;

    private static BodyIr Body(MethodDeclarationSyntax declaration, bool nullable, BodyEdits edits, Compilation compilation)
    {
        SyntaxNode body = declaration.Body is { } block ? block : declaration.ExpressionBody!.Expression;
        SourceLines.KeepDirectives(body, compilation, edits);
        var replaced = edits.From(body.SpanStart);
        return new BodyIr(
            body.ToString(),
            declaration.Body is null,
            IndentOf(body),
            SourceLines.Of(body.SyntaxTree, body.Span, compilation),
            nullable,
            Symbols(declaration),
            edits.Context,
            replaced,
            LineMarks.Of(body, replaced, text => SourceLines.Of(body.SyntaxTree, text, compilation)).ToEquatableArray());
    }

    // Null where more than that stands before it in its line.
    private static string? IndentOf(SyntaxNode body)
    {
        var text = body.SyntaxTree.GetText();
        var before = text.ToString(TextSpan.FromBounds(text.Lines.GetLineFromPosition(body.SpanStart).Start, body.SpanStart));
        return before.Trim().Length == 0 ? before : null;
    }

    // The file's own #define and #undef: what #if and [Conditional] in the body go by.
    private static EquatableArray<string> Symbols(SyntaxNode declaration) => declaration.SyntaxTree.GetRoot().GetFirstToken(includeZeroWidth: true).LeadingTrivia
        .Select(trivia => trivia.GetStructure() switch
        {
            DefineDirectiveTriviaSyntax { IsActive: true } define => $"#define {define.Name.Text}",
            UndefDirectiveTriviaSyntax { IsActive: true } undef => $"#undef {undef.Name.Text}",
            _ => "",
        }).Where(line => line.Length > 0).ToEquatableArray();

    private static IEnumerable<NamespaceIr> Namespaces(SyntaxNode node, IEnumerable<string> imports) =>
        node.Ancestors().Select(ancestor => ancestor switch
        {
            BaseNamespaceDeclarationSyntax space => new NamespaceIr(string.Concat(space.Name.DescendantTokens().Select(token => token.Text)),
                Usings(space.Usings).ToEquatableArray(), space is FileScopedNamespaceDeclarationSyntax),
            CompilationUnitSyntax unit => new NamespaceIr("", InOrder(Usings(unit.Usings).Union(imports.Select(name => $"using {name};"))).ToEquatableArray(), false),
            _ => null,
        }).OfType<NamespaceIr>().Reverse();

    private static IEnumerable<string> Usings(SyntaxList<UsingDirectiveSyntax> usings) =>
        usings.Where(directive => directive.GlobalKeyword.IsKind(SyntaxKind.None)).Select(directive => directive.WithoutTrivia().NormalizeWhitespace().ToString());

    // As people have them: namespaces, those of the framework first, then types, then names for either.
    private static IEnumerable<string> InOrder(IEnumerable<string> usings) => usings
        .OrderBy(directive => directive.Contains('=') ? 3 : directive.StartsWith("using static", StringComparison.Ordinal) ? 2
            : directive is "using System;" || directive.StartsWith("using System.", StringComparison.Ordinal) ? 0 : 1)
        .ThenBy(directive => directive.TrimEnd(';'), StringComparer.Ordinal);

    /// <summary>A type and those around it, outermost first, as a declaration opens them.</summary>
    internal static IEnumerable<TypeIr> Types(INamedTypeSymbol? type)
    {
        var types = new List<TypeIr>();
        for (; type is not null; type = type.ContainingType)
        {
            var keyword = (type.IsRecord, type.TypeKind) switch
            {
                (true, TypeKind.Struct) => "record struct",
                (true, _) => "record",
                (_, TypeKind.Struct) => "struct",
                (_, TypeKind.Interface) => "interface",
                _ => "class",
            };
            types.Insert(0, new TypeIr("partial " + keyword, type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat),
                type is { TypeKind: TypeKind.Class, BaseType.SpecialType: not SpecialType.System_Object }));
        }
        return types;
    }

    // Who may call the method may use its program; the body on an explicit context is for this assembly's other programs.
    private static AccessIr Access(IMethodSymbol method, bool isUnsafe) => method.DeclaredAccessibility switch
    {
        Accessibility.Public => new("public", "internal", isUnsafe),
        Accessibility.ProtectedOrInternal => new("protected internal", "internal", isUnsafe),
        Accessibility.Internal => new("internal", "internal", isUnsafe),
        Accessibility.Protected => new("protected", "private protected", isUnsafe),
        Accessibility.ProtectedAndInternal => new("private protected", "private protected", isUnsafe),
        _ => new("private", "private", isUnsafe),
    };

    private static bool IsUnsafe(SyntaxNode declaration) => declaration.AncestorsAndSelf().OfType<MemberDeclarationSyntax>()
        .Any(member => member.Modifiers.Any(SyntaxKind.UnsafeKeyword));

    private static string? GuideOf(IMethodSymbol method) => method.GetAttributes()
        .Where(attribute => attribute.AttributeClass?.FullName() == RuntimeNames.GuideAttribute)
        .Select(attribute => attribute.ConstructorArguments.FirstOrDefault().Value as string ?? "")
        .FirstOrDefault();

    private static ParameterIr Parameter(IParameterSymbol parameter, Func<ITypeSymbol, string> display) => new(
        parameter.IsParams ? "params " : "",
        display(parameter.Type),
        SyntaxFacts.GetKeywordKind(parameter.Name) == SyntaxKind.None ? parameter.Name : "@" + parameter.Name,
        parameter.HasExplicitDefaultValue ? DefaultText(parameter, display) : "",
        BodyLowering.KindOf(parameter.Type));

    private static string DefaultText(IParameterSymbol parameter, Func<ITypeSymbol, string> display)
    {
        var type = parameter.Type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : parameter.Type;
        return parameter.ExplicitDefaultValue switch
        {
            null => "default",
            var value when type.TypeKind == TypeKind.Enum => $"({display(type)})({value})",
            float.NaN => "float.NaN",
            float.PositiveInfinity => "float.PositiveInfinity",
            float.NegativeInfinity => "float.NegativeInfinity",
            double.NaN => "double.NaN",
            double.PositiveInfinity => "double.PositiveInfinity",
            double.NegativeInfinity => "double.NegativeInfinity",
            var value => SymbolDisplay.FormatPrimitive(value, quoteStrings: true, useHexadecimalNumbers: false) + value switch { float => "f", decimal => "m", _ => "" },
        };
    }
}
