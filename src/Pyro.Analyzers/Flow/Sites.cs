using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Compiler.Reading;

namespace Pyro.Analyzers.Flow;

/// <summary>All sites that a run of a program may have: its own and those of the methods of its type that it calls.</summary>
internal sealed class Sites
{
    private readonly Lazy<(ILookup<string, PrimitiveCall> Constants, PrimitiveCall[] Patterns)> _byName;

    private Sites(ImmutableArray<PrimitiveCall> calls, ImmutableArray<PrimitiveCall> certain, ImmutableArray<LibraryCall> libraries, bool complete)
    {
        _byName = new(() => (
            calls.Where(call => call.Name.Constant is not null).ToLookup(call => call.Name.Constant!),
            [.. calls.Where(call => call.Name.Pattern is not null)]));
        Calls = calls;
        Certain = certain;
        Libraries = libraries;
        AreComplete = complete;
    }

    /// <summary>The calls of primitives, in the order of the text; those of called methods follow their callers'.</summary>
    public ImmutableArray<PrimitiveCall> Calls { get; }

    /// <summary>
    /// The calls that the program is answerable for: its own, and those of the methods of its type that it calls which run whenever their method does. Others may be there for other callers.
    /// </summary>
    public ImmutableArray<PrimitiveCall> Certain { get; }

    /// <summary>The calls of programs of other assemblies; their sites are not among <see cref="Calls"/>.</summary>
    public ImmutableArray<LibraryCall> Libraries { get; }

    /// <summary>The sites of programs of other assemblies whose name may be the same as a constant or a pattern.</summary>
    /// <param name="key">The constant or the pattern.</param>
    public IEnumerable<LibrarySite> InLibraries(string key) =>
        Libraries.SelectMany(call => call.Program.Sites).Where(site => SiteName.MayBeSame(site.Key, key));

    /// <summary>
    /// Whether there can be no other site: every name is known, and every call leads to a method that could be read and compiles.
    /// </summary>
    public bool AreComplete { get; }

    public IEnumerable<PrimitiveCall> Latent => Calls.Where(call => call.Kind == PrimitiveKind.Sample);

    /// <summary>The calls whose name may be the same as a constant or a pattern.</summary>
    /// <param name="key">The constant or the pattern.</param>
    public IEnumerable<PrimitiveCall> Named(string key) => SiteName.IsPattern(key)
        ? Calls.Where(call => call.Name.Key is { } other && SiteName.MayBeSame(other, key))
        : _byName.Value.Constants[key].Concat(_byName.Value.Patterns.Where(call => SiteName.MayBeSame(call.Name.Pattern!, key)));

    /// <summary>Reads a program and, once each, the methods of its type that it calls.</summary>
    public static Sites Of(MethodBody program, ProgramType type)
    {
        var bodies = new List<MethodBody> { program };
        var complete = true;
        for (var i = 0; i < bodies.Count; i++)
            foreach (var call in bodies[i].Calls)
                if (type.Body(call.TargetMethod) is not { } called)
                    complete = false;
                else if (!bodies.Contains(called))
                    bodies.Add(called);
        complete &= !bodies.Any(body => body.IsBroken || body.Libraries.Any(call => !call.IsComplete));
        ImmutableArray<PrimitiveCall> calls = [.. bodies.SelectMany(body => body.Primitives)];
        complete &= calls.All(call => !call.IsSite || call.Name.Key is not null);
        return new Sites(calls, Answerable(program, type), [.. bodies.SelectMany(body => body.Libraries)], complete);
    }

    private static ImmutableArray<PrimitiveCall> Answerable(MethodBody program, ProgramType type)
    {
        var certain = program.Primitives.ToList();
        var seen = new HashSet<MethodBody> { program };
        var open = new Queue<MethodBody>(Called(program, type));
        while (open.Count > 0)
            if (open.Dequeue() is var body && seen.Add(body))
            {
                certain.AddRange(body.Primitives.Where(primitive => body.Flow.IsCertain(primitive.Operation.Syntax)));
                foreach (var called in Called(body, type, call => body.Flow.IsCertain(call.Syntax)))
                    open.Enqueue(called);
            }
        return [.. certain];
    }

    // A program that is called as one is judged by itself.
    private static IEnumerable<MethodBody> Called(MethodBody body, ProgramType type, Func<IInvocationOperation, bool>? which = null) =>
        from call in body.Calls
        where which?.Invoke(call) != false
        let called = type.Body(call.TargetMethod)
        where called is not null && !type.Symbols.Programs.IsProgram(called.Method)
        select called;
}
