using Pyro.Compiler.Ir;

namespace Pyro.Compiler.Analysis;

/// <summary>
/// Which sites can influence which: an edge m → n says that m's value can reach n's arguments, the size of a plate around n, or the decision
/// whether n runs. A may-analysis: what is not certain not to happen happens; loops are followed until nothing changes.
/// </summary>
public sealed class DependencyPass
{
    private readonly HashSet<(int From, int To)> edges = [];
    private readonly IReadOnlyList<SiteIr> sites;
    private Dictionary<string, HashSet<int>> variables = [];
    private HashSet<int> control = [];

    private DependencyPass(IReadOnlyList<SiteIr> sites) => this.sites = sites;

    /// <summary>The edges of a body, by slot, in order.</summary>
    /// <param name="body">The body.</param>
    /// <param name="sites">Its sites, by slot.</param>
    /// <param name="calleeEdges">The edges inside of the programs that it calls.</param>
    public static EquatableArray<Edge> Run(Block body, IReadOnlyList<SiteIr> sites, IEnumerable<Edge> calleeEdges)
    {
        var pass = new DependencyPass(sites);
        pass.Run(body);
        return pass.edges.Select(edge => new Edge(edge.From, edge.To)).Concat(calleeEdges).Distinct()
            .OrderBy(edge => edge.From).ThenBy(edge => edge.To).ToEquatableArray();
    }

    private void Run(Block block)
    {
        foreach (var node in block.Nodes)
            Run(node);
    }

    private void Run(Node node)
    {
        switch (node)
        {
            case Block block:
                Run(block);
                break;
            case Bind bind:
                var value = new HashSet<int>(Reach(bind.Value));
                value.UnionWith(control);
                if (bind.Partial)
                    value.UnionWith(Of(bind.Variable));
                variables[bind.Variable] = value;
                break;
            case Evaluate evaluate:
                Reach(evaluate.Value);
                break;
            case Leave leave:
                if (leave.Value is not null)
                    Reach(leave.Value);
                break;
            case Branch branch:
                Under(Reach(branch.Condition), CanLeave(branch), () =>
                {
                    var before = Copy(variables);
                    Run(branch.Then);
                    var afterThen = variables;
                    variables = before;
                    Run(branch.Else);
                    Merge(afterThen);
                });
                break;
            case Loop loop:
                RunLoop(loop);
                break;
            case PlateScope plate:
                Under(Reach(plate.Size), lasting: false, () => Run(plate.Body));
                break;
        }
    }

    private void RunLoop(Loop loop)
    {
        // Every round can only add, and there are finitely many pairs of variables and sites.
        for (var size = -1; size != Size();)
        {
            size = Size();
            var before = Copy(variables);
            var source = Reach(loop.Source);
            Under(source, CanLeave(loop.Body), () =>
            {
                foreach (var variable in loop.Variables)
                    variables[variable] = [.. source, .. control];
                Run(loop.Body);
            });
            Merge(before);
        }
    }

    // Runs something whose running depends on a value; when it can leave the program, what comes after depends on the value as well.
    private void Under(HashSet<int> condition, bool lasting, Action action)
    {
        var before = control;
        control = [.. before, .. condition];
        action();
        if (!lasting)
            control = before;
    }

    private HashSet<int> Reach(Expr expression)
    {
        switch (expression)
        {
            case Variable variable:
                return Of(variable.Name);
            case SiteValue site:
                var arguments = ReachAll(site.Arguments);
                Arrive(site.Slot, arguments);
                // An observation's value is data that reaches it, not a random choice.
                return sites[site.Slot].Kind == SiteKind.Observed ? arguments : [site.Slot];
            case ProgramCall call:
                var inputs = ReachAll(call.Arguments);
                foreach (var slot in call.Slots)
                    Arrive(slot, inputs);
                return [.. inputs, .. call.Slots.Where(slot => sites[slot].Kind != SiteKind.Observed)];
            case Operation operation:
                return ReachAll(operation.Operands);
            case Conditional conditional:
                var condition = Reach(conditional.Condition);
                HashSet<int> result = [.. condition];
                Under(condition, lasting: false, () => result.UnionWith(ReachAll(conditional.Arms)));
                return result;
            case Lambda lambda:
                var outer = control;
                Run(lambda.Body);
                control = outer;
                return [.. Values(lambda.Body)];
            case Opaque opaque:
                var read = ReachAll(opaque.Inputs);
                foreach (var variable in opaque.Mutates)
                    variables[variable] = [.. Of(variable), .. read, .. control];
                return read;
            default:
                return [];
        }
    }

    private HashSet<int> ReachAll(EquatableArray<Expr> expressions)
    {
        HashSet<int> all = [];
        foreach (var expression in expressions)
            all.UnionWith(Reach(expression));
        return all;
    }

    private void Arrive(int slot, HashSet<int> from)
    {
        foreach (var source in from.Concat(control))
            edges.Add((source, slot));
    }

    // What a function may give: everything that any expression in it reads or draws.
    private IEnumerable<int> Values(Node node) => node switch
    {
        Block block => block.Nodes.SelectMany(Values),
        Bind bind => Reach(bind.Value),
        Evaluate evaluate => Reach(evaluate.Value),
        Leave { Value: { } value } => Reach(value),
        Branch branch => Reach(branch.Condition).Concat(Values(branch.Then)).Concat(Values(branch.Else)),
        Loop loop => Reach(loop.Source).Concat(Values(loop.Body)),
        PlateScope plate => Reach(plate.Size).Concat(Values(plate.Body)),
        _ => [],
    };

    private static bool CanLeave(Node node) => node switch
    {
        Leave => true,
        Block block => block.Nodes.Any(CanLeave),
        Branch branch => CanLeave(branch.Then) || CanLeave(branch.Else),
        Loop loop => CanLeave(loop.Body),
        PlateScope plate => CanLeave(plate.Body),
        _ => false,
    };

    private HashSet<int> Of(string variable) => variables.TryGetValue(variable, out var reached) ? reached : [];

    private void Merge(Dictionary<string, HashSet<int>> other)
    {
        foreach (var entry in other)
            variables[entry.Key] = [.. Of(entry.Key), .. entry.Value];
    }

    private int Size() => edges.Count + variables.Sum(entry => entry.Value.Count);

    private static Dictionary<string, HashSet<int>> Copy(Dictionary<string, HashSet<int>> variables) => new(variables);
}
