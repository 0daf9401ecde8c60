using Pyro;
using Pyro.Distributions;
using static Pyro.Primitives;
using static TorchSharp.torch;

namespace ProbCompiler.GpuCheck;

/// <summary>The mean of normal data, on the data's device: a posterior that is known.</summary>
internal static partial class Location
{
    [Model]
    internal static void Model(Tensor data)
    {
        var mean = Sample("mean", new Normal(tensor(0f, data.device), tensor(10f, data.device)));
        using (IArange("data", data.shape[0]))
            Observe("x", new Normal(mean, tensor(1f, data.device)), data);
    }

    [Guide(nameof(Model))]
    internal static void Guide(Tensor data)
    {
        var location = Param("loc", () => tensor(0f, data.device));
        var scale = Param("scale", () => tensor(0.1f, data.device), Constraints.Positive);
        Sample("mean", new Normal(location, scale));
    }
}
