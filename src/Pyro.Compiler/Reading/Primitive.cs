using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Pyro.Compiler.Catalog;

namespace Pyro.Compiler.Reading;

/// <summary>A call of a primitive, whatever using directives and aliases led to it.</summary>
internal sealed class Primitive
{
    private readonly IMethodSymbol method;

    private Primitive(InvocationExpressionSyntax call, IMethodSymbol method) => (Call, this.method) = (call, method);

    /// <summary>The call.</summary>
    public InvocationExpressionSyntax Call { get; }

    /// <summary>The primitive's name: Sample, Observe, Param, IArange, IRange, …</summary>
    public string Name => method.Name;

    /// <summary>The argument that names the site or the plate.</summary>
    public ArgumentSyntax NameArgument => Argument(RuntimeNames.NameParameter)!;

    /// <summary>The name.</summary>
    /// <param name="semantics">What the call's file means.</param>
    /// <param name="cancellation">Ends the work.</param>
    public SiteName SiteName(SemanticModel semantics, CancellationToken cancellation) =>
        Reading.SiteName.Of(semantics.GetOperation(NameArgument.Expression, cancellation));

    /// <summary>The arguments beside the name, in the order of the parameters.</summary>
    public IEnumerable<ArgumentSyntax> OtherArguments => method.Parameters.Select(parameter => Argument(parameter.Name))
        .OfType<ArgumentSyntax>().Where(argument => argument != NameArgument);

    /// <summary>The call as a primitive with a name; null when it is something else.</summary>
    public static Primitive? Of(InvocationExpressionSyntax call, SemanticModel semantics, CancellationToken cancellation) =>
        semantics.GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol method
        && method.IsPrimitive()
        && new Primitive(call, method) is var primitive
        && primitive.Argument(RuntimeNames.NameParameter) is not null
            ? primitive
            : null;

    /// <summary>Whether a call opens a block of weights: a primitive without a name.</summary>
    public static bool IsWeights(IMethodSymbol method) =>
        method.Name is RuntimeNames.Scale or RuntimeNames.Mask && method.IsPrimitive();

    /// <summary>Whether an expression opens a block of weights.</summary>
    public static bool IsWeights(ExpressionSyntax? expression, SemanticModel semantics, CancellationToken cancellation) =>
        expression is InvocationExpressionSyntax call && semantics.GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol method && IsWeights(method);

    /// <summary>The argument of a parameter; null where it is left out.</summary>
    public ArgumentSyntax? Argument(string parameter)
    {
        var arguments = Call.ArgumentList.Arguments;
        foreach (var argument in arguments)
            if (argument.NameColon?.Name.Identifier.ValueText == parameter)
                return argument;
        var ordinal = method.Parameters.FirstOrDefault(candidate => candidate.Name == parameter)?.Ordinal ?? -1;
        return ordinal >= 0 && ordinal < arguments.Count && arguments[ordinal].NameColon is null ? arguments[ordinal] : null;
    }
}
