using Pyro;
using Pyro.Distributions;
using static Pyro.Primitives;
using static TorchSharp.torch;

namespace ProbCompiler.Benchmarks;

/// <summary>A line through points, the points met one by one in a loop as people write it; and the same with a latent of its own for each point.</summary>
public static partial class Regression
{
    [Model]
    public static void Model(Tensor x, Tensor y)
    {
        var slope = Sample("slope", new Normal(0, 10));
        var sigma = Sample("sigma", new LogNormal(0, 1));
        foreach (var i in IRange("data", (int)x.shape[0]))
            Observe($"y_{i}", new Normal(slope * x[i], sigma), y[i]);
    }

    [Guide(nameof(Model))]
    public static void Guide(Tensor x, Tensor y)
    {
        Sample("slope", new Normal(Param("loc", 0.0), Param("scale", 0.1, Constraints.Positive)));
        Sample("sigma", new LogNormal(Param("sigma_loc", 0.0), Param("sigma_scale", 0.1, Constraints.Positive)));
    }

    [Model]
    public static void Noisy(Tensor x, Tensor y)
    {
        foreach (var i in IRange("data", (int)x.shape[0]))
        {
            var z = Sample($"z_{i}", new Normal(0, 1));
            Observe($"y_{i}", new Normal(z, 1), y[i]);
        }
    }

    [Guide(nameof(Noisy))]
    public static void NoisyGuide(Tensor x, Tensor y)
    {
        var loc = Param("locs", () => zeros(x.shape[0]));
        var scale = Param("scales", () => ones(x.shape[0]), Constraints.Positive);
        foreach (var i in IRange("data", (int)x.shape[0]))
            Sample($"z_{i}", new Normal(loc[i], scale[i]));
    }
}
