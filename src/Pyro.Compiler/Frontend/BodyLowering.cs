using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Pyro.Compiler.Ir;

namespace Pyro.Compiler.Frontend;

/// <summary>Lowers the statements of a body, and on the way collects its sites and plates and the edits that bind primitives to the context.</summary>
internal sealed partial class BodyLowering
{
    private static readonly Block Empty = new(default);

    private readonly SemanticModel semantics;
    private readonly SiteCollector collector;
    private readonly string programClass;
    private readonly IReadOnlyList<IMethodSymbol> ancestors;
    private readonly CancellationToken cancellation;
    private readonly List<Edge> calleeEdges = [];
    private readonly List<Node> pending = [];
    private readonly List<int> platesAround = [];
    private readonly HashSet<ISymbol> loopIndices = new(SymbolEqualityComparer.Default);

    public BodyLowering(SemanticModel semantics, SiteCollector collector, string programClass, IReadOnlyList<IMethodSymbol> ancestors, CancellationToken cancellation)
    {
        this.semantics = semantics;
        this.collector = collector;
        this.programClass = programClass;
        this.ancestors = ancestors;
        this.cancellation = cancellation;
    }

    /// <summary>The edges inside of the programs that the body calls.</summary>
    public IReadOnlyList<Edge> CalleeEdges => calleeEdges;

    public Block Lower(BlockSyntax block) => Statements(block.Statements);

    public Block LowerValue(ExpressionSyntax value)
    {
        var lowered = Lower(value);
        return new Block(Flush(new Leave(lowered)).ToEquatableArray());
    }

    private static Block Single(Node node) => new(new[] { node }.ToEquatableArray());

