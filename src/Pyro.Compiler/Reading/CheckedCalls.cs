using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Pyro.Compiler.Catalog;

namespace Pyro.Compiler.Reading;

/// <summary>
/// Replaces the calls of a body with which TorchSharp can end the process by the runtime's checked ones. Which these are the runtime says: its classes
/// <see cref="RuntimeNames.CheckedTensor"/> and <see cref="RuntimeNames.CheckedTorch"/> have a method for each.
/// </summary>
internal sealed class CheckedCalls
{
    private const string Prefix = "checked_";

    // Where the functions of CheckedTorch stand in TorchSharp.
    private static readonly string[] Homes = [RuntimeNames.Torch, RuntimeNames.Torch + ".autograd", RuntimeNames.Torch + ".TensorIndex"];

    private readonly SemanticModel semantics;
    private readonly BodyEdits edits;
    private readonly CancellationToken cancellation;
    private readonly INamedTypeSymbol? methods;
    private readonly INamedTypeSymbol? functions;
    private readonly HashSet<string> names;

    private CheckedCalls(SemanticModel semantics, BodyEdits edits, CancellationToken cancellation)
    {
        this.semantics = semantics;
        this.edits = edits;
        this.cancellation = cancellation;
        methods = semantics.Compilation.GetTypeByMetadataName(RuntimeNames.CheckedTensor);
        functions = semantics.Compilation.GetTypeByMetadataName(RuntimeNames.CheckedTorch);
        names = [.. methods?.MemberNames.Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Select(name => name.Substring(Prefix.Length)) ?? [],
            .. functions?.MemberNames ?? []];
    }

    /// <summary>Adds the replacements to the edits.</summary>
    /// <param name="method">The method with the body.</param>
    /// <param name="semantics">What its file means.</param>
    /// <param name="edits">What is replaced in the body.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static void Replace(MethodDeclarationSyntax method, SemanticModel semantics, BodyEdits edits, CancellationToken cancellation)
    {
        var calls = new CheckedCalls(semantics, edits, cancellation);
        if (calls.methods is null)
            return;
        SyntaxNode body = method.Body is { } block ? block : method.ExpressionBody!;
        foreach (var node in body.DescendantNodes())
            switch (node)
            {
                case IdentifierNameSyntax name when calls.names.Contains(name.Identifier.ValueText):
                    calls.ReplaceCall(name);
                    break;
                case BracketedArgumentListSyntax { Parent: ElementAccessExpressionSyntax or ElementBindingExpressionSyntax } indices:
                    calls.CheckIndices(indices);
                    break;
            }
    }

    private void ReplaceCall(IdentifierNameSyntax name)
    {
        if (semantics.GetSymbolInfo(name, cancellation).Symbol is not IMethodSymbol method)
            return;
        if (method.IsStatic)
        {
            ExpressionSyntax called = name.Parent is MemberAccessExpressionSyntax member && member.Name == name ? member : name;
            if (Homes.Contains(method.ContainingType.FullName()) && IsIn(functions, method.Name, method) && !HasSafeStep(called, method))
                edits.ReplaceByFunction(called, method.Name, isAlone: !edits.IsTaken(BodyEdits.FunctionClass)
                    && semantics.LookupSymbols(called.SpanStart, name: BodyEdits.FunctionClass).All(found => found.FullName() == RuntimeNames.CheckedTorch));
        }
        else if (name.Parent is MemberAccessExpressionSyntax or MemberBindingExpressionSyntax
            && method.ContainingType.FullName() == RuntimeNames.Tensor && IsIn(methods, Prefix + method.Name, method))
            edits.ReplaceByExtension(name, Prefix + method.Name);
    }

    // A slice fails where its step is 0: one without a step, or with a number for it, is left as it is.
    private bool HasSafeStep(ExpressionSyntax called, IMethodSymbol method) => method.Name == "Slice" && called.Parent is InvocationExpressionSyntax { ArgumentList.Arguments: var arguments }
        && (arguments.FirstOrDefault(argument => argument.NameColon?.Name.Identifier.ValueText == "step") ?? arguments.ElementAtOrDefault(2)) is var step
        && (step is null || semantics.GetConstantValue(step.Expression, cancellation).Value is int and > 0);

    // An index that is a null tensor is read by libtorch. Values that a name stands for may be null; results of TorchSharp and of the runtime are not.
    private void CheckIndices(BracketedArgumentListSyntax indices)
    {
        if (semantics.GetSymbolInfo(indices.Parent!, cancellation).Symbol?.ContainingType?.FullName() != RuntimeNames.Tensor)
            return;
        foreach (var argument in indices.Arguments)
            if (argument.Expression is IdentifierNameSyntax or MemberAccessExpressionSyntax or PostfixUnaryExpressionSyntax
                && semantics.GetTypeInfo(argument.Expression, cancellation).Type?.FullName() == RuntimeNames.Tensor
                && !SymbolEqualityComparer.Default.Equals(semantics.GetSymbolInfo(argument.Expression, cancellation).Symbol?.ContainingAssembly, methods!.ContainingAssembly))
                edits.InsertExtension(argument.Expression.Span.End, "." + RuntimeNames.CheckedIndex + "()");
    }

    // The same parameters; an extension method has the tensor in front of them.
    private static bool IsIn(INamedTypeSymbol? type, string name, IMethodSymbol method) => type?.GetMembers(name).OfType<IMethodSymbol>().Any(candidate =>
        candidate.Parameters.Skip(candidate.IsExtensionMethod ? 1 : 0).Select(parameter => parameter.Type)
            .SequenceEqual(method.Parameters.Select(parameter => parameter.Type), SymbolEqualityComparer.Default)) == true;
}
