using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Pyro.Compiler.Catalog;

namespace Pyro.Compiler.Reading;

/// <summary>What the language tells a method about its caller: in the compiled body it is told what it would be told in the body as written.</summary>
internal static class Callers
{
    private const string Services = "System.Runtime.CompilerServices.";

    /// <summary>Gives the arguments that the language would fill in otherwise.</summary>
    /// <param name="arguments">The arguments of the call.</param>
    /// <param name="called">What is called.</param>
    /// <param name="caller">The method that calls it.</param>
    /// <param name="edits">What is replaced in the caller's body, all but this.</param>
    public static void Keep(ArgumentListSyntax arguments, IMethodSymbol called, string caller, BodyEdits edits)
    {
        var count = arguments.Arguments.Count;
        for (var i = 0; i < called.Parameters.Length; i++)
            if (called.Parameters[i] is { IsOptional: true } parameter && Given(arguments, called, i) is null && Text(arguments, called, parameter, caller, edits) is { } text)
                edits.Insert(arguments.CloseParenToken.SpanStart,
                    $"{(count++ > 0 ? ", " : "")}{(SyntaxFacts.GetKeywordKind(parameter.Name) == SyntaxKind.None ? "" : "@")}{parameter.Name}: {SymbolDisplay.FormatLiteral(text, quote: true)}");
    }

    private static string? Text(ArgumentListSyntax arguments, IMethodSymbol called, IParameterSymbol parameter, string caller, BodyEdits edits)
    {
        foreach (var attribute in parameter.GetAttributes())
            switch (attribute.AttributeClass?.FullName())
            {
                case Services + "CallerMemberNameAttribute":
                    return caller;
                case Services + "CallerArgumentExpressionAttribute" when attribute.ConstructorArguments.FirstOrDefault().Value is string name
                    && called.Parameters.FirstOrDefault(other => other.Name == name) is { } other && Given(arguments, called, other.Ordinal) is { } argument && edits.Changes(argument):
                    return argument.ToString();
            }
        return null;
    }

    private static ExpressionSyntax? Given(ArgumentListSyntax arguments, IMethodSymbol called, int ordinal) =>
        arguments.Arguments.FirstOrDefault(argument => argument.NameColon?.Name.Identifier.ValueText == called.Parameters[ordinal].Name)?.Expression
        ?? (ordinal < arguments.Arguments.Count && arguments.Arguments[ordinal].NameColon is null ? arguments.Arguments[ordinal].Expression : null);
}
