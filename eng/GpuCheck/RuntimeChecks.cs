using Pyro.Distributions;
using Pyro.Infer;
using Pyro.Optim;
using Pyro.Params;
using Pyro.Programs;
using TorchSharp;
using static TorchSharp.torch;

namespace ProbCompiler.GpuCheck;

/// <summary>Densities and inference of Pyro.Runtime on a device.</summary>
internal static class RuntimeChecks
{
    internal static readonly (string Name, Action<Device> Check)[] All =
    [
        ("log densities as on the processor", Densities),
        ("draws of the distributions", Draws),
        ("inference finds a known posterior", Inference),
    ];

    // On the processor a kernel computes them in one pass; on other devices tensor operations do.
    private static readonly (string Name, Func<Tensor, Tensor, Tensor, Tensor> LogPdf)[] Families =
    [
        ("Normal", (x, a, b) => Normal.LogPdf(x, a, b)),
        ("Gamma", (x, a, b) => Gamma.LogPdf(x.exp(), a.exp(), b)),
        ("Beta", (x, a, b) => Beta.LogPdf(x.sigmoid(), a.exp(), b)),
        ("Bernoulli", (x, a, b) => Bernoulli.LogPdf(x.gt(0).to_type(ScalarType.Float32), null, logits: a * b)),
        ("Categorical", (x, a, b) => Categorical.LogPdf(x.argmax(-1), null, logits: a * b)),
    ];

    private static void Densities(Device device)
    {
        foreach (var (name, logPdf) in Families)
        {
            Tensor[] ValueAndGradient(Device where)
            {
                var x = Require.Numbers(6, 5).to(where);
                var (a, b) = (Require.Numbers(6, 5).cos().to(where).requires_grad_(), (Require.Numbers(6, 5).abs() + 0.5).to(where).requires_grad_());
                var density = logPdf(x, a, b);
                density.backward();
                return [density.detach().cpu(), a.grad!.cpu(), b.grad!.cpu()];
            }
            foreach (var (expected, actual) in ValueAndGradient(CPU).Zip(ValueAndGradient(device)))
                Require.Near(expected, actual, name);
        }
    }

    private static void Draws(Device device)
    {
        var (two, three) = (full(4000, 2f, device: device), full(4000, 3f, device: device));
        (string, Distribution, double)[] families = [("Normal", new Normal(two, three), 2), ("Gamma", new Gamma(two, three), 2 / 3.0), ("Beta", new Beta(two, three), 0.4), ("Poisson", new Poisson(two), 2)];
        foreach (var (name, distribution, mean) in families)
        {
            var draws = distribution.Sample();
            Require.That(draws.device_type == device.type, $"{name} draws on {draws.device}");
            Require.That(Math.Abs(draws.mean().ToDouble() - mean) < 0.3, $"{name}: the mean of its draws is {draws.mean().ToDouble()}");
        }
    }

    private static void Inference(Device device)
    {
        var data = (Require.Numbers(20, 5).reshape(100) + 3f).to(device);
        var context = new RunContext(new ParamStore(), seed: 1);
        var svi = new SVI<Tensor>(Location.CompiledModel, Location.CompiledGuide, new Adam(lr: 0.05) { Schedule = Schedules.Cosine(600) }, new ELBO(), context);
        for (var step = 0; step < 600; step++)
            svi.Step(data);
        var location = context.Store.GetValue("loc");
        Require.That(location.device_type == device.type, $"the parameter is on {location.device}");
        // The prior N(0, 10) adds a hundredth of an observation of 0.
        var (expected, found) = (data.sum().ToDouble() / 100.01, location.ToDouble());
        Require.That(Math.Abs(found - expected) < 0.05, FormattableString.Invariant($"the posterior's mean is {expected:F3}, not {found:F3}"));
    }
}
