using System.Collections.Immutable;

namespace Pyro.Analyzers.Flow;

/// <summary>All sites that a run of a program may have: its own and those of the methods of its type that it calls.</summary>
internal sealed class Sites
{
    private Sites(ImmutableArray<PrimitiveCall> calls, bool complete)
    {
        Calls = calls;
        AreComplete = complete;
    }

    /// <summary>The calls of primitives, in the order of the text; those of called methods follow their callers'.</summary>
    public ImmutableArray<PrimitiveCall> Calls { get; }

    /// <summary>Whether there can be no other site: every name is known, and every call leads to a method that could be read.</summary>
    public bool AreComplete { get; }

    public IEnumerable<PrimitiveCall> Latent => Calls.Where(call => call.Kind == PrimitiveKind.Sample);

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
        ImmutableArray<PrimitiveCall> calls = [.. bodies.SelectMany(body => body.Primitives)];
        return new Sites(calls, complete && calls.All(call => !call.IsSite || call.Name.Key is not null));
    }
}
