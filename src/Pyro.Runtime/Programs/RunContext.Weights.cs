using Pyro.Distributions;
using Pyro.Poutines;
using static TorchSharp.torch;

namespace Pyro.Programs;

public sealed partial class RunContext
{
    private WeightScope? _weights;

    /// <summary>Multiplies the log densities of the sites in a block, latent and observed, with a factor: tempering, or annealing of a divergence.</summary>
    /// <param name="factor">The factor; a finite number from 0. With 0 the sites count nothing.</param>
    /// <returns>The scope; dispose it at the end of the block.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The factor is negative, infinite or NaN.</exception>
    public WeightScope Scale(double factor) =>
        _weights = new WeightScope(this, _weights, ScalePoutine.Checked(factor, nameof(factor)), null, Plate?.Depth ?? 0);

    /// <summary>Multiplies the log densities of the sites in a block with weights, element by element.</summary>
    /// <param name="weights">
    /// Finite numbers from 0. In vectorised plates its leftmost dimensions are theirs, outermost first; outside of plates it broadcasts to the sites' log densities.
    /// </param>
    /// <returns>The scope; dispose it at the end of the block.</returns>
    /// <exception cref="ArgumentException">A weight is negative, infinite or NaN.</exception>
    public WeightScope Scale(Tensor weights) => Mask(weights);

    /// <summary>Lets only some elements of the log densities of the sites in a block count.</summary>
    /// <param name="mask">
    /// Booleans, which say what elements count, or weights, finite numbers from 0. In vectorised plates its leftmost dimensions are theirs, outermost first; outside of plates it
    /// broadcasts to the sites' log densities.
    /// </param>
    /// <returns>The scope; dispose it at the end of the block.</returns>
    /// <exception cref="ArgumentException">A weight is negative, infinite or NaN.</exception>
    public WeightScope Mask(Tensor mask) => _weights = new WeightScope(this, _weights, 1, Weights.Of(mask), Plate?.Depth ?? 0);

    internal void LeaveWeights(WeightScope scope) => _weights = scope.Outer;

    /// <summary>Whether the blocks around have one weight for all that is in them.</summary>
    private bool WeighsAlike
    {
        get
        {
            for (var scope = _weights; scope is not null; scope = scope.Outer)
                if (scope.Mask is { } mask && mask.dim() > 0)
                    return false;
            return true;
        }
    }

    private void Weigh(ref Message message)
    {
        for (var scope = _weights; scope is not null; scope = scope.Outer)
        {
            message.Scale *= scope.Factor;
            if (scope.Mask is { } mask)
                message.Mask = message.Mask is { } inner ? Masks.Both(message.Name, inner, InPlates(in message, scope, mask)) : InPlates(in message, scope, mask);
        }
    }

    // What has the leftmost dimensions only gets the others, as many as the site's log density has.
    private static Tensor InPlates(in Message message, WeightScope scope, Tensor mask)
    {
        if (scope.Depth == 0 || mask.dim() == 0)
            return mask;
        var distribution = message.Distribution!;
        var rank = Math.Max(message.Plate?.Depth ?? 0, distribution.LogProbShape.Length);
        if (message.Value is { } value)
            rank = Math.Max(rank, (int)value.dim() - distribution.EventRank);
        return mask.dim() >= rank ? mask : mask.reshape([.. mask.Sizes(), .. Enumerable.Repeat(1L, rank - (int)mask.dim())]);
    }
}
