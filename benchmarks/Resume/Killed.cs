using System.Globalization;
using ProbCompiler.Samples;
using Pyro.Infer;
using Pyro.Optim;
using Pyro.Params;
using Pyro.Programs;
using static TorchSharp.torch;

namespace ProbCompiler.Benchmarks;

/// <summary>The run that is killed.</summary>
internal static class Killed
{
    /// <summary>Goes on from a checkpoint to the end, and prints every bit of the parameters.</summary>
    public static int Run(string checkpoint, int steps)
    {
        using var flips = cat([ones(140), zeros(110)]);
        var context = new RunContext(new ParamStore(), seed: 5);
        var svi = new SVI<Tensor>(CoinFlip.CompiledModel, CoinFlip.CompiledGuide, new Adam(lr: 5e-3), new ELBO(), context);
        // The first line says that it has begun: what is killed before has not lived.
        Console.WriteLine("running");
        svi.Run(flips, steps, new RunOptions { Checkpoint = checkpoint, CheckpointEvery = 2 });
        foreach (var parameter in context.Store.Parameters.OrderBy(parameter => parameter.Name, StringComparer.Ordinal))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{parameter.Name} {BitConverter.SingleToInt32Bits(parameter.Unconstrained.item<float>()):x8} after {svi.Steps} steps"));
        return 0;
    }
}
