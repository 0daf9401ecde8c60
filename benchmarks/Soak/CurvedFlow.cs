using Pyro;
using Pyro.Distributions;
using Pyro.Distributions.Transforms;
using static Pyro.Primitives;
using static TorchSharp.torch;

namespace ProbCompiler.Benchmarks;

/// <summary>A curved posterior of two numbers, and a guide that maps normal ones onto it.</summary>
internal static partial class CurvedFlow
{
    [Model]
    internal static void Model(Tensor data, InverseAutoregressiveFlow map)
    {
        var z = Sample("z", new Normal(zeros(2), 1).ToEvent(1));
        using (IArange("data"))
            Observe("x", new Normal(z[0].square() + z[1], 1), data);
    }

    [Guide(nameof(Model))]
    internal static void Guide(Tensor data, InverseAutoregressiveFlow map)
    {
        Module("map", map.Network);
        Sample("z", new TransformedDistribution(new Normal(zeros(2), 1).ToEvent(1), map));
    }
}
