using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Pyro.Compiler.Incremental;

/// <summary>
/// What a file declares, place by place: all in it that can change what a body in another file means. Bodies and comments are left out. Names are compared without
/// regard to case, as the names of the emitted files are.
/// </summary>
internal sealed class SourceDeclarations
{
    /// <summary>The name of extension methods that the compiler finds without a mention of theirs. No declaration is called that.</summary>
    public const string Unspoken = "*";

    private static readonly ConditionalWeakTable<SyntaxTree, SourceDeclarations> Known = new();

    // What the language calls without its name in the text: foreach, await, using, deconstruction, collections, queries, ranges, interpolated strings.
    private static readonly HashSet<string> CalledUnnamed = new(StringComparer.Ordinal)
    {
        "GetEnumerator", "GetAsyncEnumerator", "MoveNext", "MoveNextAsync", "Current", "Dispose", "DisposeAsync", "Deconstruct", "Add", "Count", "Length", "Slice", "Substring",
        "GetAwaiter", "IsCompleted", "GetResult", "OnCompleted", "UnsafeOnCompleted", "GetPinnableReference", "EnterScope", "AppendLiteral", "AppendFormatted", "Cast", "Select",
        "SelectMany", "Where", "Join", "GroupJoin", "GroupBy", "OrderBy", "OrderByDescending", "ThenBy", "ThenByDescending",
    };

    private readonly StringBuilder everywhere = new();
    private readonly HashSet<string> imported = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> namespaces = new(StringComparer.Ordinal);
    private readonly Dictionary<Place, Declared> places = [];

    private SourceDeclarations(SyntaxTree tree)
    {
        var root = (CompilationUnitSyntax)tree.GetRoot();
        foreach (var import in root.Usings.Where(import => !import.GlobalKeyword.IsKind(SyntaxKind.None)))
        {
            everywhere.Append(TextOf(import));
            imported.UnionWith(NamesIn(import));
        }
        foreach (var attributes in root.AttributeLists)
            everywhere.Append(TextOf(attributes));

        // Files of generators are told from others, and where null is allowed changes what is declared below.
        var head = (tree.FilePath.EndsWith(".g.cs", StringComparison.OrdinalIgnoreCase) ? "generated" : "") + NullableDirectives(root);
        Declare(root.Members, new Scope(head, null, []).Inside(root.Externs, root.Usings, ""));
        Everywhere = everywhere.ToString();
    }

    /// <summary>What every file sees without naming it: global usings, attributes of the assembly, types that the language itself knows.</summary>
    public string Everywhere { get; }

    /// <summary>The names in global usings, which every file mentions.</summary>
    public IReadOnlyCollection<string> Imported => imported;

    /// <summary>What is declared at each place.</summary>
    public IReadOnlyDictionary<Place, Declared> Places => places;

    /// <summary>The namespaces, and those around them.</summary>
    public IReadOnlyCollection<string> Namespaces => namespaces;

    /// <summary>The declarations of a file.</summary>
    public static SourceDeclarations Of(SyntaxTree tree) => Known.GetValue(tree, static tree => new(tree));

    /// <summary>Whether another file declares the same.</summary>
    public bool Same(SourceDeclarations other) => this == other
        || Everywhere == other.Everywhere && namespaces.SetEquals(other.namespaces) && places.Count == other.places.Count
        && places.All(place => other.places.TryGetValue(place.Key, out var there) && there.Text == place.Value.Text);

