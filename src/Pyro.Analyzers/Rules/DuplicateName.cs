using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Pyro.Analyzers.Flow;
using Pyro.Compiler.Reading;

namespace Pyro.Analyzers.Rules;

/// <summary>
/// PYRO010: a name that the run has used already. Reported where the second use is certain to meet the first: of two uses on one path, the later; never
/// for branches that exclude each other. A call of another method of the type, or of a library's program, counts for the sites that it always has.
/// </summary>
internal sealed class DuplicateName() : Rule(
    "PYRO010",
    DiagnosticSeverity.Error,
    "Two sites, or a site and a parameter, have the same name",
    "The name '{0}' is used before on this path: sites and parameters of one run need names of their own",
    "A name is what a site is found by, in traces, in guides and in handlers, so a run has it once. Two sites on branches that "
        + "exclude each other may share theirs."), IProgramRule
{
    /// <summary>Property of the diagnostic: the first name that nothing in the program uses.</summary>
    public const string NewName = nameof(NewName);

    public void Check(MethodBody program, ProgramType type, Action<Diagnostic> report)
    {
        var uses = Uses(program, type);
        var taken = new HashSet<string>(Sites.Of(program, type).Calls.Select(call => call.Name.Key).OfType<string>());
        var same = uses.ToLookup(use => use.Name.Key);
        foreach (var use in uses)
        {
            if (!same[use.Name.Key].Any(earlier => Meets(earlier, use, program)))
                continue;
            var properties = ImmutableDictionary<string, string?>.Empty;
            if (use.Name.Constant is { } constant && use.IsOwn)
                properties = properties.Add(NewName, FirstFree(constant, taken));
            report(Diagnostic.Create(Descriptor, use.Location, properties, use.Name.Text));
        }
    }

    private static bool Meets(Use earlier, Use later, MethodBody program)
    {
        if (earlier.Call == later.Call || (earlier.IsParam && later.IsParam))
            return false;
        if (later.Name.Constant is not null)
            return program.Flow.Follows(earlier.Call.Syntax, later.Call.Syntax);
        return earlier.Name.Places.SequenceEqual(later.Name.Places)
            && earlier.Name.Variables.SequenceEqual(later.Name.Variables, SymbolEqualityComparer.Default)
            && Loops.Around(earlier.Call) == Loops.Around(later.Call)
            && program.Flow.Precedes(earlier.Call.Syntax, later.Call.Syntax)
            && !later.Name.Variables.Any(variable => Variables.IsReassigned(variable, program.Body));
    }

    /// <summary>The names that the program uses, in the order of the text.</summary>
    private static List<Use> Uses(MethodBody program, ProgramType type)
    {
        var own = program.Primitives.Where(HasName).Select(call => new Use(call.Operation, call.Name, call.NameArgument.GetLocation(), IsParam(call), true));
        var called =
            from call in program.Calls
            where type.Body(call.TargetMethod) is not null
            from name in Always(type.Body(call.TargetMethod)!, type, [program])
            select new Use(call, name.Name, call.Syntax.GetLocation(), name.IsParam, false);
        var library =
            from call in program.Libraries
            from name in call.Certain
            select new Use(call.Operation, name.Name, call.Operation.Syntax.GetLocation(), name.IsParam, false);
        return [.. own.Concat(called).Concat(library).OrderBy(use => use.Call.Syntax.SpanStart)];
    }

    /// <summary>The constant names that every run of a method uses.</summary>
    public static IEnumerable<CertainName> Always(MethodBody body, ProgramType type, ImmutableArray<MethodBody> callers)
    {
        if (callers.Contains(body))
            return [];
        var own = body.Primitives.Where(call => HasName(call) && call.Name.Constant is not null && body.Flow.IsCertain(call.Operation.Syntax))
            .Select(call => new CertainName(call.Name, IsParam(call)));
        var called =
            from call in body.Calls
            where body.Flow.IsCertain(call.Syntax) && type.Body(call.TargetMethod) is not null
            from name in Always(type.Body(call.TargetMethod)!, type, callers.Add(body))
            select name;
        var library = body.Libraries.Where(call => body.Flow.IsCertain(call.Operation.Syntax)).SelectMany(call => call.Certain);
        return own.Concat(called).Concat(library);
    }

    private static bool HasName(PrimitiveCall call) => (call.IsRecorded || IsParam(call)) && !string.IsNullOrEmpty(call.Name.Key);

    private static bool IsParam(PrimitiveCall call) => call.Kind == PrimitiveKind.Param;

    private static string FirstFree(string name, HashSet<string> taken)
    {
        for (var number = 2; ; number++)
            if (taken.Add($"{name}_{number}"))
                return $"{name}_{number}";
    }

    /// <summary>One use of a name: by a primitive of the program itself, or by a method that it calls, of its type or of another assembly.</summary>
    private sealed class Use(IOperation call, SiteName name, Location location, bool isParam, bool isOwn)
    {
        public IOperation Call { get; } = call;

        public SiteName Name { get; } = name;

        public Location Location { get; } = location;

        public bool IsParam { get; } = isParam;

        public bool IsOwn { get; } = isOwn;
    }
}
