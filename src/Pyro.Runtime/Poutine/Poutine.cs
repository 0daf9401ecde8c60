using Pyro.Programs;

namespace Pyro.Poutines;

/// <summary>
/// An effect handler: it sees each site of what runs inside it, and may change what happens there. Handlers keep no state of a run other than what they
/// are for, so that one object may serve several runs and stand on the stack more than once.
/// </summary>
/// <remarks>
/// A site's message goes outwards, from the innermost handler to the outermost (<see cref="Before"/>); the site acts; the answer comes back inwards,
/// from the outermost to the innermost (<see cref="After"/>). So a handler sees the program inside it as the handlers inside it have made it,
/// and what a handler hides, none outside it can touch.
/// </remarks>
public abstract class Poutine
{
    /// <summary>
    /// Whether the members of a family may come as one message, under the family's name and with their values along the first dimension, instead of one by
    /// one. A handler that looks at names or at single values says no, as this does, and the loop runs as it is written.
    /// </summary>
    /// <param name="family">The family.</param>
    public virtual bool TakesFamily(Site family) => false;

    /// <summary>Called before the site acts, innermost handler first.</summary>
    /// <param name="message">The site.</param>
    public virtual void Before(ref Message message)
    {
    }

    /// <summary>Called after the site has acted, outermost handler first.</summary>
    /// <param name="message">The site, with its value.</param>
    public virtual void After(ref Message message)
    {
    }

    /// <summary>Called when the program inside begins.</summary>
    /// <param name="context">The run.</param>
    internal virtual void Begin(RunContext context)
    {
    }

    /// <summary>Called when the program inside has come to its end.</summary>
    /// <param name="context">The run.</param>
    /// <param name="program">The program's name.</param>
    /// <param name="sites">Its table.</param>
    internal virtual void EndOf(RunContext context, string program, SiteTable sites)
    {
    }

    /// <summary>Called when a run has come to its end, while its dispose scope is there.</summary>
    /// <param name="program">The program's name.</param>
    internal virtual void End(string program)
    {
    }

    /// <summary>Called when the program inside starts again from its beginning within the same run, as <see cref="Handlers.Queue{TArgs}(Program{TArgs}, Queue{Traces.Trace}, int, TraceExtension?, SitePredicate?)"/> makes it.</summary>
    public virtual void Restart()
    {
    }
}
