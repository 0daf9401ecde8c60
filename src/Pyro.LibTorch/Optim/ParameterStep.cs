using System.Numerics;
using Pyro.Optim;
using TorchSharp;
using TorchSharp.Modules;

namespace Pyro.LibTorch;

/// <summary>One parameter in one step of its optimizer: where its numbers, its gradient's and what the optimizer keeps of it lie.</summary>
internal readonly ref struct ParameterStep(OptimizerState state, ReadOnlySpan<NumberView> views)
{
    /// <summary>The parameter, its gradient, and three tensors that an optimizer may keep.</summary>
    internal const int Views = 5;

    // As much as a span can hold, and a multiple of every register.
    private const long Most = 1 << 30;

    private readonly ReadOnlySpan<NumberView> views = views;

    /// <summary>Changes the parameter and what is kept of it.</summary>
    internal void Apply<TRule>(TRule rule)
        where TRule : struct, IUpdate
    {
        switch (Kind())
        {
            case NumberView.Single:
                InMemory<TRule, float>(rule);
                break;
            case NumberView.Double:
                InMemory<TRule, double>(rule);
                break;
            default:
                Elsewhere(rule);
                break;
        }
    }

    private long Kind()
    {
        var parameter = views[0];
        for (var i = 1; i < Views; i++)
            if (views[i].Kind != NumberView.Absent && (views[i].Kind != parameter.Kind || views[i].Count != parameter.Count))
                return NumberView.Elsewhere;
        return parameter.Kind;
    }

    private void InMemory<TRule, T>(TRule rule)
        where TRule : struct, IUpdate
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var count = views[0].Count;
        for (var at = 0L; at < count; at += Most)
        {
            var length = (int)Math.Min(Most, count - at);
            Update.Run(rule, Numbers<T>(0, at, length), Numbers<T>(1, at, length), Numbers<T>(2, at, length), Numbers<T>(3, at, length), Numbers<T>(4, at, length));
        }
    }

    private unsafe Span<T> Numbers<T>(int which, long at, int length)
        where T : unmanaged => views[which].Kind == NumberView.Absent ? [] : new Span<T>((T*)views[which].Data + at, length);

    private void Elsewhere<TRule>(TRule rule)
        where TRule : struct, IUpdate
    {
        using var scope = torch.NewDisposeScope();
        using var mode = torch.no_grad();
        var (first, second, third) = state.Kept;
        Update.Run(rule, state.Parameter, state.Parameter.grad!, first, second, third);
    }
}
