using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Analyzers.Uses;
using Pyro.Compiler.Reading;

namespace Pyro.Analyzers.Flow;

/// <summary>
/// The sites that a handler gives a value or hides, somewhere in a compilation: a guide that is used with such a model does without them.
/// Looked for when a guide lacks a site, and not before.
/// </summary>
internal sealed class HandledSites(Compilation compilation)
{
    private readonly Lazy<IReadOnlyList<IInvocationOperation>> _calls = new(() => [.. Calls(compilation)]);

    /// <summary>
    /// Whether a site of a model may be one: the model or the site is named at a handler, and the other is not seen to be another.
    /// </summary>
    public bool MayBe(IMethodSymbol model, string site, RuntimeSymbols symbols) => _calls.Value.Any(call =>
    {
        string[] names = [.. NameUse.Of(call).Select(use => use.Name)];
        var isNamed = names.Any(name => SiteName.MayBeSame(name, site));
        return Origin.Of(call.Arguments[0], symbols) is { } programs
            ? programs.Contains(model, SymbolEqualityComparer.Default)
                && (isNamed || names.Length == 0 || call.TargetMethod.Name == "Block")
            : isNamed;
    });

    private static IEnumerable<IInvocationOperation> Calls(Compilation compilation) =>
        from tree in compilation.SyntaxTrees
        from node in tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>()
        where (node.Expression is MemberAccessExpressionSyntax member ? member.Name : node.Expression)
            is SimpleNameSyntax { Identifier.ValueText: "Condition" or "Do" or "Block" }
        let call = compilation.GetSemanticModel(tree).GetOperation(node) as IInvocationOperation
        where call is { TargetMethod.ContainingType.Name: "Handlers", Arguments.Length: > 0 }
        select call;
}