    private void Declare(SyntaxList<MemberDeclarationSyntax> members, Scope scope)
    {
        foreach (var member in members)
        {
            // Index, Range and their like may be the project's own.
            if (scope.Path.StartsWith("System", StringComparison.Ordinal))
                everywhere.Append(TextOf(member));
            switch (member)
            {
                case BaseNamespaceDeclarationSyntax space:
                    var path = scope.Path;
                    foreach (var name in NamesIn(space.Name))
                        namespaces.Add(path = path.Length == 0 ? name : path + "." + name);
                    Declare(space.Members, scope.Inside(space.Externs, space.Usings, path));
                    break;
                case TypeDeclarationSyntax { Identifier.Text.Length: > 0 } type:
                    DeclareType(type, scope);
                    break;
                case EnumDeclarationSyntax enumeration:
                    DeclareType(enumeration.Identifier.ValueText, scope, enumeration);
                    // The number of one comes from those before it.
                    foreach (var value in enumeration.Members)
                        Add(new Place(enumeration.Identifier.ValueText, value.Identifier.ValueText), scope, [], enumeration);
                    break;
                case DelegateDeclarationSyntax function:
                    DeclareType(function.Identifier.ValueText, scope, function);
                    break;
                case GlobalStatementSyntax statement:
                    Add(new Place(null, "Program"), scope, []);
                    // The locals of top-level statements are in scope in all files, if only as errors.
                    foreach (var name in Locals(statement))
                        Add(new Place(null, name), scope, []);
                    break;
                case IncompleteMemberSyntax:
                    break;
                // Blocks of extensions, and what later versions of the language have.
                default:
                    everywhere.Append(TextOf(member));
                    break;
            }
        }
    }

    private void DeclareType(TypeDeclarationSyntax type, Scope scope)
    {
        var name = type.Identifier.ValueText;
        DeclareType(name, scope, [.. type.ChildNodesAndTokens().Where(part => part.AsNode() is not MemberDeclarationSyntax)]);
        if (type.ParameterList is { } parameters)
            foreach (var parameter in parameters.Parameters)
                Add(new Place(name, parameter.Identifier.ValueText), scope, [], parameter);

        var isPartial = type.Modifiers.Any(SyntaxKind.PartialKeyword);
        var inside = scope.Of(type);
        foreach (var member in type.Members)
        {
            // The generator looks for free names among the members of a partial type.
            if (isPartial)
                Get(new Place(null, name)).Write(TextOf(member));
            switch (member)
            {
                case MethodDeclarationSyntax method:
                    Declare(method, method.Identifier.ValueText, name, inside);
                    break;
                case PropertyDeclarationSyntax property:
                    Declare(property, property.Identifier.ValueText, name, inside);
                    break;
                case EventDeclarationSyntax happening:
                    Declare(happening, happening.Identifier.ValueText, name, inside);
                    break;
                case BaseFieldDeclarationSyntax field:
                    foreach (var variable in field.Declaration.Variables)
                        Declare(field, variable.Identifier.ValueText, name, inside);
                    break;
                // What has no name is found by its type.
                case ConstructorDeclarationSyntax or DestructorDeclarationSyntax or IndexerDeclarationSyntax or OperatorDeclarationSyntax or ConversionOperatorDeclarationSyntax
                    or IncompleteMemberSyntax:
                    Add(new Place(null, name), inside, [], member);
                    break;
                default:
                    Declare(SyntaxFactory.SingletonList(member), inside);
                    break;
            }
        }
    }

    private void Declare(MemberDeclarationSyntax member, string name, string type, Scope scope)
    {
        var isExtension = member is MethodDeclarationSyntax { ParameterList.Parameters: { Count: > 0 } parameters } && parameters[0].Modifiers.Any(SyntaxKind.ThisKeyword);
        Add(new Place(type, name), scope, [], member);
        if (isExtension)
            Add(new Place(null, name), scope, [type], member);
        if (CalledUnnamed.Contains(name))
            Add(new Place(null, isExtension ? Unspoken : type), scope, [type], member);
    }

    private void DeclareType(string name, Scope scope, params IReadOnlyList<SyntaxNodeOrToken> parts)
    {
        const string Attribute = nameof(Attribute);
        IReadOnlyList<string> around = scope.Type is { } outer ? [outer] : [];
        Add(new Place(null, name), scope, around, parts);
        if (name.EndsWith(Attribute, StringComparison.Ordinal))
            Add(new Place(null, name.Substring(0, name.Length - Attribute.Length)), scope, around, parts);
    }

