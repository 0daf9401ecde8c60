using System.Numerics;
using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Kernels.Rows;

/// <summary>A log density of rows, fused: one pass over the rows of its arguments, whose batches broadcast with each other.</summary>
/// <typeparam name="TDensity">The density.</typeparam>
internal readonly struct FusedRows<TDensity> : IKernel
    where TDensity : struct, IRowDensity
{
    // A register holds a row in each lane: of few but long rows most lanes would stay empty.
    private const int Longest = 64;
    private const int Fewest = 4;

    /// <inheritdoc/>
    public static string Name => typeof(TDensity).Name;

    /// <inheritdoc/>
    public static Tensor Operations(ReadOnlySpan<Tensor> arguments) => TDensity.Operations(arguments);

    /// <inheritdoc/>
    public static void Run<T>(Plan plan, ReadOnlySpan<Tensor> inputs, Tensor? values, Tensor? outer, ReadOnlySpan<Tensor?> derivatives)
        where T : unmanaged, IFloatingPointIeee754<T> => RowPass.Run<TDensity, T>(plan, inputs, values, outer, derivatives);

    /// <summary>The log density, reduced: fused where the arguments allow it, and by operations elsewhere.</summary>
    /// <param name="reduction">What becomes of the rows' log densities.</param>
    /// <param name="arguments">The value, the parameter and, where the density has one, the number beside it.</param>
    public static Tensor Reduce(in Reduction reduction, params ReadOnlySpan<Tensor> arguments) =>
        Apply(in reduction, arguments) ?? reduction.Of(TDensity.Operations(arguments));

    private static Tensor? Apply(in Reduction reduction, ReadOnlySpan<Tensor> arguments)
    {
        var (x, parameter) = (arguments[0], arguments[1]);
        var type = parameter.dtype;
        if (type is not (ScalarType.Float32 or ScalarType.Float64) || (x.requires_grad && !TDensity.IsDifferentiable))
            return null;
        var isInteger = TDensity.IsIndex && x.dtype == ScalarType.Int64;
        if (!x.is_floating_point() && !isInteger)
            x = x.to_type(type);
        var columns = parameter.Sizes()[^1];
        Tensor[] inputs = reduction.Mask is { } mask ? [x, parameter, .. arguments[2..], mask.to_type(type)] : [x, parameter, .. arguments[2..]];
        var shapes = new long[inputs.Length][];
        long[] shape = [];
        for (var i = 0; i < inputs.Length; i++)
        {
            var isRow = i == 1 || (i == 0 && !TDensity.IsIndex);
            if ((inputs[i].dtype != type && !(i == 0 && isInteger)) || (i > 1 && inputs[i].requires_grad) || Memory.Compact(inputs[i]) is not { } compact)
                return null;
            var (own, batch) = (inputs[i].Sizes(), compact.Sizes());
            if (isRow && (batch.Length == 0 || batch[^1] != columns))
                return null;
            (own, shapes[i]) = isRow ? (own[..^1], batch[..^1]) : (own, batch);
            if (Shapes.Broadcast(shape, own) is not { } both)
                return null;
            (shape, inputs[i]) = (both, compact);
        }
        var rows = 1L;
        foreach (var size in shape)
            rows *= size;
        if (columns == 0 || rows == 0 || rows * columns > int.MaxValue / sizeof(double) || (columns > Longest && rows < Fewest))
            return null;
        var plan = Plan.Of(shape, Math.Min(reduction.Kept, shape.Length), shapes, arguments.Length, reduction.Scale);
        return Evaluation<FusedRows<TDensity>>.Of(plan, inputs, reduction.Gradients);
    }
}
