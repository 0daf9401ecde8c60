using Pyro.Compiler.Ir;
using Pyro.Compiler.Reading;

namespace Pyro.Compiler.Analysis;

/// <summary>
/// Constants and copies: follows what each variable holds, so that every site's density is an expression of sites, arguments and constants. What a loop carries
/// from round to round, and what unknown code may change, stays the variable that it is.
/// </summary>
internal sealed class CopyPass
{
    // A value that is built from itself again and again is not written out for ever.
    private const int Longest = 400;

    private readonly Dictionary<int, (Expr? Distribution, Expr? Observed)> densities = [];
    private readonly ProgramIr program;
    private readonly Functions functions;
    private readonly HashSet<string> arguments;
    private readonly Dictionary<string, string[]> aliases;
    private readonly Stack<(bool IsFunction, List<Dictionary<string, Expr>> Left)> scopes = [];
    private readonly Stack<List<Expr>> returned = [];
    private readonly HashSet<string> running = [];

    // Null where control does not come.
    private Dictionary<string, Expr>? values = [];

    private CopyPass(ProgramIr program)
    {
        this.program = program;
        functions = Functions.Of(program.Nodes);
        arguments = [.. Main.Parameters];
        aliases = program.Aliases.SelectMany(group => group.Select(name => (Name: name, Group: group.ToArray()))).ToDictionary(pair => pair.Name, pair => pair.Group);
    }

    private Function Main => (Function)program.Nodes.Nodes[program.Nodes.Nodes.Count - 1];

    /// <summary>The program with its densities, a site each.</summary>
    public static ProgramIr Run(ProgramIr program)
    {
        var pass = new CopyPass(program);
        pass.RunFunction(pass.Main);
        return program with
        {
            Densities = program.Sites.Select(site => pass.densities.TryGetValue(site.Slot, out var found)
                ? new DensityIr(site.Slot, found.Distribution, found.Observed, null, default, default)
                : new DensityIr(site.Slot, null, null, null, default, default)).ToEquatableArray(),
        };
    }

    private void Run(Block block)
    {
        foreach (var node in block.Nodes)
            if (values is not null || node is Label)
                Run(node);
    }

    private void Run(Node node)
    {
        switch (node)
        {
            case Block block:
                Run(block);
                break;
            case Evaluate evaluate:
                Of(evaluate.Value);
                break;
            case Branch branch:
                var condition = Of(branch.Condition);
                Fork(condition, () => Run(branch.Then), () => Run(branch.Else));
                break;
            case Loop loop:
                // Functions in what it goes through run again for each round.
                var carried = functions.In(loop.Source).Select(function => function.Body).Append(loop.Body).Append(loop.Step).SelectMany(Assigned).Distinct().ToList();
                Forget(carried);
                Of(loop.Source);
                foreach (var function in functions.In(loop.Source))
                    RunSometime(function);
                Forget(loop.Variables);
                Within(isFunction: false, () => Run(loop.Body));
                Forget(carried);
                Run(loop.Step);
                Forget(carried.Concat(loop.Variables));
                break;
            case Breakable breakable:
                Within(isFunction: false, () => Run(breakable.Body));
                break;
            case PlateScope plate:
                Of(plate.Size);
                Run(plate.Body);
                break;
            case WeightScope weighed:
                Of(weighed.Weights);
                Run(weighed.Body);
                break;
            case Attempt attempt:
                RunAttempt(attempt);
                break;
            case Label:
                // Whoever arrives here brings whatever.
                values = [];
                Forget(Assigned(Main.Body));
                break;
            case Leave leave:
                RunLeave(leave);
                break;
        }
    }