    private void Add(Place place, Scope scope, IEnumerable<string> names, params IReadOnlyList<SyntaxNodeOrToken> parts)
    {
        var declared = Get(place);
        declared.Write(scope.Text);
        declared.Mention(scope.Names);
        declared.Mention(names);
        foreach (var part in parts)
        {
            declared.Write(TextOf(part));
            declared.Mention(NamesIn(part));
        }
    }

    private Declared Get(Place place)
    {
        if (!places.TryGetValue(place, out var declared))
            places.Add(place, declared = new Declared());
        return declared;
    }

    private static IEnumerable<string> Locals(GlobalStatementSyntax statement) => statement.DescendantNodes().Select(node => node switch
    {
        VariableDeclaratorSyntax variable => variable.Identifier.ValueText,
        SingleVariableDesignationSyntax variable => variable.Identifier.ValueText,
        LocalFunctionStatementSyntax function => function.Identifier.ValueText,
        _ => null,
    }).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase);

    // Each with the number of declarations before it: which of them it is for.
    private static string NullableDirectives(CompilationUnitSyntax root)
    {
        if (!root.ContainsDirectives)
            return "";
        var text = new StringBuilder();
        for (var directive = root.GetFirstDirective(); directive is not null; directive = directive.GetNextDirective())
            if (directive is NullableDirectiveTriviaSyntax)
                text.Append(directive.ToString()).Append(root.DescendantNodes().OfType<MemberDeclarationSyntax>().Count(member => member.SpanStart < directive.SpanStart)).Append(' ');
        return text.ToString();
    }

    private static IEnumerable<string> NamesIn(SyntaxNodeOrToken part) => Tokens(part).Select(token => token is { } present ? MentionedNames.Of(present) : null).OfType<string>();

    private static string TextOf(SyntaxNodeOrToken part)
    {
        var text = new StringBuilder();
        foreach (var token in Tokens(part))
            text.Append(token?.Text ?? "{ }").Append(' ');
        // Whether a method is an iterator is seen in its body only.
        if (part.AsNode() is { } node && node.DescendantNodes().Any(inner => inner is YieldStatementSyntax))
            text.Append("yield ");
        return text.ToString();
    }

    // Null for what is left out.
    private static IEnumerable<SyntaxToken?> Tokens(SyntaxNodeOrToken part) => part.IsToken ? [part.AsToken()]
        : part.AsNode()!.DescendantNodesAndTokensAndSelf(node => !IsInner(node)).Where(inner => inner.IsToken || IsInner(inner.AsNode()!))
            .Select(inner => inner.IsToken ? inner.AsToken() : (SyntaxToken?)null);

    // What no other body's meaning depends on: bodies, and the values of all but constants.
    private static bool IsInner(SyntaxNode node) => node switch
    {
        BlockSyntax or ArrowExpressionClauseSyntax => node.Parent is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or PropertyDeclarationSyntax or IndexerDeclarationSyntax,
        EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax } => true,
        EqualsValueClauseSyntax { Parent.Parent.Parent: FieldDeclarationSyntax field } => !field.Modifiers.Any(SyntaxKind.ConstKeyword),
        _ => false,
    };

    // What is around a declaration: the namespace and types, and the usings that its names are read with.
    private sealed record Scope(string Text, string? Type, IReadOnlyCollection<string> Names, string Path = "")
    {
        public Scope Inside(SyntaxList<ExternAliasDirectiveSyntax> externs, SyntaxList<UsingDirectiveSyntax> usings, string path)
        {
            IReadOnlyList<SyntaxNode> imports = [.. externs, .. usings.Where(import => import.GlobalKeyword.IsKind(SyntaxKind.None))];
            return new(Text + path + string.Concat(imports.Select(import => TextOf(import))), null, [.. Names, .. imports.SelectMany(import => NamesIn(import))], path);
        }

        public Scope Of(TypeDeclarationSyntax type) => this with { Text = $"{Text} in {type.Identifier.Text}{type.TypeParameterList}", Type = type.Identifier.ValueText };
    }
}
