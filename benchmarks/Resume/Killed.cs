using System.Globalization;
using Pyro;
using Pyro.Distributions;
using Pyro.Distributions.Transforms;
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
    internal static void Model(Tensor data, Tensor rows, MaskedAutoregressiveFlow map, BatchNorm norm)
    {
        var p = Sample("p", new Beta(10, 10));
        using (IArange("data", data.shape[0]))
            Observe("x", new Bernoulli(p), data);
        // Its averages move in each step: they are part of what a run goes on with.
        Module("map", map.Network);
        Module("norm", norm.Network);
        using (var plate = IArange("rows", rows.shape[0], 20))
            Observe("y", new TransformedDistribution(new Normal(zeros(2), 1).ToEvent(1), map, norm), plate.Each(rows));
    }

    [Guide(nameof(Model))]
    internal static void Guide(Tensor data, Tensor rows, MaskedAutoregressiveFlow map, BatchNorm norm) =>
        Sample("p", new Beta(Param("alpha", 15.0, Constraints.Positive), Param("beta", 15.0, Constraints.Positive)));

    /// <summary>Goes on from a checkpoint to the end, and prints every bit of the parameters and of the flow's averages.</summary>
    public static int Run(string checkpoint, int steps)
    {
        // A network's first weights are libtorch's numbers.
        SetRngSeed(5);
        using var data = cat([ones(140), zeros(110)]);
        using var rows = cat([randn(50, 2), 3 + 2 * randn(50, 2)], 0);
        var (map, norm) = (new MaskedAutoregressiveFlow(2, 6, permutation: [1, 0]), new BatchNorm(2));
        var context = new RunContext(new ParamStore(), seed: 5);
        var svi = new SVI<(Tensor data, Tensor rows, MaskedAutoregressiveFlow map, BatchNorm norm)>(
            CompiledModel, CompiledGuide, new Adam(lr: 5e-3), new ELBO(), context);
        // The first line says that it has begun: what is killed before has not lived.
        Console.WriteLine("running");
        svi.Run((data, rows, map, norm), steps, new RunOptions { Checkpoint = checkpoint, CheckpointEvery = 2 });
        foreach (var parameter in context.Store.Parameters.OrderBy(parameter => parameter.Name, StringComparer.Ordinal))
            Print(parameter.Name, parameter.Unconstrained, svi.Steps);
        foreach (var buffer in context.Store.BufferNames)
            Print(buffer, context.Store.GetBuffer(buffer), svi.Steps);
        return 0;
    }

    private static void Print(string name, Tensor numbers, long steps) =>
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{name} {Convert.ToHexStringLower(numbers.detach().contiguous().bytes)} after {steps} steps"));
}
