using Pyro.Compiler.Ir;
using Pyro.Compiler.Reading;

namespace Pyro.Compiler.Analysis;

/// <summary>
/// Which sites can influence which: an edge m → n says that m's value can reach n's arguments, the size of a plate around n, or the decision
/// whether n runs. A may-analysis: what is not certain not to happen happens; loops and recursion are followed until nothing changes.
/// </summary>
public sealed class DependencyPass
{
    private readonly Dictionary<(int From, int To), int> edges = [];
    private readonly Dictionary<string, Reach> results = [];
    private readonly HashSet<string> recursive = [];
    private readonly Stack<string> running = [];
    private readonly Stack<Scope> scopes = [];
    private readonly Stack<Attempted> attempts = [];
    private readonly IReadOnlyList<SiteIr> sites;
    private readonly Functions functions;
    private Variables? variables;
    private Variables? landing;
    private Reach branches = Reach.None;
    private Reach jumped = Reach.None;
    private Reach watched = Reach.None;
    private int depth;

    private DependencyPass(Block body, IReadOnlyList<SiteIr> sites, EquatableArray<EquatableArray<string>> aliases)
    {
        this.sites = sites;
        functions = Functions.Of(body);
        variables = new Variables(aliases.SelectMany(group => group.Select(name => (Name: name, Group: group.ToArray()))).ToDictionary(pair => pair.Name, pair => pair.Group));
    }

    /// <summary>The program with its edges, by slot, in order, and with what other assemblies are told of its arguments and its result.</summary>
    public static ProgramIr Run(ProgramIr program)
    {
        var body = program.Nodes;
        var main = (Function)body.Nodes[body.Nodes.Count - 1];
        var pass = new DependencyPass(body, program.Sites, program.Aliases);
        var result = pass.RunFunction(main, program.OfferedAs is null ? [] : pass.Arguments(main, program.IsStatic));
        return program with
        {
            Edges = pass.edges.Where(edge => pass.IsSite(edge.Key.From)).Select(edge => new Edge(edge.Key.From, edge.Key.To, edge.Value))
                .OrderBy(edge => edge.From).ThenBy(edge => edge.To).ToEquatableArray(),
            Flows = new FlowsIr(
                pass.edges.Keys.Where(edge => !pass.IsSite(edge.From)).Select(edge => new ArgumentFlow(edge.From - program.Sites.Count, edge.To))
                    .OrderBy(flow => flow.Slot).ThenBy(flow => flow.Parameter).ToEquatableArray(),
                pass.SitesIn(result),
                pass.ArgumentsIn(result),
                pass.SitesIn(pass.jumped),
                pass.ArgumentsIn(pass.jumped)),
        };
    }

    private EquatableArray<int> SitesIn(Reach reach) => reach.Sites.Select(site => site.Key).Where(IsSite).ToEquatableArray();

    private EquatableArray<int> ArgumentsIn(Reach reach) =>
        reach.Sites.Select(site => site.Key).Where(slot => !IsSite(slot)).Select(slot => slot - sites.Count).ToEquatableArray();

    // Behind the slots of the sites each argument has one, and so has the object: as sources they are what sites are.
    private Reach[] Arguments(Function main, bool isStatic)
    {
        if (!isStatic)
            variables!.Set(VariableNames.This, Reach.Of(sites.Count + main.Parameters.Count, depth));
        return [.. main.Parameters.Select((_, position) => Reach.Of(sites.Count + position, depth))];
    }

    private bool IsSite(int slot) => slot < sites.Count;

    /// <summary>A number that falls with every edge that is found, and with every one that turns out to lead to another round.</summary>
    private int EdgeState => edges.Values.Sum() - (1000 * edges.Count);

    /// <summary>What decides whether this place is come to.</summary>
    private Reach Control => scopes.Aggregate(attempts.Aggregate(branches.With(jumped), (all, attempt) => all.With(attempt.Thrown)), (all, scope) => all.With(scope.Control));

    private void Run(Block block)
    {
        foreach (var node in block.Nodes)
            Run(node);
    }

    private void Run(Node node)
    {
        // Which goto arrives here is not looked at.
        if (node is Label)
            variables = Variables.Meet(variables, landing);
        // No way leads here.
        if (variables is null)
            return;
        switch (node)
        {
            case Block block:
                Run(block);
                break;
            case Evaluate evaluate:
                Of(evaluate.Value);
                break;
            case Branch branch:
                RunBranch(Of(branch.Condition), () => Run(branch.Then), () => Run(branch.Else));
                break;
            case Loop loop:
                RunLoop(loop);
                break;
            case Breakable breakable:
                var scope = Enter(ScopeKind.Breakable);
                Run(breakable.Body);
                Exit(scope);
                break;
            case PlateScope plate:
                Under(Of(plate.Size), () => Run(plate.Body));
                break;
            case WeightScope weighed:
                // What the weights depend on reaches each log density that they multiply.
                Under(Of(weighed.Weights), () => Run(weighed.Body));
                break;
            case Attempt attempt:
                RunAttempt(attempt);
                break;
            case Leave leave:
                RunLeave(leave);
                break;
        }
    }

