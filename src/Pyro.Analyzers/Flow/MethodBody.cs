using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Compiler.Catalog;

namespace Pyro.Analyzers.Flow;

/// <summary>What a method does that matters to inference: its primitives, and the calls that may hide more of them.</summary>
internal sealed class MethodBody
{
    private readonly Lazy<FlowGraph> _flow;

    public MethodBody(IMethodSymbol method, IOperation body, RuntimeSymbols symbols, Func<ControlFlowGraph> graph)
    {
        Method = method;
        Body = body;
        _flow = new Lazy<FlowGraph>(() => new FlowGraph(graph()));
        var primitives = ImmutableArray.CreateBuilder<PrimitiveCall>();
        var calls = ImmutableArray.CreateBuilder<IInvocationOperation>();
        foreach (var invocation in body.Descendants().OfType<IInvocationOperation>())
            if (PrimitiveCall.From(invocation, symbols.Primitives) is { } primitive)
                primitives.Add(primitive);
            else if (invocation.TargetMethod.MethodKind != MethodKind.LocalFunction && symbols.MayHaveSites(invocation.TargetMethod) && !IsWritten(invocation))
                calls.Add(invocation);
        Primitives = primitives.ToImmutable();
        Calls = calls.ToImmutable();
    }

    public IMethodSymbol Method { get; }

    public IOperation Body { get; }

    /// <summary>The calls of primitives in the order of the text, those inside lambdas and local functions included.</summary>
    public ImmutableArray<PrimitiveCall> Primitives { get; }

    /// <summary>The other calls that may reach primitives; not those of local functions, whose primitives are among the method's own.</summary>
    public ImmutableArray<IInvocationOperation> Calls { get; }

    public FlowGraph Flow => _flow.Value;

    /// <summary>Whether the body that a call of <c>MapData</c> runs is a lambda here, whose primitives are among the method's own.</summary>
    private static bool IsWritten(IInvocationOperation call) => call.TargetMethod.IsPrimitive(RuntimeNames.MapData)
        && call.Arguments.Any(argument => argument is { Parameter.Name: "body", Value: IDelegateCreationOperation { Target: IAnonymousFunctionOperation } });
}
