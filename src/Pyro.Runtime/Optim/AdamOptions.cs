namespace Pyro.Optim;

/// <summary>Options of <see cref="Adam"/> for a parameter.</summary>
public record AdamOptions : OptimOptions
{
    /// <summary>The learning rate.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>How slowly the means of the gradient and of its square forget; each from 0 to below 1.</summary>
    public (double Beta1, double Beta2) Betas { get; init; } = (0.9, 0.999);

    /// <summary>What is added to the divisor.</summary>
    public double Eps { get; init; } = 1e-8;

    /// <summary>The weight of an L2 penalty on the unconstrained parameter; of <see cref="AdamW"/>, the share of the parameter, times the learning rate, that a step takes off.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Whether the largest mean square so far divides (Reddi, Kale and Kumar, "On the convergence of Adam and beyond", 2018).</summary>
    public bool Amsgrad { get; init; }

    /// <inheritdoc/>
    protected internal override void Check()
    {
        Allowed.NotNegative(LearningRate, "lr");
        Allowed.Betas(Betas);
        Allowed.NotNegative(Eps, "eps");
        Allowed.NotNegative(WeightDecay, "weightDecay");
    }
}