    private void RunBranch(Reach condition, params Action[] ways) => Under(condition, () =>
    {
        var before = variables;
        Variables? after = null;
        foreach (var way in ways)
        {
            variables = before?.Copy();
            way();
            after = Variables.Meet(after, variables);
        }
        variables = after;
    });

    private void RunLoop(Loop loop)
    {
        depth++;
        var scope = Enter(ScopeKind.Loop);
        // Every round can only add, and there are finitely many pairs of variables and sites.
        for (var changed = true; changed;)
        {
            var before = (Variables: variables?.Copy(), Control, jumped, Landing: landing?.Copy(), Edges: EdgeState);
            var source = OfAll(loop.Source);
            Under(source, () =>
            {
                foreach (var variable in loop.Variables)
                    variables?.Set(variable, source.With(Control));
                Run(loop.Body);
                variables = Variables.Meet(variables, scope.Continued);
                Run(loop.Step);
            });
            EndRound(scope);
            variables?.Leave(depth);
            variables = Variables.Meet(before.Variables, variables);
            changed = !Equals(before.Variables, variables) || !before.Control.Equals(Control) || !before.jumped.Equals(jumped)
                || !Equals(before.Landing, landing) || before.Edges != EdgeState;
        }
        scope.Broken?.Leave(depth);
        Exit(scope);
        depth--;
    }

    private void RunAttempt(Attempt attempt)
    {
        var outside = watched;
        watched = Reach.None;
        // A handler may take over after any part of the block, for what any value in it was; what runs in any case, after any part of the handlers as well.
        var last = new Attempted(isCaught: false, variables);
        attempts.Push(last);
        var body = new Attempted(attempt.Handlers.Count > 0, variables);
        attempts.Push(body);
        Run(attempt.Body);
        attempts.Pop();
        var thrown = watched.Leaving(depth + 1);
        watched = outside.With(watched);
        var end = variables;
        foreach (var handler in attempt.Handlers)
        {
            variables = body.Seen?.Copy();
            Under(thrown, () => Run(handler));
            end = Variables.Meet(end, variables);
        }
        attempts.Pop();
        if (attempt.Finally.Nodes.Count == 0)
        {
            variables = end;
            return;
        }
        variables = Variables.Meet(end, last.Seen);
        Run(attempt.Finally);
        // Whoever left the block went through here.
        foreach (var scope in scopes)
            scope.See(variables);
        if (landing is not null)
            landing = Variables.Meet(landing, variables);
        // Behind it control comes only where it came to the end of the block.
        if (end is null)
            variables = null;
    }

    // What a variable holds now, a handler or what runs in any case may find in it.
    private void Witness()
    {
        foreach (var attempt in attempts)
            attempt.See(variables);
    }

    private void RunLeave(Leave leave)
    {
        var value = leave.Value is null ? Reach.None : Of(leave.Value);
        if (leave.Kind == LeaveKind.Yield)
        {
            results[running.Peek()] = Result(running.Peek()).With(value).With(Control);
            return;
        }
        if (leave.Kind is LeaveKind.Goto or LeaveKind.Throw)
        {
            // Where it arrives is not looked at; whatever runs from here on runs, or not, because of it.
            jumped = jumped.With(Control);
            if (leave.Kind == LeaveKind.Throw)
                return;
            // That may be in another round of any loop.
            jumped = jumped.Leaving(1);
            variables?.Leave(1);
            landing = Variables.Meet(landing, variables);
            variables = null;
            return;
        }
        // While somebody types, a break may stand outside of every loop: it leaves nothing.
        if (scopes.FirstOrDefault(scope => scope.Takes(leave.Kind)) is not { } scope)
            return;
        if (leave.Kind == LeaveKind.Return)
            results[running.Peek()] = Result(running.Peek()).With(value).With(Control);
        // What lies between here and the end of the scope runs only if this does not.
        var passed = scopes.TakeWhile(inner => inner != scope).Select(inner => inner.Control).Concat(attempts.Select(attempt => attempt.Thrown));
        scope.Take(leave.Kind, variables!, passed.Aggregate(branches, (all, inner) => all.With(inner)));
        variables = null;
    }

    private Reach Of(Expr expression)
    {
        var reach = Value(expression);
        watched = watched.With(reach);
        return reach;
    }

