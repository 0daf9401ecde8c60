using Pyro.Distributions;
using Pyro.Infer;
using Pyro.Optim;
using Pyro.Params;
using Pyro.Programs;
using static Pyro.Primitives;
using static TorchSharp.torch;

namespace Pyro.Integration.Tests;

/// <summary>Inference with programs whose loops run as one.</summary>
public partial class LoopTests
{
    [Model]
    internal static void Model(Tensor data)
    {
        var mu = Sample("mu", new Normal(0, 1));
        foreach (var i in IRange("n", (int)data.shape[0]))
            Observe($"x_{i}", new Normal(Sample($"z_{i}", new Normal(mu, 1)), 1), data[i]);
        Observe("y", new Normal(Sample("w", new Normal(0, 1)), Param("noise", 3f, Constraints.Positive)), tensor(1f));
    }

    [Guide(nameof(Model))]
    internal static void Guide(Tensor data)
    {
        Sample("mu", new Normal(Param("m", 0.5f), 1));
        foreach (var i in IRange("n", (int)data.shape[0]))
            Sample($"z_{i}", new Normal(0.3f, 1));
        Sample("w", new Normal(Param("late", 3f), Param("last", 2f, Constraints.Positive)));
    }

    [Fact]
    public void Parameters_after_a_loop_are_trained()
    {
        using var data = tensor(new[] { 0.1f, 0.5f, 1, 2, -1, 0.3f });
        var context = new RunContext(new ParamStore(), seed: 1);
        var trained = new ParamSet();
        using (NewDisposeScope())
            new ELBO().LossAndGrads(context, CompiledModel, CompiledGuide, data, trained);
        Assert.Equal(["m", "late", "last", "noise"], trained.Select(parameter => parameter.Name));
        var svi = new SVI<Tensor>(CompiledModel, CompiledGuide, new Adam(lr: 0.05), new ELBO(), context);
        svi.Run(data, 200, cancellation: TestContext.Current.CancellationToken);
        Assert.All([("m", 0.5f), ("late", 3), ("last", 2), ("noise", 3)], start => Assert.NotEqual(start.Item2, context.Store.GetValue(start.Item1).item<float>()));
    }
}
