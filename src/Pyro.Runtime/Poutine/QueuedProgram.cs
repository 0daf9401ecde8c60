using Pyro.Programs;
using Pyro.Traces;

namespace Pyro.Poutines;

/// <summary>A program that takes up a partial trace from a queue, and puts what may follow back until a trace is whole.</summary>
internal sealed class QueuedProgram<TArgs>(Program<TArgs> inner, Queue<Trace> queue, int maxTries, TraceExtension extend, SitePredicate escapes, Tries? tries = null) : Program<TArgs>
{
    public override string Name => inner.Name;

    public override SiteTable Sites => inner.Sites;

    public override SiteGraph Graph => inner.Graph;

    public override IReadOnlyList<string> Parameters => inner.Parameters;

    internal override bool SharesTensors => true;

    public override void Execute(RunContext context, TArgs args)
    {
        var (plate, weights) = (context.Plate, context.Weighing);
        for (var attempt = 0; attempt < maxTries; attempt++)
        {
            tries?.Take();
            // It stays there until it is whole or longer, so that it is not lost where the program fails or is left by another handler.
            if (!queue.TryPeek(out var partial))
                throw new InvalidOperationException("The queue of traces is empty: every trace has been taken. Put an empty trace in to begin.");
            if (attempt > 0)
                context.Restart(plate, weights);
            var seen = new Trace();
            var decide = new QueuePoutine(seen, extend, escapes);
            try
            {
                using (context.Push(decide))
                using (context.Push(new TracePoutine(seen)))
                using (context.Push(new ReplayPoutine(partial)))
                    inner.Execute(context, args);
                queue.Dequeue();
                return;
            }
            catch (NonlocalExit exit) when (ReferenceEquals(exit.Handler, decide))
            {
                queue.Dequeue();
                foreach (var next in decide.Longer)
                    queue.Enqueue(next);
            }
        }
        throw new InvalidOperationException($"No whole trace of {inner.Name} was found in {maxTries} tries. Allow more of them.");
    }
}

/// <summary>A program with a result that takes up a partial trace from a queue: the result is that of the whole run.</summary>
internal sealed class QueuedProgram<TArgs, TResult>(Program<TArgs, TResult> inner, Queue<Trace> queue, int maxTries, TraceExtension extend, SitePredicate escapes)
    : Program<TArgs, TResult>
{
    public override string Name => inner.Name;

    public override SiteTable Sites => inner.Sites;

    public override SiteGraph Graph => inner.Graph;

    public override IReadOnlyList<string> Parameters => inner.Parameters;

    internal override bool SharesTensors => true;

    public override TResult Run(RunContext context, TArgs args)
    {
        var kept = new ResultProgram<TArgs, TResult>(inner);
        new QueuedProgram<TArgs>(kept, queue, maxTries, extend, escapes).Execute(context, args);
        return kept.Result!;
    }
}
