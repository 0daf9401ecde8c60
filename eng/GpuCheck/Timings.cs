using System.Diagnostics;
using Pyro.Distributions;
using Pyro.Infer;
using Pyro.Optim;
using Pyro.Params;
using Pyro.Programs;
using TorchSharp;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace ProbCompiler.GpuCheck;

/// <summary>What things cost on a device, the device's own work included.</summary>
internal static class Timings
{
    internal static readonly (string Name, Func<Device, Action> Prepare)[] All =
    [
        ("a + b, 0-dim", device =>
        {
            var (a, b) = (tensor(1f, device), tensor(2f, device));
            return () => _ = a + b;
        }),
        ("item", device =>
        {
            var a = tensor(1f, device);
            return () => a.item<float>();
        }),
        ("matmul, 1024 × 1024", device =>
        {
            var a = rand(1024, 1024, device: device);
            return () => a.matmul(a);
        }),
        ("normal log density and gradient, 10^6 numbers", device =>
        {
            var x = randn(1_000_000, device: device);
            var (loc, scale) = (tensor(0.1f, device, requires_grad: true), tensor(1.1f, device, requires_grad: true));
            return () =>
            {
                ((x - loc) / scale).square().mul(-0.5).sub(scale.log()).sum().backward();
                (loc.grad, scale.grad) = (null, null);
            };
        }),
        ("the same by Normal.LogPdf", device =>
        {
            var x = randn(1_000_000, device: device);
            var (loc, scale) = (tensor(0.1f, device, requires_grad: true), tensor(1.1f, device, requires_grad: true));
            return () =>
            {
                Normal.LogPdf(x, loc, scale).backward();
                (loc.grad, scale.grad) = (null, null);
            };
        }),
        ("a step of SVI, 100 observations", device =>
        {
            var data = randn(100, device: device);
            var svi = new SVI<Tensor>(Location.CompiledModel, Location.CompiledGuide, new Adam(lr: 0.01), new ELBO(), new RunContext(new ParamStore(), seed: 1));
            return () => svi.Step(data);
        }),
        ("Adam, a step of 10^6 numbers", device =>
        {
            var parameter = new Parameter(rand(1_000_000, device: device)) { grad = rand(1_000_000, device: device) };
            var adam = optim.Adam([parameter]);
            return () => adam.step();
        }),
    ];

    /// <summary>The median over blocks of repetitions.</summary>
    internal static double Microseconds(Device device, Func<Device, Action> prepare)
    {
        using var scope = NewDisposeScope();
        var work = prepare(device);
        var count = Math.Max(1, (int)(20_000 / Math.Max(0.1, Block(device, work, 3))));
        var blocks = new double[9];
        for (var i = 0; i < blocks.Length; i++)
            blocks[i] = Block(device, work, count);
        return blocks.Order().ElementAt(blocks.Length / 2);
    }

    private static double Block(Device device, Action work, int count)
    {
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < count; i++)
        {
            using var scope = NewDisposeScope();
            work();
        }
        if (device.type == DeviceType.CUDA)
            cuda.synchronize();
        return clock.Elapsed.TotalMicroseconds / count;
    }
}