    private Reach Value(Expr expression)
    {
        if (variables is null)
            return Reach.None;
        switch (expression)
        {
            case Variable variable:
                return variables[variable.Name];
            case Assign assign:
                var value = Of(assign.Value).With(Control);
                if (assign.Partial)
                    variables.Add(assign.Variable, value);
                else
                    variables.Set(assign.Variable, value);
                Witness();
                return value;
            case SiteValue site:
                var arguments = OfAll(site.Arguments);
                Arrive(site.Slot, arguments);
                // An observation's value is data that reaches it, not a random choice.
                return sites[site.Slot].Kind == SiteKind.Observed ? arguments : Reach.Of(site.Slot, depth);
            case Compound compound:
                return OfAll(compound.Operands);
            case Conditional conditional:
                var result = Of(conditional.Condition);
                RunBranch(result, [.. conditional.Arms.Select(arm => (Action)(() => result = result.With(Of(arm)))), () => { }]);
                return result;
            case Call call:
                return RunCall(call);
            case Opaque opaque:
                var read = OfAll(opaque.Inputs);
                foreach (var variable in opaque.Mutates)
                    variables?.Add(variable, read.With(Control));
                Witness();
                // It may throw, or not, for what it got: then the rest of the block does not run.
                foreach (var attempt in attempts)
                    attempt.MayThrow(read);
                return read;
            default:
                return Reach.None;
        }
    }

    // What goes into something that is not looked into: functions among the inputs may run there, on anything that is there.
    private Reach OfAll(params Expr[] inputs) => OfAll(inputs.ToEquatableArray());

    private Reach OfAll(EquatableArray<Expr> inputs)
    {
        var all = inputs.Aggregate(Reach.None, (reach, input) => reach.With(Of(input)));
        return RunAny(inputs.SelectMany(functions.In).Distinct().ToList(), all, function => [.. function.Parameters.Select(_ => all)]);
    }

    private Reach RunCall(Call call)
    {
        var arguments = call.Arguments.Select(Of).ToArray();
        var targets = functions.In(call.Target).ToList();
        // On which function it is, what comes of the call depends as well.
        var target = Of(call.Target);
        return targets.Count switch
        {
            0 => arguments.Aggregate(target, (reach, argument) => reach.With(argument)),
            1 => target.With(RunFunction(targets[0], arguments)),
            _ => RunAny(targets, target, _ => arguments),
        };
    }

    private Reach RunAny(List<Function> any, Reach all, Func<Function, Reach[]> arguments)
    {
        foreach (var function in any)
            RunBranch(Reach.None, () => all = all.With(RunFunction(function, arguments(function))), () => { });
        return all;
    }

    private Reach RunFunction(Function function, params Reach[] arguments)
    {
        var again = running.Contains(function.Name);
        for (var i = 0; i < function.Parameters.Count; i++)
        {
            var argument = (i < arguments.Length ? arguments[i] : Reach.None).With(Control);
            if (again)
                variables?.Add(function.Parameters[i], argument);
            else
                variables?.Set(function.Parameters[i], argument);
        }
        Witness();
        if (again)
        {
            recursive.Add(function.Name);
            return Result(function.Name);
        }

        running.Push(function.Name);
        results.Remove(function.Name);
        // A function that calls itself finds more in its result and its parameters each time, until it does not.
        (Reach Result, Variables? Variables, int Edges) before;
        do
        {
            before = (Result(function.Name), variables?.Copy(), EdgeState);
            var outer = branches;
            var scope = Enter(ScopeKind.Function);
            Run(function.Body);
            Exit(scope);
            branches = outer;
            if (recursive.Contains(function.Name))
                variables = Variables.Meet(before.Variables, variables);
        }
        while (recursive.Contains(function.Name)
            && !(before.Result.Equals(Result(function.Name)) && Equals(before.Variables, variables) && before.Edges == EdgeState));
        running.Pop();
        return Result(function.Name).Leaving(depth + 1);
    }

    private Reach Result(string function) => results.TryGetValue(function, out var reach) ? reach : Reach.None;

    private void Arrive(int slot, Reach from)
    {
        foreach (var source in from.With(Control).Sites)
        {
            var edge = (source.Key, slot);
            var rounds = Math.Min(source.Value, depth);
            edges[edge] = edges.TryGetValue(edge, out var same) ? Math.Min(same, rounds) : rounds;
        }
    }

    private void EndRound(Scope loop)
    {
        loop.EndRound();
        // Nobody who left anything did so in the next round.
        foreach (var scope in scopes)
            scope.Leave(depth);
        foreach (var attempt in attempts)
            attempt.Leave(depth);
        jumped = jumped.Leaving(depth);
    }

    private void Under(Reach condition, Action action)
    {
        var outer = branches;
        branches = branches.With(condition);
        action();
        branches = outer;
    }

    private Scope Enter(ScopeKind kind)
    {
        var scope = new Scope(kind);
        scopes.Push(scope);
        return scope;
    }

    private void Exit(Scope scope)
    {
        scopes.Pop();
        variables = Variables.Meet(variables, scope.Broken);
    }
}
