namespace Pyro.Infer;

/// <summary>What happens around the steps of <see cref="SVI{TArgs}.Run(TArgs, int, RunOptions)"/>.</summary>
public sealed record RunOptions
{
    /// <summary>Told how far it is, about ten times a second and after the last step.</summary>
    public Action<SviProgress>? Progress { get; init; }

    /// <summary>Told after each step; false ends the run.</summary>
    public Func<SviProgress, bool>? AfterStep { get; init; }

    /// <summary>Ends the run after the step it is in.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Ends the run when the loss no longer falls.</summary>
    public EarlyStopping? EarlyStopping { get; init; }

    /// <summary>
    /// The file that checkpoints are written to. Where it exists, the run goes on from there, with the numbers that it would have had without the interruption.
    /// </summary>
    public string? Checkpoint { get; init; }

    /// <summary>After how many steps a checkpoint is written; there is one at the end too.</summary>
    public int CheckpointEvery { get; init; } = 1000;
}

/// <summary>When a loss no longer falls: the smoothed loss has not been lower than its least by so much, for so many steps.</summary>
/// <param name="Patience">How many steps.</param>
/// <param name="Improvement">By how much.</param>
public sealed record EarlyStopping(int Patience, double Improvement = 0);