    private void RunAttempt(Attempt attempt)
    {
        var before = Copy();
        var left = scopes.Select(scope => (scope.Left, scope.Left.Count)).ToList();
        Run(attempt.Body);
        var after = values;
        foreach (var handler in attempt.Handlers)
        {
            // A handler takes over anywhere.
            values = new Dictionary<string, Expr>(before);
            Forget(Assigned(attempt.Body));
            Run(handler);
            after = Meet(null, after, values);
        }
        // Whoever left the block goes through what runs in any case.
        foreach (var state in left.SelectMany(scope => scope.Left.Skip(scope.Count)))
            foreach (var name in Assigned(attempt.Finally))
                state[name] = Changed(name);
        values = after ?? before;
        Run(attempt.Finally);
        values = after is null ? null : values;
    }

    private void RunLeave(Leave leave)
    {
        var value = leave.Value is null ? null : Of(leave.Value);
        if (leave.Kind == LeaveKind.Return && returned.Count > 0)
            returned.Peek().Add(value ?? new Constant("void"));
        // To where a loop's next round begins, or anywhere, nothing is carried that is not forgotten there.
        if (values is not null && leave.Kind is LeaveKind.Return or LeaveKind.Break)
            scopes.FirstOrDefault(scope => leave.Kind == LeaveKind.Break || scope.IsFunction).Left?.Add(values!);
        if (leave.Kind != LeaveKind.Yield)
            values = null;
    }

    private Expr Of(Expr expression)
    {
        switch (expression)
        {
            case Variable variable:
                return values is not null && values.TryGetValue(variable.Name, out var held) ? held : variable;
            case Assign assign:
                var value = Of(assign.Value);
                if (assign.Partial || AreReferences(assign.Variable))
                    Forget(Shown(assign.Variable));
                else if (values is not null)
                    values[assign.Variable] = Size(value) <= Longest ? value : new Variable(assign.Variable);
                return value;
            case SiteValue site:
                return Record(site.Slot, OfAll(site.Arguments));
            case Sequence sequence:
                return OfAll(sequence.Operands)[sequence.Operands.Count - 1];
            case Compound compound:
                return compound with { Operands = OfAll(compound.Operands) };
            case Conditional conditional:
                var condition = Of(conditional.Condition);
                var arms = new List<Expr>();
                Action none = () => { };
                // Where the arm is for what does not hold, the way without it is not the other one of a condition.
                Fork(conditional.Choice is Choice.Either or Choice.And ? condition : null, [.. conditional.Arms.Select(arm => (Action)(() => arms.Add(Of(arm)))), .. conditional.IsComplete ? [] : new[] { none }]);
                return arms.Count == conditional.Arms.Count ? conditional with { Condition = condition, Arms = arms.ToEquatableArray() } : new Opaque("an arm that is left", default, default);
            case Call call:
                return OfCall(call);
            case Lambda lambda:
                // It may run at any time from here on.
                Forget(Assigned(lambda.Function.Body));
                return lambda;
            case Opaque opaque:
                var inputs = OfAll(opaque.Inputs);
                Forget(opaque.Mutates.SelectMany(Shown));
                foreach (var function in opaque.Inputs.SelectMany(functions.In).Distinct())
                    RunSometime(function);
                return opaque with { Inputs = inputs };
            default:
                return expression;
        }
    }

    private EquatableArray<Expr> OfAll(EquatableArray<Expr> all) => all.Select(Of).ToList().ToEquatableArray();

    // A function that is known is as good as its body written here.
    private Expr OfCall(Call call)
    {
        var passed = OfAll(call.Arguments);
        var targets = functions.In(call.Target).ToList();
        if (targets.Count == 1 && !targets[0].IsDeferred && running.Count < 8 && !running.Contains(targets[0].Name) && targets[0].Parameters.Count <= passed.Count)
        {
            for (var i = 0; i < targets[0].Parameters.Count && values is not null; i++)
                values[targets[0].Parameters[i]] = passed[i];
            var results = RunFunction(targets[0]);
            if (results.Count == 1)
                return results[0];
        }
        else
            foreach (var target in targets)
                RunSometime(target);
        return new Opaque(call.Target is Variable function ? $"{function.Name}(…)" : "a call", passed, default);
    }

