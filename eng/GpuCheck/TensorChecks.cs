using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ProbCompiler.GpuCheck;

/// <summary>Tensors, networks and optimizers on a device give what they give on the processor.</summary>
internal static class TensorChecks
{
    internal static readonly (string Name, Action<Device> Check)[] All =
    [
        ("copies there and back", Copies),
        ("operations as on the processor", Operations),
        ("gradients as on the processor", Gradients),
        ("differentiable sampling", Sampling),
        ("random numbers repeat with their seed", Repeats),
        ("networks as on the processor", Networks),
        ("networks in double precision", Doubles),
        ("a network of the program's own in double precision", OwnDoubles),
        ("optimizers as on the processor", Optimizers),
        ("files", Files),
        ("devices do not mix", DoNotMix),
        ("errors are exceptions", Errors),
        ("nothing stays alive", StaysClean),
    ];

    private static readonly (string Name, Func<Tensor, Tensor> Apply)[] Functions =
    [
        ("matmul", x => x.matmul(x.t())), ("logsumexp", x => x.logsumexp(1)), ("lgamma", x => x.abs().add(0.5).lgamma()), ("digamma", x => x.abs().add(0.5).digamma()),
        ("erfinv", x => x.tanh().mul(0.9).erfinv()), ("cumsum", x => x.cumsum(0)), ("sort", x => x.sort(1).Values), ("softmax", x => x.softmax(-1)),
        ("cholesky", x => linalg.cholesky(x.matmul(x.t()) + eye(x.shape[0], device: x.device) * 10)), ("var", x => x.var(1)), ("where", x => where(x > 0, x, -x)),
        ("index", x => x[tensor([1L, 0L], device: x.device)]), ("gather", x => x.gather(1, zeros([x.shape[0], 2], dtype: ScalarType.Int64, device: x.device))),
        ("einsum", x => einsum("ij,kj->ik", x, x)), ("norm", x => linalg.vector_norm(x)),
    ];

    private static void Copies(Device device)
    {
        var numbers = arange(24, dtype: ScalarType.Float32).reshape(2, 3, 4);
        var there = numbers.to(device);
        Require.That(there.device_type == device.type, $"the copy is on {there.device}");
        Require.Near(numbers.Turned(), there.Turned().cpu(), "a transposed view");
        Require.That(there[1, 2, 3].item<float>() == 23, "an item");
    }

    private static void Operations(Device device)
    {
        var x = Require.Numbers(6, 5);
        foreach (var (name, apply) in Functions)
            Require.Near(apply(x), apply(x.to(device)).cpu(), name);
    }

    private static void Gradients(Device device)
    {
        foreach (var (name, apply) in Functions)
        {
            if (name is "index" or "sort")
                continue;
            Tensor Gradient(Device where)
            {
                var leaf = Require.Numbers(6, 5).to(where).detach().requires_grad_();
                apply(leaf).sin().sum().backward();
                return leaf.grad!.cpu();
            }
            Require.Near(Gradient(CPU), Gradient(device), name);
        }
    }

    private static void Sampling(Device device)
    {
        var shape = full(2000, 3.0, device: device).requires_grad_();
        var draws = _standard_gamma(shape);
        draws.mean().backward();
        Require.That(Math.Abs(draws.mean().ToDouble() - 3) < 0.3, $"the mean of gamma draws is {draws.mean().ToDouble()}");
        Require.That(Math.Abs(shape.grad!.sum().ToDouble() - 1) < 0.15, "the gradient of the mean by the shape");
    }

    private static void Repeats(Device device)
    {
        using var generator = new Generator(7, device);
        var first = randn(100, device: device, generator: generator);
        generator.manual_seed(7);
        Require.Near(first.cpu(), randn(100, device: device, generator: generator).cpu(), "the same seed");
    }

