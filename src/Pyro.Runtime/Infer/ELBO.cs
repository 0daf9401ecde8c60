using Pyro.Params;
using Pyro.Programs;
using static TorchSharp.torch;

namespace Pyro.Infer;

/// <summary>
/// Minus the evidence lower bound, E_q[ln q(z) − ln p(x, z)], by sampling from the guide. Gradients go through reparameterised samples; the other latent
/// sites are estimated by the score function, each with the costs that it can influence.
/// </summary>
public sealed class ELBO : ILoss
{
    private readonly int _particles;

    // Buffers that no estimate is using: another thread, or an inference inside a model, makes its own.
    private Estimate? _spare;

    /// <summary>Creates the loss.</summary>
    /// <param name="numParticles">How many samples from the guide one estimate averages.</param>
    public ELBO(int numParticles = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(numParticles, 1);
        _particles = numParticles;
    }

    /// <inheritdoc/>
    /// <exception cref="ModelException">The programs do not fit each other, or a log density is not finite.</exception>
    public double Loss<TArgs>(RunContext context, Program<TArgs> model, Program<TArgs> guide, TArgs args)
    {
        using var noGrad = no_grad();
        return Average(context, model, guide, args, null);
    }

    /// <inheritdoc/>
    /// <exception cref="ModelException">The programs do not fit each other, or a log density is not finite.</exception>
    public double LossAndGrads<TArgs>(RunContext context, Program<TArgs> model, Program<TArgs> guide, TArgs args, ParamSet trained) =>
        Average(context, model, guide, args, trained);

    private double Average<TArgs>(RunContext context, Program<TArgs> model, Program<TArgs> guide, TArgs args, ParamSet? trained)
    {
        var total = 0.0;
        var estimate = Interlocked.Exchange(ref _spare, null) ?? new Estimate();
        for (var i = 0; i < _particles; i++)
        {
            using var scope = NewDisposeScope();
            total += estimate.Particle(context, model, guide, args, trained, 1.0 / _particles);
        }
        _spare = estimate;
        return total / _particles;
    }
}
