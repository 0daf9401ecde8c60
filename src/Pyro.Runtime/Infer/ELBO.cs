using Pyro.Params;
using Pyro.Programs;
using Pyro.Traces;
using static TorchSharp.torch;

namespace Pyro.Infer;

/// <summary>
/// Minus the evidence lower bound, E_q[ln q(z) − ln p(x, z)], by sampling from the guide or, where discrete sites are enumerated, by exact sums. Gradients go
/// through reparameterised samples; the other latent sites are estimated by the score function, each with the costs that it can influence: by the
/// compiler's graphs, and element by element inside of vectorised plates.
/// </summary>
public sealed class ELBO : ILoss
{
    private readonly int _particles;
    private readonly GraphType _graph;
    private readonly Enumerate _how;
    private readonly bool _parallel;

    // Buffers that no estimate is using: another thread, or an inference inside a model, makes its own.
    private Estimate? _spare;
    private ParallelParticles? _spareParticles;

    /// <summary>Creates the loss.</summary>
    /// <param name="numParticles">How many samples from the guide one estimate averages.</param>
    /// <param name="graph">
    /// Which costs weigh a score: those that the site can influence by the compiler's graphs, and by the order of sites known only at run time
    /// (<see cref="GraphType.Static"/>); all that come after it (<see cref="GraphType.Dense"/>); or all there are (<see cref="GraphType.Flat"/>).
    /// They have the same mean and rising variance.
    /// </param>
    /// <param name="enumDiscrete">Whether discrete latent sites of the guide are enumerated instead of drawn; sites may say otherwise by their options.</param>
    /// <param name="parallel">
    /// Whether samples are drawn on several threads: the model, the guide and the networks in them must not change anything that they share. The numbers are the
    /// same on any number of threads, and others than one after another. Gradients are added up one after another.
    /// </param>
    public ELBO(int numParticles = 1, GraphType graph = GraphType.Static, Enumerate enumDiscrete = Enumerate.No, bool parallel = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(numParticles, 1);
        if (graph == GraphType.Flat && enumDiscrete != Enumerate.No)
            throw new ArgumentException("Enumeration needs to know what a site can influence. Leave the graph as it is, or give GraphType.Dense.", nameof(graph));
        _particles = numParticles;
        _graph = graph;
        _how = enumDiscrete;
        _parallel = parallel && numParticles > 1;
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
        // Handlers that are in place belong to one thread.
        if (_parallel && !context.HasHandlers)
        {
            var particles = Interlocked.Exchange(ref _spareParticles, null) ?? new ParallelParticles(_particles, _graph, _how);
            var average = particles.Average(context, model, guide, args, trained);
            _spareParticles = particles;
            return average;
        }
        var total = 0.0;
        var estimate = Interlocked.Exchange(ref _spare, null) ?? new Estimate(_graph, _how);
        for (var i = 0; i < _particles; i++)
        {
            using var scope = NewDisposeScope();
            total += estimate.Particle(context, model, guide, args, trained, 1.0 / _particles);
        }
        _spare = estimate;
        return total / _particles;
    }
}
