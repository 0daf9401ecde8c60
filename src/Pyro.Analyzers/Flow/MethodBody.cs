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
    private readonly Dictionary<IOperation, PrimitiveCall> _primitives = [];

    public MethodBody(IMethodSymbol method, IOperation body, RuntimeSymbols symbols, Func<ControlFlowGraph> graph)
    {
        Method = method;
        Body = body;
        _flow = new Lazy<FlowGraph>(() => new FlowGraph(graph()));
        var primitives = ImmutableArray.CreateBuilder<PrimitiveCall>();
        var calls = ImmutableArray.CreateBuilder<IInvocationOperation>();
        var libraries = ImmutableArray.CreateBuilder<LibraryCall>();
        foreach (var operation in body.Descendants())
            if (operation is not IInvocationOperation invocation)
                IsBroken |= operation.Kind == OperationKind.Invalid || operation.Type is IErrorTypeSymbol;
            else if (PrimitiveCall.From(invocation, symbols.Primitives) is { } primitive)
                primitives.Add(_primitives[invocation] = primitive);
            else if (LibraryCall.From(invocation, symbols.Programs.Compilation.Assembly) is { } library)
                libraries.Add(library);
            else if (invocation.TargetMethod.MethodKind != MethodKind.LocalFunction && symbols.MayHaveSites(invocation.TargetMethod) && !IsWritten(invocation))
                calls.Add(invocation);
        Primitives = primitives.ToImmutable();
        Calls = calls.ToImmutable();
        Libraries = libraries.ToImmutable();
    }

    /// <summary>The body of a method; null where it has none in this compilation.</summary>
    public static MethodBody? Read(IMethodSymbol method, RuntimeSymbols symbols) =>
        method.DeclaringSyntaxReferences.FirstOrDefault() is { } declared
        // An editor has the sources of other projects, which are read there.
        && symbols.Programs.Compilation.ContainsSyntaxTree(declared.SyntaxTree)
            ? symbols.Programs.Compilation.GetSemanticModel(declared.SyntaxTree).GetOperation(declared.GetSyntax()) switch
            {
                IMethodBodyOperation { BlockBody: var block, ExpressionBody: var expression } body when (block ?? expression) is { } written =>
                    new MethodBody(method, written, symbols, () => ControlFlowGraph.Create(body)),
                IBlockOperation accessor => new MethodBody(method, accessor, symbols, () => ControlFlowGraph.Create(accessor)),
                _ => null,
            }
            : null;

    public IMethodSymbol Method { get; }

    public IOperation Body { get; }

    /// <summary>The calls of primitives in the order of the text, those inside lambdas and local functions included.</summary>
    public ImmutableArray<PrimitiveCall> Primitives { get; }

    /// <summary>The other calls that may reach primitives; not those of local functions, whose primitives are among the method's own.</summary>
    public ImmutableArray<IInvocationOperation> Calls { get; }

    /// <summary>The calls of programs of other assemblies, whose sites are known.</summary>
    public ImmutableArray<LibraryCall> Libraries { get; }

    /// <summary>Whether the body does not compile, so that a site in it may not be seen as one.</summary>
    public bool IsBroken { get; }

    public FlowGraph Flow => _flow.Value;

    /// <summary>Whether a call is one of the body's own.</summary>
    public bool Has(PrimitiveCall call) => _primitives.ContainsKey(call.Operation);

    /// <summary>The primitive that an operation calls; null for one that calls none.</summary>
    public PrimitiveCall? Primitive(IOperation? operation) =>
        operation is not null && _primitives.TryGetValue(operation, out var primitive) ? primitive : null;

    /// <summary>Whether the body that a call of <c>MapData</c> runs is a lambda here, whose primitives are among the method's own.</summary>
    private static bool IsWritten(IInvocationOperation call) => call.TargetMethod.IsPrimitive(RuntimeNames.MapData)
        && call.Arguments.Any(argument => argument is { Parameter.Name: "body", Value: IDelegateCreationOperation { Target: IAnonymousFunctionOperation } });
}
