using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Pyro.Analyzers.Flow;

/// <summary>
/// Which parts of a method are certain to run before or after which others. Knows the ordinary ways of control; what only an exception reaches
/// (catch, and the insides of finally) has no place here, and nothing is certain of it.
/// </summary>
internal sealed class FlowGraph
{
    private readonly ControlFlowGraph _graph;
    private readonly Dictionary<SyntaxNode, (int Block, int Order)> _places = [];
    private readonly bool[] _reachable;

    public FlowGraph(ControlFlowGraph graph)
    {
        _graph = graph;
        _reachable = From(0);
        foreach (var block in graph.Blocks)
        {
            var order = 0;
            foreach (var operation in block.Operations)
                Place(operation, block.Ordinal, ref order);
            if (block.BranchValue is { } branch)
                Place(branch, block.Ordinal, ref order);
        }
    }

    /// <summary>Whether every ordinary way through the method passes one of these calls.</summary>
    public bool IsCertain(params SyntaxNode[] calls)
    {
        var places = calls.Select(Find).ToArray();
        return places.Any(place => place is not null)
            && !From(0, without: [.. places.OfType<(int Block, int Order)>().Select(place => place.Block)])[_graph.Blocks.Length - 1];
    }

    /// <summary>Whether the call has its place on the ordinary ways: it is neither in a nested function nor where only an exception leads.</summary>
    public bool Knows(SyntaxNode call) => Find(call) is not null;

    /// <summary>Whether every way to the second call has passed the first; if both are in one loop, in the same iteration.</summary>
    public bool Precedes(SyntaxNode first, SyntaxNode second)
    {
        if (Find(first) is not { } a || Find(second) is not { } b)
            return false;
        return a.Block == b.Block ? a.Order < b.Order : !From(0, a.Block)[b.Block];
    }

    /// <summary>
    /// Whether a run that passes one of two calls is certain to have passed the other, the first before the second: the first is on every way to the
    /// second, or the second on every way on from the first. Branches that exclude each other, by structure or by their conditions, are never certain.
    /// </summary>
    public bool Follows(SyntaxNode first, SyntaxNode second)
    {
        if (Precedes(first, second))
            return true;
        if (Find(first) is not { } a || Find(second) is not { } b || a.Block == b.Block)
            return false;
        return FromAfter(a.Block)[b.Block] && !FromAfter(a.Block, b.Block)[_graph.Blocks.Length - 1];
    }

    /// <summary>Whether a call can run twice in one run of the method.</summary>
    public bool Repeats(SyntaxNode call) => Find(call) is { } place && FromAfter(place.Block)[place.Block];

    private (int Block, int Order)? Find(SyntaxNode call) =>
        _places.TryGetValue(call, out var place) && _reachable[place.Block] ? place : null;

    /// <summary>Operands are placed before what uses them: the order in which they run.</summary>
    private void Place(IOperation operation, int block, ref int order)
    {
        foreach (var child in operation.ChildOperations)
            Place(child, block, ref order);
        // The Dispose that "using" adds stands at the text of what it disposes.
        if (operation is IInvocationOperation { IsImplicit: false })
            _places[operation.Syntax] = (block, order++);
    }

    private bool[] From(int start, params int[] without)
    {
        var seen = new bool[_graph.Blocks.Length];
        Visit(start, without, seen);
        return seen;
    }

    private bool[] FromAfter(int start, params int[] without)
    {
        var seen = new bool[_graph.Blocks.Length];
        foreach (var next in Next(start))
            Visit(next, without, seen);
        return seen;
    }

    private void Visit(int start, int[] without, bool[] seen)
    {
        var open = new Stack<int>();
        open.Push(start);
        while (open.Count > 0)
        {
            var block = open.Pop();
            if (seen[block] || without.Contains(block))
                continue;
            seen[block] = true;
            foreach (var next in Next(block))
                open.Push(next);
        }
    }

    private IEnumerable<int> Next(int block)
    {
        if (_graph.Blocks[block].FallThroughSuccessor?.Destination is { } next)
            yield return next.Ordinal;
        if (_graph.Blocks[block].ConditionalSuccessor?.Destination is { } other)
            yield return other.Ordinal;
    }
}
