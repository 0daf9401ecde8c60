using System.Globalization;
using Pyro;
using Pyro.Distributions;
using Pyro.Infer;
using Pyro.Optim;
using Pyro.Params;
using Pyro.Programs;
using static Pyro.Primitives;
using static TorchSharp.torch;

namespace ProbCompiler.Benchmarks;

/// <summary>The run that is killed.</summary>
internal static partial class Killed
{
    [Model]
    internal static void Model(Tensor data)
    {
        var p = Sample("p", new Beta(10, 10));
        using (IArange("data", data.shape[0]))
            Observe("x", new Bernoulli(p), data);
    }

    [Guide(nameof(Model))]
    internal static void Guide(Tensor data) =>
        Sample("p", new Beta(Param("alpha", 15.0, Constraints.Positive), Param("beta", 15.0, Constraints.Positive)));

    /// <summary>Goes on from a checkpoint to the end, and prints every bit of the parameters.</summary>
    public static int Run(string checkpoint, int steps)
    {
        using var data = cat([ones(140), zeros(110)]);
        var context = new RunContext(new ParamStore(), seed: 5);
        var svi = new SVI<Tensor>(CompiledModel, CompiledGuide, new Adam(lr: 5e-3), new ELBO(), context);
        // The first line says that it has begun: what is killed before has not lived.
        Console.WriteLine("running");
        svi.Run(data, steps, new RunOptions { Checkpoint = checkpoint, CheckpointEvery = 2 });
        foreach (var parameter in context.Store.Parameters.OrderBy(parameter => parameter.Name, StringComparer.Ordinal))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{parameter.Name} {BitConverter.SingleToInt32Bits(parameter.Unconstrained.item<float>()):x8} after {svi.Steps} steps"));
        return 0;
    }
}
