using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Pyro.Compiler.Catalog;
using Pyro.Compiler.Ir;

namespace Pyro.Compiler.Reading;

/// <summary>Lowers the statements of a body, and on the way collects its sites and plates and the edits that bind primitives to the context.</summary>
internal sealed partial class BodyLowering
{
    private static readonly Block Empty = new(default);

    private readonly SemanticModel semantics;
    private readonly Lowered shared;
    private readonly string classes;
    private readonly BodyEdits? edits;
    private readonly CancellationToken cancellation;
    private readonly Dictionary<ISymbol, int> loopIndices = new(SymbolEqualityComparer.Default);
    private readonly List<(ArgumentListSyntax Arguments, IMethodSymbol Called)> callers = [];
    private int loops;
    private int functions;

    /// <param name="semantics">What the body's file means.</param>
    /// <param name="shared">What all bodies of the program have in common.</param>
    /// <param name="classes">What the names of the classes of its sites and plates begin with.</param>
    /// <param name="edits">Where the edits go; null for the body of a called program, which has a rewritten body of its own.</param>
    public BodyLowering(SemanticModel semantics, Lowered shared, string classes, BodyEdits? edits)
    {
        this.semantics = semantics;
        this.shared = shared;
        this.classes = classes;
        this.edits = edits;
        cancellation = shared.Cancellation;
    }

    /// <summary>The body of a method.</summary>
    public Block Lower(MethodDeclarationSyntax method)
    {
        shared.Aliases.Look(method, semantics, cancellation);
        var jumps = method.DescendantNodes().OfType<GotoStatementSyntax>().Any(GoesBack);
        if (jumps)
            loops++;
        var body = method.Body is { } block ? Lower(block) : LowerValue(method.ExpressionBody!.Expression);
        if (edits is not null)
        {
            CheckedCalls.Replace(method, semantics, edits, cancellation);
            foreach (var (arguments, called) in callers)
                Callers.Keep(arguments, called, method.Identifier.ValueText, edits);
        }
        // Behind a jump that goes back everything may run again.
        return jumps
            ? Single(new Loop(LoopKind.Jumps, new Constant("goto"), default, body, Step: Empty, Plate: -1))
            : body;
    }

    private bool GoesBack(GotoStatementSyntax jump)
    {
        var target = jump.Kind() switch
        {
            SyntaxKind.GotoStatement =>
                semantics.GetSymbolInfo(jump.Expression!, cancellation).Symbol?.DeclaringSyntaxReferences.FirstOrDefault()?.Span.Start,
            SyntaxKind.GotoDefaultStatement => Section(label => label is DefaultSwitchLabelSyntax),
            _ => Section(label => label is CaseSwitchLabelSyntax { Value: var value }
                && Equals(Constant(value), Constant(jump.Expression!))),
        };
        return target is not { } at || at < jump.SpanStart;

        object? Constant(ExpressionSyntax value) => semantics.GetConstantValue(value, cancellation).Value;

        int? Section(Func<SwitchLabelSyntax, bool> isTarget) =>
            jump.FirstAncestorOrSelf<SwitchStatementSyntax>()?.Sections.FirstOrDefault(section => section.Labels.Any(isTarget))?.SpanStart;
    }

    private Block Lower(BlockSyntax block) => Statements(block.Statements);

    private Block LowerValue(ExpressionSyntax value) => Single(new Leave(LeaveKind.Return, Lower(value)));

    private static Block Single(Node node) => new(new[] { node }.ToEquatableArray());

