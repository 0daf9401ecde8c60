using Pyro;
using Pyro.Distributions;
using static Pyro.Primitives;
using static TorchSharp.torch;

namespace ProbCompiler.Samples;

/// <summary>How fair is a coin? A Beta prior on the probability of heads, one Bernoulli observation a spin.</summary>
public static partial class CoinFlip
{
    [Model]
    public static void Model(Tensor flips)
    {
        var fairness = Sample("fairness", new Beta(10f, 10f));
        using (IArange("flips", flips.shape[0]))
            Observe("obs", new Bernoulli(fairness), flips);
    }

    [Guide(nameof(Model))]
    public static void Guide(Tensor flips)
    {
        var alpha = Param("alpha", 15f, Constraints.Positive);
        var beta = Param("beta", 15f, Constraints.Positive);
        Sample("fairness", new Beta(alpha, beta));
    }
}
