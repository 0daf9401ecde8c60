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

    [Test]
    public void Parameters_after_a_loop_are_trained()
    {
        using var data = tensor(new[] { 0.1f, 0.5f, 1, 2, -1, 0.3f });
        var context = new RunContext(new ParamStore(), seed: 1);
        var trained = new ParamSet();
        using (NewDisposeScope())
            new ELBO().LossAndGrads(context, CompiledModel, CompiledGuide, data, trained);
        Assert.That(trained.Select(parameter => parameter.Name), Is.EqualTo(["m", "late", "last", "noise"]));
        var svi = new SVI<Tensor>(CompiledModel, CompiledGuide, new Adam(lr: 0.05), new ELBO(), context);
        svi.Run(data, 200, cancellation: TestContext.CurrentContext.CancellationToken);
        foreach (var start in ((string, float)[])[("m", 0.5f), ("late", 3), ("last", 2), ("noise", 3)])
            Assert.That(context.Store.GetValue(start.Item1).item<float>(), Is.Not.EqualTo(start.Item2));
    }
}
