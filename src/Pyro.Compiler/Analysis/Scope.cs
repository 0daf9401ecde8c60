using Pyro.Compiler.Ir;

namespace Pyro.Compiler.Analysis;

/// <summary>What can be left before its end.</summary>
internal enum ScopeKind
{
    /// <summary>A function, by return.</summary>
    Function,

    /// <summary>A loop, by break; its rounds by continue.</summary>
    Loop,

    /// <summary>A switch, by break.</summary>
    Breakable,
}

/// <summary>A part of the program that control can leave early: what has left it decides whether the rest of it runs.</summary>
internal sealed class Scope(ScopeKind kind)
{
    private Reach left = Reach.None;
    private Reach skipped = Reach.None;

    /// <summary>What decides whether the rest of it runs, beside the branches that are in force.</summary>
    public Reach Control => left.With(skipped);

    /// <summary>The variables as those who left it left them; null where nobody did.</summary>
    public Variables? Broken { get; private set; }

    /// <summary>The variables as those who went on to the next round left them; null where nobody did.</summary>
    public Variables? Continued { get; private set; }

    public bool Takes(LeaveKind leave) => leave switch
    {
        LeaveKind.Return => kind == ScopeKind.Function,
        LeaveKind.Continue => kind == ScopeKind.Loop,
        _ => kind is ScopeKind.Loop or ScopeKind.Breakable,
    };

    public void Take(LeaveKind leave, Variables variables, Reach because)
    {
        if (leave == LeaveKind.Continue)
        {
            skipped = skipped.With(because);
            Continued = Variables.Meet(Continued, variables);
        }
        else
        {
            left = left.With(because);
            Broken = Variables.Meet(Broken, variables);
        }
    }

    /// <summary>What runs in any case has run on the way out: whoever left may have left these.</summary>
    public void See(Variables? variables)
    {
        if (Broken is not null)
            Broken = Variables.Meet(Broken, variables);
        if (Continued is not null)
            Continued = Variables.Meet(Continued, variables);
    }

    /// <summary>The loop's next round begins: who only skipped the rest of the last one has no say in it.</summary>
    public void EndRound() => skipped = Reach.None;

    /// <summary>The next round of the loop at this depth, here or inside, begins, or it ends.</summary>
    public void Leave(int depth)
    {
        left = left.Leaving(depth);
        skipped = skipped.Leaving(depth);
    }
}
