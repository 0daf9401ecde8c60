using System.Runtime.CompilerServices;
using Pyro.Compiler.Ir;

namespace Pyro.Compiler.Analysis;

/// <summary>The functions of a program, and which of them a value may be. Not sensitive to the order of statements.</summary>
internal sealed class Functions
{
    private static readonly ConditionalWeakTable<Block, Functions> Found = new();

    private readonly Dictionary<string, Function> known = [];
    private readonly Dictionary<string, HashSet<string>> held = [];
    private readonly HashSet<string> asked = [];

    /// <summary>The functions of a program, which are looked for once.</summary>
    /// <param name="body">All of the program.</param>
    public static Functions Of(Block body) => Found.GetValue(body, static body => new Functions(body));

    private Functions(Block body)
    {
        Declare(body);
        for (var size = -1; size != Size;)
        {
            size = Size;
            foreach (var loop in body.Statements().OfType<Loop>())
                foreach (var variable in loop.Variables)
                    // Of an iterator what it yields.
                    Hold(variable, Names(loop.Source).SelectMany(name => known[name].IsDeferred ? Given(known[name]) : [name]));
            foreach (var expression in body.Expressions())
                switch (expression)
                {
                    case Assign assign:
                        Hold(assign.Variable, assign.Value);
                        break;
                    case Opaque opaque:
                        foreach (var variable in opaque.Mutates)
                            foreach (var input in opaque.Inputs)
                                Hold(variable, input);
                        break;
                    case Call call:
                        foreach (var function in In(call.Target))
                            foreach (var (parameter, argument) in function.Parameters.Zip(call.Arguments, (parameter, argument) => (parameter, argument)))
                                Hold(parameter, argument);
                        break;
                }
        }
    }

    private int Size => held.Sum(entry => entry.Value.Count);

    /// <summary>The functions that a value may be, or hold.</summary>
    public IEnumerable<Function> In(Expr value) => Names(value).Distinct().OrderBy(name => name, StringComparer.Ordinal).Select(name => known[name]);

    private IEnumerable<string> Names(Expr value) => value switch
    {
        Lambda lambda => [lambda.Function.Name],
        Variable variable => (known.ContainsKey(variable.Name) ? new[] { variable.Name } : [])
            .Concat(held.TryGetValue(variable.Name, out var names) ? names : Enumerable.Empty<string>()),
        // What a function gives may be one that went in, or one that it makes.
        Call call => call.Arguments.SelectMany(Names).Concat(In(call.Target).SelectMany(target => target.IsDeferred ? [target.Name] : Given(target))),
        // A site's value is data.
        SiteValue => [],
        _ => value.Operands().SelectMany(Names),
    };

    private IEnumerable<string> Given(Function function)
    {
        if (!asked.Add(function.Name))
            return [];
        var names = function.Statements().OfType<Leave>().Select(leave => leave.Value).OfType<Expr>().SelectMany(Names).ToList();
        asked.Remove(function.Name);
        return names;
    }

    private void Hold(string variable, Expr value) => Hold(variable, Names(value));

    private void Hold(string variable, IEnumerable<string> functions)
    {
        var names = functions.ToList();
        if (names.Count == 0)
            return;
        if (!held.TryGetValue(variable, out var holds))
            held.Add(variable, holds = []);
        holds.UnionWith(names);
    }

    private void Declare(Node node)
    {
        if (node is Function function)
            known[function.Name] = function;
        foreach (var lambda in node.Expressions().OfType<Lambda>())
            known[lambda.Function.Name] = lambda.Function;
        foreach (var inner in node.Statements().OfType<Function>())
            known[inner.Name] = inner;
    }
}
