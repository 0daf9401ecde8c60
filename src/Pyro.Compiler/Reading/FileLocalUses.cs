using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Pyro.Compiler.Reading;

/// <summary>Where a body speaks of types that are local to its file: a compiled body, which lies in another, cannot. Read from the text; most files have no such type.</summary>
internal static class FileLocalUses
{
    /// <summary>The uses, the first of each name.</summary>
    public static IEnumerable<SimpleNameSyntax> Of(MethodDeclarationSyntax method)
    {
        SyntaxNode? body = method.Body is { } block ? block : method.ExpressionBody;
        var types = Types(method.SyntaxTree.GetRoot()).Where(type => type.Modifiers.Any(SyntaxKind.FileKeyword)).ToList();
        if (types.Count == 0 || body is null)
            return [];
        var names = new HashSet<string>(types.Select(type => type.Identifier.ValueText));
        var extensions = new HashSet<string>(types.SelectMany(type => type.ChildNodes().OfType<MethodDeclarationSyntax>())
            .Where(member => member.ParameterList.Parameters.FirstOrDefault()?.Modifiers.Any(SyntaxKind.ThisKeyword) == true).Select(member => member.Identifier.ValueText));
        // What the method declares by that name is meant where it is named.
        names.ExceptWith(method.DescendantNodes().Select(Declared).OfType<string>());
        return body.DescendantNodes().OfType<SimpleNameSyntax>()
            .Where(name => (IsMember(name) ? extensions : names).Contains(name.Identifier.ValueText))
            .GroupBy(name => name.Identifier.ValueText).Select(uses => uses.First());
    }

    private static IEnumerable<BaseTypeDeclarationSyntax> Types(SyntaxNode around) => around.ChildNodes().SelectMany(node => node switch
    {
        BaseTypeDeclarationSyntax type => [type],
        BaseNamespaceDeclarationSyntax space => Types(space),
        _ => Enumerable.Empty<BaseTypeDeclarationSyntax>(),
    });

    private static bool IsMember(SimpleNameSyntax name) =>
        (name.Parent is MemberAccessExpressionSyntax access && access.Name == name) || name.Parent is MemberBindingExpressionSyntax;

    private static string? Declared(SyntaxNode node) => node switch
    {
        VariableDeclaratorSyntax variable => variable.Identifier.ValueText,
        SingleVariableDesignationSyntax variable => variable.Identifier.ValueText,
        ParameterSyntax parameter => parameter.Identifier.ValueText,
        ForEachStatementSyntax loop => loop.Identifier.ValueText,
        LocalFunctionStatementSyntax function => function.Identifier.ValueText,
        _ => null,
    };
}
