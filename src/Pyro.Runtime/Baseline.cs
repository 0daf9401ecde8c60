using static TorchSharp.torch;

namespace Pyro;

/// <summary>
/// What is subtracted from the costs downstream of a site before they weigh its score: it changes the variance of the gradient and not its mean, because it does
/// not depend on what is drawn. A decaying average adds to a value or a network.
/// </summary>
public sealed record Baseline
{
    /// <summary>Whether the average of the costs of earlier steps is subtracted.</summary>
    public bool UseDecayingAverage { get; init; }

    /// <summary>How slowly the average forgets, from 0 to below 1.</summary>
    public double Beta { get; init; } = 0.90;

    /// <summary>A tensor of the cost's shape, or one number. It is trained to come near the cost; null for none.</summary>
    public Tensor? Value { get; init; }

    /// <summary>A function of <see cref="Input"/> that is trained to come near the cost, such as a network whose parameters the guide registers; null for none.</summary>
    public Func<Tensor, Tensor>? Network { get; init; }

    /// <summary>What the network is given, without its gradient; one zero where none is given.</summary>
    public Tensor? Input { get; init; }
}