    private static void Networks(Device device)
    {
        manual_seed(3);
        using var network = nn.Sequential(nn.Conv2d(1, 3, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(27, 4), nn.BatchNorm1d(4));
        using var recurrent = nn.LSTM(5, 4, batchFirst: true);
        var (images, series) = (Require.Numbers(5, 64).view(5, 1, 8, 8), Require.Numbers(6, 5).view(2, 3, 5));
        var (expected, later) = (network.forward(images), recurrent.forward(series).Item1);
        network.to(device);
        recurrent.to(device);
        Require.Near(expected, network.forward(images.to(device)).cpu(), "convolutions");
        Require.Near(later, recurrent.forward(series.to(device)).Item1.cpu(), "a recurrent network");
    }

    // Modules convert their parameters by reflection: does a native program keep what that needs?
    private static void Doubles(Device device)
    {
        using var network = nn.Sequential(nn.Conv2d(1, 3, 3), nn.BatchNorm2d(3), nn.Flatten(), nn.Linear(108, 4), nn.PReLU(4), nn.LayerNorm(4)).to(device).to(ScalarType.Float64);
        Require.That(network.forward(Require.Numbers(5, 64).view(5, 1, 8, 8).to(device).to(ScalarType.Float64)).dtype == ScalarType.Float64, "the result's dtype");
    }

    private static void OwnDoubles(Device device)
    {
        using var own = new OwnNetwork();
        own.to(device).to(ScalarType.Float64);
        Require.That(own.forward(ones([2, 3], ScalarType.Float64, device)).dtype == ScalarType.Float64, "the result's dtype");
        Require.That(own.parameters().All(parameter => parameter.dtype == ScalarType.Float64), "the parameters' dtype");
    }

    private static void Optimizers(Device device)
    {
        Func<Parameter[], optim.Optimizer>[] makers = [p => optim.Adam(p, 0.05), p => optim.SGD(p, 0.05, momentum: 0.9), p => optim.RMSProp(p), p => optim.Rprop(p)];
        foreach (var make in makers)
        {
            Tensor After(Device where)
            {
                var parameter = new Parameter(Require.Numbers(6, 5).to(where));
                using var optimizer = make([parameter]);
                for (var step = 0; step < 20; step++)
                {
                    optimizer.zero_grad();
                    parameter.pow(4).sum().backward();
                    optimizer.step();
                }
                return parameter.detach().cpu();
            }
            Require.Near(After(CPU), After(device), "20 steps");
        }
    }

    private static void Files(Device device)
    {
        using var stream = new MemoryStream();
        var there = Require.Numbers(3, 3).to(device);
        there.Save(stream);
        using var written = new MemoryStream(stream.ToArray());
        Require.Near(there.cpu(), Tensor.Load(written), "a file");
    }

    // Only calls that TorchSharp guards: an error in matmul would end the process.
    private static void DoNotMix(Device device)
    {
        if (device.type == DeviceType.CPU)
        {
            if (!cuda_is_available())
                Refused<Exception>(() => ones(2).cuda());
            return;
        }
        Require.That(Refused<ExternalException>(() => _ = ones(2) + ones(2, device: device)).Contains("cuda:0", StringComparison.Ordinal), "what a sum says");
        Refused<ExternalException>(() => ones(2, 2).mm(ones([2, 2], device: device)));
    }

    private static void Errors(Device device)
    {
        Refused<ExternalException>(() => zeros([1_000_000, 1_000_000], device: device));
        Refused<ExternalException>(() => ones(3, device: device).select(0, 7));
        Refused<ExternalException>(() => ones(3, device: device, requires_grad: true).mul(2).backward());
        Refused<ExternalException>(() => linalg.inv(ones([2, 3], device: device)));
    }

    private static void StaysClean(Device device)
    {
        var before = Tensor.TotalCount;
        for (var i = 0; i < 200; i++)
        {
            using var scope = NewDisposeScope();
            var x = rand(50, device: device).requires_grad_();
            x.square().sum().backward();
        }
        Require.That(Tensor.TotalCount == before, $"{Tensor.TotalCount - before} tensors are left");
    }

    private static Tensor Turned(this Tensor tensor) => tensor.transpose(-1, -2).contiguous();

    private static string Refused<TException>(Action action)
        where TException : Exception
    {
        try
        {
            action();
        }
        catch (TException error)
        {
            return error.Message;
        }
        throw new InvalidOperationException("An error went unnoticed.");
    }
}