    // What the function may return; one value where there is one way out of it.
    private List<Expr> RunFunction(Function function)
    {
        running.Add(function.Name);
        returned.Push([]);
        Within(isFunction: true, () => Run(function.Body));
        running.Remove(function.Name);
        return returned.Pop();
    }

    // It may run any number of times, on anything.
    private void RunSometime(Function function)
    {
        var changed = Assigned(function.Body).Concat(function.Parameters).ToList();
        Forget(changed);
        if (values is null || running.Contains(function.Name))
            return;
        var before = Copy();
        RunFunction(function);
        values = before;
    }

    private Expr Record(int slot, EquatableArray<Expr> found)
    {
        var kind = program.Sites[slot].Kind;
        var density = (Distribution: found.Count > 0 ? found[0] : null, Observed: kind == SiteKind.Observed && found.Count > 1 ? found[1] : null);
        if (densities.TryGetValue(slot, out var before) && !before.Equals(density))
            density = (null, null);
        densities[slot] = density;
        return density.Observed ?? new SiteRef(slot);
    }

    private void Fork(Expr? condition, params Action[] ways)
    {
        if (values is null)
            return;
        var before = Copy();
        Dictionary<string, Expr>? after = null;
        for (var i = 0; i < ways.Length; i++)
        {
            values = new Dictionary<string, Expr>(before);
            ways[i]();
            after = i == 0 ? values : Meet(ways.Length == 2 ? condition : null, after, values);
        }
        values = after;
    }

    private void Within(bool isFunction, Action body)
    {
        var scope = (isFunction, new List<Dictionary<string, Expr>>());
        scopes.Push(scope);
        body();
        scopes.Pop();
        foreach (var left in scope.Item2)
            values = Meet(null, values, left);
    }

    // Where two ways meet that hold different values, the variable is either, by the condition if that is known.
    private Dictionary<string, Expr>? Meet(Expr? condition, Dictionary<string, Expr>? one, Dictionary<string, Expr>? other)
    {
        if (one is null || other is null)
            return one ?? other;
        var both = new Dictionary<string, Expr>();
        foreach (var name in one.Keys.Union(other.Keys))
            if (one.TryGetValue(name, out var first) && other.TryGetValue(name, out var second))
                both[name] = first.Equals(second) ? first
                    : condition is null ? Changed(name)
                    : new Conditional(Choice.Either, condition, new[] { first, second }.ToEquatableArray());
            else
                both[name] = Changed(name);
        return both;
    }

    private Dictionary<string, Expr> Copy() => values is null ? [] : new Dictionary<string, Expr>(values);

    private void Forget(IEnumerable<string> variables)
    {
        if (values is not null)
            foreach (var name in variables)
                values[name] = Changed(name);
    }

    // A change of an object shows in all variables that may hold it.
    private IEnumerable<string> Shown(string variable) => aliases.TryGetValue(variable, out var group) ? group : [variable];

    // Giving a reference another value changes what it refers to.
    private bool AreReferences(string variable) => aliases.TryGetValue(variable, out var group) && Aliases.AreReferences(group);

    // An argument that may be another by now is not the argument.
    private Variable Changed(string name) => new(arguments.Contains(name) ? name + "'" : name);

    private IEnumerable<string> Assigned(Block body) => body.Expressions().SelectMany(expression => expression switch
    {
        Assign assign => assign.Partial || AreReferences(assign.Variable) ? Shown(assign.Variable) : [assign.Variable],
        Opaque opaque => opaque.Mutates.SelectMany(Shown),
        _ => Enumerable.Empty<string>(),
    }).Concat(body.Statements().OfType<Loop>().SelectMany(loop => loop.Variables)).Distinct();

    private static int Size(Expr value) => 1 + value.Operands().Sum(Size);
}
