namespace Pyro.Compiler.Analysis;

/// <summary>A block that can be left at any place by what is thrown in it.</summary>
/// <param name="isCaught">Whether something in it is caught, so that the program goes on.</param>
/// <param name="before">The variables at its beginning.</param>
internal sealed class Attempted(bool isCaught, Variables? before)
{
    /// <summary>What decides whether the rest of the block runs, beside what decided that it began.</summary>
    public Reach Thrown { get; private set; } = Reach.None;

    /// <summary>The variables with all that they have held in the block so far.</summary>
    public Variables? Seen { get; private set; } = before?.Copy();

    public void See(Variables? variables) => Seen = Variables.Meet(Seen, variables);

    public void MayThrow(Reach because)
    {
        if (isCaught)
            Thrown = Thrown.With(because);
    }

    /// <summary>The next round of the loop at this depth, here or inside, begins, or it ends.</summary>
    public void Leave(int depth)
    {
        Thrown = Thrown.Leaving(depth);
        Seen?.Leave(depth);
    }
}
