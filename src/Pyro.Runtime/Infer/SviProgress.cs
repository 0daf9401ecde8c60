namespace Pyro.Infer;

/// <summary>How far an inference is.</summary>
/// <param name="Step">The steps done.</param>
/// <param name="Steps">The steps to do.</param>
/// <param name="Loss">The last step's loss; NaN before the first.</param>
/// <param name="SmoothedLoss">The mean of the recent losses, each step forgetting 1 % of those before; NaN before the first.</param>
/// <param name="StepsPerSecond">The rate since the start.</param>
/// <param name="Elapsed">The time since the start.</param>
/// <param name="Remaining">The time that the remaining steps need at this rate.</param>
public readonly record struct SviProgress(
    int Step, int Steps, double Loss, double SmoothedLoss, double StepsPerSecond, TimeSpan Elapsed, TimeSpan Remaining);
