using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Pyro.CodeFixes;

/// <summary>The third argument of Sample and of Param, which calls may leave out, give by its name or write as empty.</summary>
internal static class OptionalArgument
{
    private const int Place = 2;

    /// <summary>The call with a value there, in place of what stands there.</summary>
    public static InvocationExpressionSyntax Set(InvocationExpressionSyntax call, string name, ExpressionSyntax value)
    {
        var arguments = call.ArgumentList.Arguments;
        var old = arguments.FirstOrDefault(argument => argument.NameColon?.Name.Identifier.ValueText == name)
            ?? (arguments.Count > Place && arguments[Place].NameColon is null ? arguments[Place] : null);
        if (old is not null)
            return call.ReplaceNode(old.Expression, value);
        var added = SyntaxFactory.Argument(value).WithLeadingTrivia(SyntaxFactory.Space);
        if (arguments.Any(argument => argument.NameColon is not null))
            added = added.WithNameColon(SyntaxFactory.NameColon(name).WithTrailingTrivia(SyntaxFactory.Space));
        return call.WithArgumentList(call.ArgumentList.AddArguments(added));
    }
}
