using Microsoft.CodeAnalysis;
using Pyro.Compiler.Ir;

namespace Pyro.Compiler.Reading;

/// <summary>
/// The call of a library's program as a function of the caller: its sites act in the order of their table, each on the arguments and sites
/// that can reach it, and the result is made of those that can reach that. What it computes between them is not known.
/// </summary>
internal static class LibraryFunctions
{
    private static readonly Block Throw = new(new Node[] { new Leave(LeaveKind.Throw, null) }.ToEquatableArray());

    /// <summary>The function that one call runs. Its parameters are those of the method, and the object of the call behind them.</summary>
    /// <param name="program">The program.</param>
    /// <param name="method">The method that is called.</param>
    /// <param name="changed">The caller's variables that the call may change.</param>
    /// <param name="shared">What is known of the caller; its table gets the sites.</param>
    /// <param name="span">Where the call is written.</param>
    public static Function Of(LibraryProgram program, IMethodSymbol method, IEnumerable<string> changed, Lowered shared, Span span)
    {
        var parameters = method.Parameters.Select(parameter => (parameter.Name, Variable: shared.Names.New(parameter.Name)))
            .Append((Name: VariableNames.This, Variable: shared.Names.New("receiver"))).ToList();
        var values = program.Sites.Select(site => (site.Name, Variable: shared.Names.New("value"))).ToList();
        var text = $"{program.Name}(…)";

        var acting = new Block(program.Sites.Zip(values, (site, value) => Acting(site, value.Variable)).ToEquatableArray());
        // Sites that reach earlier ones, or themselves, do so in a later iteration of the program's own loops.
        var body = program.Sites.Where((site, at) => site.Sites.Any(name => IndexOf(name) >= at)).Any()
            ? new Loop(LoopKind.Jumps, new Constant("loops"), default, acting, new Block(default), Plate: -1)
            : (Node)acting;
        var all = Inputs(parameters.Concat(values).Select(input => input.Variable));
        return new Function(
            $"{program.Name}#{shared.Programs.Count + 1}",
            parameters.Select(parameter => parameter.Variable).ToEquatableArray(),
            new Block(new[]
            {
                body,
                // It may keep anything in what it is given, and throw for anything in it; what it throws itself decides about all that follows.
                new Evaluate(new Opaque(text, all, changed.ToEquatableArray())),
                new Branch(Made(program.ThrowArguments, program.ThrowSites), Throw, new Block(default)),
                new Leave(LeaveKind.Return, Made(program.ResultArguments, program.ResultSites)),
            }.ToEquatableArray()));

        Node Acting(LibrarySite site, string value) => new Evaluate(new Assign(
            value, new SiteValue(Slot(site, shared, span), new[] { Made(site.Arguments, site.Sites) }.ToEquatableArray()), Partial: false));

        Expr Made(IReadOnlyList<string> arguments, IReadOnlyList<string> sites)
        {
            var inputs = parameters.Where(parameter => arguments.Contains(parameter.Name)).Concat(values.Where(value => sites.Contains(value.Name)));
            return new Opaque(text, Inputs(inputs.Select(input => input.Variable)), default);
        }

        int IndexOf(string name) => values.FindIndex(value => value.Name == name);
    }

    private static EquatableArray<Expr> Inputs(IEnumerable<string> variables) => variables.Select(variable => (Expr)new Variable(variable)).ToEquatableArray();

    // The plates around the call come first. Which of the caller's loops the numbers in a name follow is not known.
    private static int Slot(LibrarySite site, Lowered shared, Span span) => shared.Collector.Slot(
        site.Name,
        site.Kind,
        site.Distribution,
        [.. shared.PlatesAround, .. site.Plates.Select(plate => shared.Collector.Plate(plate.Name, plate.Vectorized))],
        [.. Enumerable.Repeat(0, site.Places)],
        span,
        site.MayBeGiven);
}
