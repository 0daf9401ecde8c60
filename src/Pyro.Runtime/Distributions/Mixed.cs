using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>Log densities of which one is chosen by chance.</summary>
internal static class Mixed
{
    // What has no weight may be as large as it likes; a power of this is finite in single precision.
    private const double Highest = 80;

    /// <summary>
    /// ln Σ wₖ exp lₖ along the last dimension, with the gradient of each weight, also of one that is 0; −∞ without a gradient where nothing is possible.
    /// </summary>
    /// <param name="logs">The logarithms lₖ.</param>
    /// <param name="weights">The weights wₖ; not negative. 1 each where none are given.</param>
    public static Tensor LogSum(Tensor logs, Tensor? weights = null)
    {
        var counts = weights?.gt(0);
        Tensor largest;
        using (no_grad())
        {
            largest = (counts is null ? logs : Restricted.To(logs, counts)).amax([-1L], keepdim: true);
            largest = where(largest.isfinite(), largest, largest.new_zeros([]));
        }
        var powers = logs - largest;
        if (counts is not null)
            powers = where(counts, powers, powers.clamp_max(Highest));
        powers = powers.exp();
        var sum = (weights is null ? powers : weights * powers).sum(-1);
        var possible = sum.gt(0);
        return Restricted.To(Restricted.Safe(sum, possible, 1).log() + largest.squeeze(-1), possible);
    }
}
