namespace Pyro.Compiler.Ir;

/// <summary>The parts of nodes, for passes that look at all of them in no particular order.</summary>
public static class Walk
{
    /// <summary>The node and all statements in it, those of its functions included.</summary>
    public static IEnumerable<Node> Statements(this Node node) =>
        new[] { node }.Concat(node.Children().SelectMany(Statements)).Concat(
            node.Values().SelectMany(Within).OfType<Lambda>().SelectMany(lambda => lambda.Function.Statements()));

    /// <summary>All values in the node, with the values that they are made of.</summary>
    public static IEnumerable<Expr> Expressions(this Node node) => node.Statements().SelectMany(statement => statement.Values()).SelectMany(Within);

    /// <summary>The values that a value is made of.</summary>
    public static IEnumerable<Expr> Operands(this Expr value) => value switch
    {
        Assign assign => [assign.Value],
        SiteValue site => site.Arguments,
        Compound compound => compound.Operands,
        Conditional conditional => conditional.Arms.Prepend(conditional.Condition),
        Call call => call.Arguments.Prepend(call.Target),
        Opaque opaque => opaque.Inputs,
        _ => [],
    };

    private static IEnumerable<Expr> Within(Expr value) => value.Operands().SelectMany(Within).Prepend(value);

    private static IEnumerable<Node> Children(this Node node) => node switch
    {
        Block block => block.Nodes,
        Branch branch => [branch.Then, branch.Else],
        Loop loop => [loop.Body, loop.Step],
        Breakable breakable => [breakable.Body],
        PlateScope plate => [plate.Body],
        WeightScope weighed => [weighed.Body],
        Attempt attempt => [attempt.Body, .. attempt.Handlers, attempt.Finally],
        Function function => [function.Body],
        _ => [],
    };

    private static IEnumerable<Expr> Values(this Node node) => node switch
    {
        Evaluate evaluate => [evaluate.Value],
        Branch branch => [branch.Condition],
        Loop loop => [loop.Source],
        PlateScope plate => [plate.Size],
        WeightScope weighed => [weighed.Weights],
        Leave { Value: { } value } => [value],
        _ => [],
    };
}