    private Block Statements(IReadOnlyList<StatementSyntax> statements)
    {
        // Local functions are known in the whole block.
        var nodes = statements.OfType<LocalFunctionStatementSyntax>().Select(Declare).ToList();
        for (var i = 0; i < statements.Count; i++)
        {
            // "using var plate = IArange(…);" and "using var scope = Scale(…);" hold for the rest of the block.
            if (statements[i] is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 } local
                && (PlateIn(local.Declaration), WeighsIn(local.Declaration)) is var (plate, weighs))
            {
                nodes.AddRange(Declare(local.Declaration));
                var opened = new Variable(NameOf(local.Declaration.Variables[0]));
                var rest = statements.Skip(i + 1).Where(statement => statement is not LocalFunctionStatementSyntax).ToList();
                nodes.Add(plate is not null ? Inside(plate, opened, () => Statements(rest))
                    : weighs ? new WeightScope(opened, Statements(rest))
                    : InAnyCase(Statements(rest), Disposal(local.Declaration)));
                break;
            }
            if (statements[i] is not LocalFunctionStatementSyntax)
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
                return [new Evaluate(Lower(expression.Expression))];
            case ReturnStatementSyntax { Expression: { } result }:
                return [new Leave(LeaveKind.Return, Lower(result))];
            case ReturnStatementSyntax:
                return [new Leave(LeaveKind.Return, null)];
            case BreakStatementSyntax:
                return [new Leave(LeaveKind.Break, null)];
            case ContinueStatementSyntax:
                return [new Leave(LeaveKind.Continue, null)];
            case YieldStatementSyntax { Expression: { } element }:
                return [new Leave(LeaveKind.Yield, Lower(element))];
            case YieldStatementSyntax:
                return [new Leave(LeaveKind.Return, null)];
            case ThrowStatementSyntax { Expression: { } thrown }:
                return [new Leave(LeaveKind.Throw, Lower(thrown))];
            case ThrowStatementSyntax:
                return [new Leave(LeaveKind.Throw, null)];
            case GotoStatementSyntax:
                return [new Leave(LeaveKind.Goto, null)];
            case IfStatementSyntax choice:
                return [new Branch(Lower(choice.Condition), One(choice.Statement), choice.Else is { } other ? One(other.Statement) : Empty)];
            case SwitchStatementSyntax choice:
                return LowerSwitch(choice);
            case ForStatementSyntax loop:
                return LowerFor(loop);
            case ForEachStatementSyntax loop:
                return [LowerForEach(loop)];
            case ForEachVariableStatementSyntax loop:
                Share(loop.Expression, Targets(loop.Variable));
                var targets = Targets(loop.Variable).Select(target => target.Name).ToEquatableArray();
                return [new Loop(LoopKind.Each, WithEnumeration(loop, Lower(loop.Expression)), targets, Round(loop.Statement), Empty, -1)];
            case WhileStatementSyntax loop:
                return [new Loop(LoopKind.While, Lower(loop.Condition), default, Round(loop.Statement), Empty, -1)];
            case DoStatementSyntax loop:
                return [new Loop(LoopKind.Do, Lower(loop.Condition), default, Round(loop.Statement), Empty, -1)];
            case UsingStatementSyntax scope:
                return LowerUsing(scope);
            case TryStatementSyntax attempt:
                return [new Attempt(Lower(attempt.Block), attempt.Catches.Select(LowerCatch).ToEquatableArray(),
                    attempt.Finally is { } last ? Lower(last.Block) : Empty)];
            case LabeledStatementSyntax labeled:
                return Lower(labeled.Statement).Prepend(new Label());
            case EmptyStatementSyntax:
                return [];
            default:
                // lock, fixed, checked, unsafe: what they evaluate, then what they hold.
                return [.. statement.ChildNodes().OfType<ExpressionSyntax>().Select(value => new Evaluate(Lower(value))),
                    .. statement.ChildNodes().OfType<VariableDeclarationSyntax>().SelectMany(Declare),
                    .. statement.ChildNodes().OfType<StatementSyntax>().SelectMany(Lower)];
        }
    }

    private IEnumerable<Node> Declare(VariableDeclarationSyntax declaration)
    {
        foreach (var variable in declaration.Variables)
        {
            if (variable.Initializer is not { } initializer || semantics.GetDeclaredSymbol(variable, cancellation) is not ILocalSymbol symbol)
                continue;
            // First the value: the type of a variable without one of its own comes with it.
            var value = Lower(initializer.Value);
            Share(initializer.Value, [(shared.Names.Of(symbol), symbol.Type)]);
            if (symbol.RefKind != RefKind.None || symbol.Type.TypeKind == TypeKind.Pointer)
                Refer(initializer.Value, symbol);
            yield return new Evaluate(new Assign(shared.Names.Of(symbol), value, Partial: false));
        }
    }

    private Node Declare(LocalFunctionStatementSyntax function)
    {
        var symbol = (IMethodSymbol)semantics.GetDeclaredSymbol(function, cancellation)!;
        // What it returns may be what it captures.
        Share(function, [(shared.Names.Of(symbol), symbol.ReturnType)]);
        return AsFunction(symbol, () => function.Body is { } body ? Lower(body) : function.ExpressionBody is { } arrow ? LowerValue(arrow.Expression) : Empty);
    }

    private Function AsFunction(IMethodSymbol symbol, Func<Block> body)
    {
        // Which arguments it is called with by reference need not be known.
        foreach (var parameter in symbol.Parameters)
        {
            if (parameter.RefKind != RefKind.None)
                shared.Aliases.Refer(shared.Names.Of(parameter));
            // Nor which of the objects that delegates are called with it gets.
            if (symbol.MethodKind == MethodKind.AnonymousFunction)
                shared.Aliases.Join(shared.Names.Of(parameter), parameter.Type, VariableNames.Passed, parameter.Type);
        }
        functions++;
        var function = new Function(shared.Names.Of(symbol), symbol.Parameters.Select(shared.Names.Of).ToEquatableArray(), body());
        functions--;
        return function with { IsDeferred = function.Statements().Any(node => node is Leave { Kind: LeaveKind.Yield }) };
    }

    // What a loop is the next one of. Who calls a function, and from which loop, is not known in it.
    private int RoundOfNext => functions > 0 || edits is null ? 0 : loops + 1;

    private Block Round(StatementSyntax body)
    {
        loops++;
        var round = One(body);
        loops--;
        return round;
    }

    private bool IsWritten(ISymbol variable, StatementSyntax body) => body.DescendantNodes().Any(node => node switch
    {
        AssignmentExpressionSyntax assignment => Mentions(assignment.Left, variable),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } step => Mentions(step.Operand, variable),
        PostfixUnaryExpressionSyntax step => Mentions(step.Operand, variable),
        ArgumentSyntax { RefKindKeyword.RawKind: not 0 } argument => Mentions(argument.Expression, variable),
        RefExpressionSyntax reference => Mentions(reference.Expression, variable),
        _ => false,
    });

    private bool Mentions(ExpressionSyntax target, ISymbol variable) => target.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>()
        .Any(name => SymbolEqualityComparer.Default.Equals(semantics.GetSymbolInfo(name, cancellation).Symbol, variable));

    private IEnumerable<Node> LowerSwitch(SwitchStatementSyntax choice)
    {
        var (hold, governing) = Once(Lower(choice.Expression));
        var jumps = choice.DescendantNodes().OfType<GotoStatementSyntax>().Any(jump => !jump.IsKind(SyntaxKind.GotoStatement));
        var sections = choice.Sections.Select(section =>
        {
            var test = section.Labels.Select(label => label switch
            {
                CasePatternSwitchLabelSyntax pattern => TestOf(pattern.Pattern, pattern.WhenClause, governing, choice.Expression),
                CaseSwitchLabelSyntax constant => Equal(governing, Lower(constant.Value)),
                _ => True,
            }).ToList().Aggregate(Either);
            var body = Statements(section.Statements);
            return (Test: test, Body: jumps ? new Block(body.Nodes.Prepend(new Label()).ToEquatableArray()) : body);
        }).ToList();
        // What runs in all other cases is asked last, wherever it stands.
        var rest = sections.FirstOrDefault(section => section.Test == True).Body ?? Empty;
        foreach (var (test, body) in Enumerable.Reverse(sections).Where(section => section.Test != True))
            rest = Single(new Branch(test, body, rest));
        return [new Evaluate(hold), new Breakable(rest)];
    }

    private IEnumerable<Node> LowerFor(ForStatementSyntax loop)
    {
        var nodes = new List<Node>();
        if (loop.Declaration is { } declaration)
        {
            nodes.AddRange(Declare(declaration));
            // Of several the first counts the rounds: the others have numbers of their own. What a call in the header sees is the next round's number.
            if (semantics.GetDeclaredSymbol(declaration.Variables[0], cancellation) is { } symbol && !IsWritten(symbol, loop.Statement)
                && !loop.Incrementors.Any(step => step.DescendantNodesAndSelf().Any(node => node is InvocationExpressionSyntax)))
                loopIndices.Add(symbol, RoundOfNext);
        }
        nodes.AddRange(loop.Initializers.Select(initializer => new Evaluate(Lower(initializer))));
        var condition = loop.Condition is { } test ? Lower(test) : True;
        var body = Round(loop.Statement);
        var step = new Block(loop.Incrementors.Select(step => (Node)new Evaluate(Lower(step))).ToEquatableArray());
        nodes.Add(new Loop(LoopKind.While, condition, default, body, step, -1));
        return nodes;
    }

    private Node LowerForEach(ForEachStatementSyntax loop)
    {
        var index = (ILocalSymbol)semantics.GetDeclaredSymbol(loop, cancellation)!;
        loopIndices.Add(index, RoundOfNext);
        var name = shared.Names.Of(index);
        Share(loop.Expression, [(name, index.Type)]);
        if (index.RefKind != RefKind.None)
            Refer(loop.Expression, index);
        var source = WithEnumeration(loop, Lower(loop.Expression));
        var plate = loop.Expression is InvocationExpressionSyntax call ? Primitive.Of(call, semantics, cancellation) : null;
        var variables = new[] { name }.ToEquatableArray();
        if (plate is not { Name: RuntimeNames.IRange } || ConstantPlate(plate) is not { } known)
            return new Loop(LoopKind.Each, source, variables, Round(loop.Statement), Empty, -1);
        var body = InPlate(known, () => Round(loop.Statement));
        Batch(loop, plate, known);
        return new Loop(LoopKind.Each, source, variables, body, Empty, known);
    }

    // All iterations as one, in front of the loop as written; the context decides between them.
    private void Batch(ForEachStatementSyntax loop, Primitive plate, int known)
    {
        if (edits is null)
            return;
        var batched = new BatchedLoop(loop, plate, semantics, cancellation);
        shared.Collector.Loops.Add(new LoopIr(known, SiteCollector.SpanOf(loop.Expression), batched.Reason));
        if (batched.Reason is null)
            edits.Insert(loop.SpanStart, batched.Text(
                column => SourceLines.Directive(SourceLines.Of(loop.SyntaxTree, loop.Statement.Span, shared.Compilation), column),
                Member(shared.Collector.Plates[known]),
                pattern => Member(shared.Collector.Sites.First(site => site.Name == pattern)),
                edits.Context,
                edits.Free("__each" + shared.Collector.Loops.Count)));
    }

    private IEnumerable<Node> LowerUsing(UsingStatementSyntax scope)
    {
        var nodes = new List<Node>();
        Expr? opened = null;
        var plate = scope.Expression is InvocationExpressionSyntax call ? Primitive.Of(call, semantics, cancellation)
            : scope.Declaration is { } declared ? PlateIn(declared) : null;
        if (scope.Declaration is { } declaration)
        {
            nodes.AddRange(Declare(declaration));
            opened = new Variable(NameOf(declaration.Variables[0]));
        }
        else if (scope.Expression is { } expression)
            opened = Lower(expression);
        if (plate is { Name: RuntimeNames.IArange } && opened is not null)
            nodes.Add(Inside(plate, opened, () => One(scope.Statement)));
        else if (opened is not null && (scope.Declaration is { } weights ? WeighsIn(weights) : Primitive.IsWeights(scope.Expression, semantics, cancellation)))
            nodes.Add(new WeightScope(opened, One(scope.Statement)));
        else
        {
            var body = One(scope.Statement);
            if (scope.Declaration is { } resources)
                nodes.Add(InAnyCase(body, Disposal(resources)));
            else if (scope.Expression is { } resource && opened is not null && DisposeOf(resource) is not null)
            {
                var (hold, held) = opened is Constant ? Held(opened) : Once(opened);
                nodes.Add(new Evaluate(hold));
                nodes.Add(InAnyCase(body, new Block(new[] { Disposal(resource, (Variable)held) }.OfType<Node>().ToEquatableArray())));
            }
            else
            {
                if (opened is not null)
                    nodes.Add(new Evaluate(opened));
                nodes.Add(body);
            }
        }
        return nodes;
    }

    private Block LowerCatch(CatchClauseSyntax handler) => handler.Filter is { } filter
        ? Single(new Branch(Lower(filter.FilterExpression), Lower(handler.Block), Empty))
        : Lower(handler.Block);

    private Node Inside(Primitive plate, Expr opened, Func<Block> body) => ConstantPlate(plate) is { } known
        ? new PlateScope(known, opened, InPlate(known, body))
        : new PlateScope(-1, opened, body());

    private Block InPlate(int plate, Func<Block> body)
    {
        shared.PlatesAround.Add(plate);
        var inside = body();
        shared.PlatesAround.RemoveAt(shared.PlatesAround.Count - 1);
        return inside;
    }

    private Primitive? PlateIn(VariableDeclarationSyntax declaration) =>
        declaration.Variables.Select(variable => variable.Initializer?.Value).OfType<InvocationExpressionSyntax>()
            .Select(call => Primitive.Of(call, semantics, cancellation))
            .FirstOrDefault(primitive => primitive?.Name == RuntimeNames.IArange);

    private bool WeighsIn(VariableDeclarationSyntax declaration) =>
        declaration.Variables.Any(variable => Primitive.IsWeights(variable.Initializer?.Value, semantics, cancellation));

    private int? ConstantPlate(Primitive plate) =>
        plate.SiteName(semantics, cancellation).Constant is { Length: > 0 } name
            ? shared.Collector.Plate(name, plate.Name == RuntimeNames.IArange)
            : null;

    private Block One(StatementSyntax statement) => statement is BlockSyntax block ? Lower(block) : Statements([statement]);

    private string NameOf(VariableDeclaratorSyntax variable) => shared.Names.Of(semantics.GetDeclaredSymbol(variable, cancellation)!);

    // A value that is looked at more than once is computed once.
    private (Expr Hold, Expr Value) Once(Expr value)
    {
        if (value is Variable or Constant)
            return (value, value);
        return Held(value);
    }

    private (Expr Hold, Expr Value) Held(Expr value)
    {
        var name = shared.Names.New("value");
        return (new Assign(name, value, Partial: false), new Variable(name));
    }
}
