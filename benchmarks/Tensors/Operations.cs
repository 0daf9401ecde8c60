using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ProbCompiler.Benchmarks;

/// <summary>The operations in C#, as people write them; each runs so many times.</summary>
internal sealed class Operations : IDisposable
{
    private static readonly double Constant = 0.5 * Math.Log(2 * Math.PI);

    private readonly Tensor _a = tensor(1f);
    private readonly Tensor _b = tensor(2f);
    private readonly Tensor _x = tensor(0.7f);
    private readonly Tensor _loc = tensor(0.3f, requires_grad: true);
    private readonly Tensor _scale = tensor(1.2f, requires_grad: true);
    private readonly Adam _adam = Optimizer();

    /// <summary>Each sum disposed by the one who asked for it.</summary>
    internal void Add(long times)
    {
        for (var i = 0L; i < times; i++)
            using (_a + _b)
            {
            }
    }

    /// <summary>The sums disposed by a scope, ten at a time.</summary>
    internal void AddInScope(long times)
    {
        for (var i = 0L; i < times; i += 10)
        {
            using var scope = NewDisposeScope();
            for (var j = 0; j < 10; j++)
                _ = _a + _b;
        }
    }

    internal void Item(long times)
    {
        var total = 0f;
        for (var i = 0L; i < times; i++)
            total += _a.item<float>();
        GC.KeepAlive(total);
    }

    internal void Density(long times)
    {
        for (var i = 0L; i < times; i++)
        {
            using var scope = NewDisposeScope();
            var z = (_x - _loc) / _scale;
            var density = z * z * -0.5 - _scale.log() - Constant;
            density.backward();
            _loc.grad = null;
            _scale.grad = null;
        }
    }

    internal void Adam(long times)
    {
        for (var i = 0L; i < times; i++)
            _adam.step();
    }

    public void Dispose()
    {
        foreach (var tensor in (Tensor[])[_a, _b, _x, _loc, _scale, .. _adam.parameters()])
            tensor.Dispose();
        _adam.Dispose();
    }

    private static Adam Optimizer()
    {
        var parameters = new Parameter[4];
        for (var i = 0; i < parameters.Length; i++)
            parameters[i] = new Parameter(tensor(1f)) { grad = tensor(0.5f) };
        return optim.Adam(parameters, lr: 1e-3);
    }
}
