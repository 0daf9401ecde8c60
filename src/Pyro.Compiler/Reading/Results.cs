using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Pyro.Compiler.Reading;

/// <summary>What a method gives that does nothing else.</summary>
public static class Results
{
    /// <summary>
    /// The expression that a called method, local variables aside, consists of; null where it may be overridden, or does more.
    /// </summary>
    /// <param name="call">The call.</param>
    /// <param name="read">Is told of the file that was read for it.</param>
    public static IOperation? Of(IInvocationOperation call, Action<SyntaxTree>? read = null)
    {
        var method = (call.TargetMethod.PartialImplementationPart ?? call.TargetMethod).OriginalDefinition;
        if (method.IsVirtual || method.IsAbstract || method.IsOverride || call.SemanticModel is not { } semantics
            || method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is not { } declaration
            || Result(declaration) is not { } result)
            return null;
        var file = declaration.SyntaxTree;
        read?.Invoke(file);
        return (file == semantics.SyntaxTree ? semantics : semantics.Compilation.GetSemanticModel(file)).GetOperation(result);
    }

    private static ExpressionSyntax? Result(SyntaxNode declaration)
    {
        var (arrow, block) = declaration switch
        {
            MethodDeclarationSyntax method => (method.ExpressionBody, method.Body),
            LocalFunctionStatementSyntax function => (function.ExpressionBody, function.Body),
            _ => default,
        };
        if (arrow is not null)
            return arrow.Expression;
        return block?.Statements is { Count: > 0 } statements && statements[statements.Count - 1] is ReturnStatementSyntax last
            && statements.Take(statements.Count - 1).All(statement => statement is LocalDeclarationStatementSyntax)
                ? last.Expression
                : null;
    }
}