    private Block Statements(IReadOnlyList<StatementSyntax> statements)
    {
        var nodes = new List<Node>();
        for (var i = 0; i < statements.Count; i++)
        {
            // "using var plate = IArange(…);" holds for the rest of the block.
            if (statements[i] is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 } local && PlateIn(local.Declaration) is { } plate)
            {
                var size = Lower(plate.Call);
                nodes.AddRange(Flush());
                foreach (var variable in local.Declaration.Variables)
                    nodes.Add(new Bind(variable.Identifier.ValueText, size, Partial: false));
                nodes.Add(Inside(plate, size, () => Statements([.. statements.Skip(i + 1)])));
                break;
            }
            nodes.AddRange(Lower(statements[i]));
        }
        return new Block(nodes.ToEquatableArray());
    }

    private IEnumerable<Node> Lower(StatementSyntax statement)
    {
        switch (statement)
        {
            case BlockSyntax block:
                return [Lower(block)];
            case LocalDeclarationStatementSyntax local:
                return Declare(local.Declaration);
            case ExpressionStatementSyntax expression:
                var value = Lower(expression.Expression);
                return Flush(expression.Expression is AssignmentExpressionSyntax ? null : new Evaluate(value));
            case ReturnStatementSyntax { Expression: { } result }:
                var returned = Lower(result);
                return Flush(new Leave(returned));
            case ReturnStatementSyntax or BreakStatementSyntax or ContinueStatementSyntax or GotoStatementSyntax or ThrowStatementSyntax:
                return [new Leave(null)];
            case IfStatementSyntax choice:
                var condition = Lower(choice.Condition);
                return Flush(new Branch(condition, One(choice.Statement), choice.Else is { } other ? One(other.Statement) : Empty));
            case SwitchStatementSyntax choice:
                return LowerSwitch(choice);
            case ForStatementSyntax loop:
                return LowerFor(loop);
            case ForEachStatementSyntax loop:
                return LowerForEach(loop);
            case ForEachVariableStatementSyntax loop:
                var items = Lower(loop.Expression);
                return Flush(new Loop(items, Targets(loop.Variable).ToEquatableArray(), One(loop.Statement)));
            case WhileStatementSyntax loop:
                var test = Lower(loop.Condition);
                return Flush(new Loop(test, default, One(loop.Statement)));
            case DoStatementSyntax loop:
                var again = Lower(loop.Condition);
                return Flush(new Loop(again, default, One(loop.Statement)));
            case UsingStatementSyntax scope:
                return LowerUsing(scope);
            case LocalFunctionStatementSyntax function:
                var inside = function.Body is { } body ? Lower(body) : function.ExpressionBody is { } arrow ? LowerValue(arrow.Expression) : Empty;
                return [new Bind(function.Identifier.ValueText, new Lambda(inside), Partial: false)];
            case TryStatementSyntax attempt:
                // Each handler may run after any part of the block; may-analysis takes all of them in order.
                return [Lower(attempt.Block), .. attempt.Catches.Select(handler => new Branch(new Constant("catch"), Lower(handler.Block), Empty)),
                    .. attempt.Finally is { } last ? new Node[] { Lower(last.Block) } : []];
            case EmptyStatementSyntax:
                return [];
            default:
                var inner = statement.ChildNodes().OfType<StatementSyntax>().ToList();
                if (inner.Count > 0)
                    return [Statements(inner)];
                var opaque = LowerOpaque(statement);
                return Flush(new Evaluate(opaque));
        }
    }

    private IEnumerable<Node> Declare(VariableDeclarationSyntax declaration)
    {
        var nodes = new List<Node>();
        foreach (var variable in declaration.Variables)
        {
            if (variable.Initializer is not { } initializer)
                continue;
            var value = Lower(initializer.Value);
            nodes.AddRange(Flush(new Bind(variable.Identifier.ValueText, value, Partial: false)));
        }
        return nodes;
    }

    private IEnumerable<Node> LowerSwitch(SwitchStatementSyntax choice)
    {
        var governing = Lower(choice.Expression);
        var before = Flush();
        var rest = Empty;
        foreach (var section in choice.Sections.Reverse())
        {
            // The break that ends a section does not leave anything.
            var statements = section.Statements.Where(statement => statement is not BreakStatementSyntax).ToList();
            rest = Single(new Branch(governing, Statements(statements), rest));
        }
        return before.Concat(rest.Nodes);
    }

    private IEnumerable<Node> LowerFor(ForStatementSyntax loop)
    {
        var nodes = new List<Node>();
        if (loop.Declaration is { } declaration)
        {
            nodes.AddRange(Declare(declaration));
            foreach (var variable in declaration.Variables)
                if (semantics.GetDeclaredSymbol(variable, cancellation) is { } symbol)
                    loopIndices.Add(symbol);
        }
        nodes.AddRange(loop.Initializers.SelectMany(initializer => Flush(new Evaluate(Lower(initializer)))));
        var condition = loop.Condition is { } test ? Lower(test) : new Constant("true");
        var body = One(loop.Statement).Nodes.AsEnumerable();
        body = body.Concat(loop.Incrementors.SelectMany(step => Flush(new Evaluate(Lower(step)))).ToList());
        nodes.Add(new Loop(condition, default, new Block(body.ToEquatableArray())));
        return nodes;
    }

    private IEnumerable<Node> LowerForEach(ForEachStatementSyntax loop)
    {
        var source = Lower(loop.Expression);
        if (semantics.GetDeclaredSymbol(loop, cancellation) is { } index)
            loopIndices.Add(index);
        var before = Flush();
        var plate = loop.Expression is InvocationExpressionSyntax call ? Primitive.Of(call, semantics, cancellation) : null;
        var variables = new[] { loop.Identifier.ValueText }.ToEquatableArray();
        if (plate is not { Name: KnownNames.IRange } || ConstantPlate(plate) is not { } known)
            return [.. before, new Loop(source, variables, One(loop.Statement))];
        platesAround.Add(known);
        var body = One(loop.Statement);
        platesAround.RemoveAt(platesAround.Count - 1);
        return [.. before, new Loop(source, variables, body)];
    }

    private IEnumerable<Node> LowerUsing(UsingStatementSyntax scope)
    {
        var nodes = new List<Node>();
        var plate = scope.Expression is InvocationExpressionSyntax call ? Primitive.Of(call, semantics, cancellation)
            : scope.Declaration is { } declared ? PlateIn(declared) : null;
        Expr? size = null;
        if (scope.Declaration is { } declaration)
        {
            nodes.AddRange(Declare(declaration));
            size = nodes.OfType<Bind>().LastOrDefault()?.Value;
        }
        else if (scope.Expression is { } expression)
        {
            size = Lower(expression);
            nodes.AddRange(Flush());
        }
        nodes.Add(plate is { Name: KnownNames.IArange } && size is not null ? Inside(plate, size, () => One(scope.Statement)) : One(scope.Statement));
        return nodes;
    }

    private Node Inside(Primitive plate, Expr size, Func<Block> body)
    {
        if (ConstantPlate(plate) is not { } known)
            return new PlateScope(-1, size, body());
        platesAround.Add(known);
        var inside = new PlateScope(known, size, body());
        platesAround.RemoveAt(platesAround.Count - 1);
        return inside;
    }

    private Primitive? PlateIn(VariableDeclarationSyntax declaration) =>
        declaration.Variables.Select(variable => variable.Initializer?.Value).OfType<InvocationExpressionSyntax>()
            .Select(call => Primitive.Of(call, semantics, cancellation)).FirstOrDefault(primitive => primitive?.Name == KnownNames.IArange);

    private int? ConstantPlate(Primitive plate) =>
        SiteName.Of(plate.NameArgument.Expression, semantics, symbol => loopIndices.Contains(symbol), cancellation) is { Indices.Count: 0 } name
            ? collector.Plate(name.Pattern, plate.Name == KnownNames.IArange)
            : null;

    private Block One(StatementSyntax statement) => statement is BlockSyntax block ? Lower(block) : Statements([statement]);

    // The assignments inside of an expression come before the statement that the expression is in.
    private List<Node> Flush(Node? last = null)
    {
        var nodes = pending.ToList();
        pending.Clear();
        if (last is not null)
            nodes.Add(last);
        return nodes;
    }
}
