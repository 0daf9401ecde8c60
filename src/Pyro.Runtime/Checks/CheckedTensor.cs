using Pyro.Distributions;
using static TorchSharp.torch;

// The banned calls, behind their checks.
#pragma warning disable RS0030

namespace Pyro.Checks;

/// <summary>
/// The methods of tensors for which TorchSharp does not catch libtorch's exceptions, so that a wrong call ends the process. Each is here behind <c>checked_</c> and throws
/// before libtorch does. The generator writes these names, which it reads from this class, into the bodies of models and guides; any code may call them
/// (docs/tensors.md).
/// </summary>
public static class CheckedTensor
{
    /// <inheritdoc cref="Tensor.matmul(Tensor)"/>
    /// <param name="input">The first factor.</param>
    /// <param name="target">The second factor.</param>
    /// <exception cref="ArgumentException">The shapes, dtypes or devices do not fit together.</exception>
    public static Tensor checked_matmul(this Tensor input, Tensor target)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(target);
        var (left, right) = (input.dim(), target.dim());
        if (WhyNoProduct(input, target, left, right) is { } why)
            throw new ArgumentException($"matmul of {Text(input)} and {Text(target)}: {why}");
        // What libtorch's matmul calls for these; TorchSharp catches their exceptions, those that are not foreseen here too.
        return (left, right) switch
        {
            (1, 1) => input.dot(target),
            (2, 1) => input.mv(target),
            (2, 2) => input.mm(target),
            _ => input.matmul(target),
        };
    }

    /// <inheritdoc cref="Tensor.cummax(long)"/>
    /// <param name="input">The tensor.</param>
    /// <param name="dim">The dimension.</param>
    /// <exception cref="ArgumentException">There is no such dimension, or the dtype has no order.</exception>
    public static (Tensor values, Tensor indexes) checked_cummax(this Tensor input, long dim) => Ordered(input, "cummax", dim).cummax(dim);

    /// <inheritdoc cref="Tensor.cummin(long)"/>
    /// <param name="input">The tensor.</param>
    /// <param name="dim">The dimension.</param>
    /// <exception cref="ArgumentException">There is no such dimension, or the dtype has no order.</exception>
    public static (Tensor values, Tensor indexes) checked_cummin(this Tensor input, long dim) => Ordered(input, "cummin", dim).cummin(dim);

    /// <inheritdoc cref="Tensor.var(long, bool, bool, ScalarType?)"/>
    /// <param name="input">The tensor.</param>
    /// <param name="dim">The dimension.</param>
    /// <param name="unbiased">Whether to divide by the count minus one.</param>
    /// <param name="keepdim">Whether the result has the dimension, of size 1.</param>
    /// <param name="type">As in TorchSharp.</param>
    /// <exception cref="ArgumentException">The dtype is neither floating point nor complex.</exception>
    public static Tensor checked_var(this Tensor input, long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
        Real(input).var(dim, unbiased, keepdim, type);

    /// <inheritdoc cref="checked_var(Tensor, long, bool, bool, ScalarType?)"/>
    public static Tensor checked_var(this Tensor input, (long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
        Real(input).var(dim, unbiased, keepdim, type);

    /// <inheritdoc cref="checked_var(Tensor, long, bool, bool, ScalarType?)"/>
    public static Tensor checked_var(this Tensor input, (long, long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
        Real(input).var(dim, unbiased, keepdim, type);

    /// <inheritdoc cref="checked_var(Tensor, long, bool, bool, ScalarType?)"/>
    /// <param name="input">The tensor.</param>
    /// <param name="dimensions">The dimensions.</param>
    /// <param name="unbiased">Whether to divide by the count minus one.</param>
    /// <param name="keepdim">Whether the result has the dimensions, of size 1.</param>
    /// <param name="type">As in TorchSharp.</param>
    public static Tensor checked_var(this Tensor input, long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
        Real(input).var(dimensions, unbiased, keepdim, type);

    /// <inheritdoc cref="checked_var(Tensor, long[], bool, bool, ScalarType?)"/>
    public static Tensor checked_var(
        this Tensor input, ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
        Real(input).var(dimensions, unbiased, keepdim, type);

    /// <summary>A tensor that another one is indexed with.</summary>
    /// <param name="index">The tensor.</param>
    /// <returns>The same tensor.</returns>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    public static Tensor checked_index(this Tensor? index) => index ?? throw new ArgumentNullException(nameof(index), "A tensor is indexed with null.");

    /// <summary>A tensor as messages name it: its dtype and its shape.</summary>
    internal static string Text(Tensor? tensor) => tensor is null ? "null" : tensor.IsInvalid ? "a disposed tensor" : $"{tensor.dtype} {Shapes.Format(tensor.Sizes())}";

    private static string? WhyNoProduct(Tensor input, Tensor target, long left, long right)
    {
        if (left == 0 || right == 0)
            return "each needs at least one dimension. Write * for the product with a single number.";
        var (columns, rows) = (input.size(-1), target.size(right == 1 ? 0 : -2));
        if (columns != rows)
            return $"the last dimension of the first, {columns}, and {(right == 1 ? "the" : "the second last")} dimension of the second, {rows}, must be the same. " +
                "Transpose or reshape one of them.";
        if (left > 2 && right > 2 && Shapes.Broadcast(input.Sizes()[..^2], target.Sizes()[..^2]) is null)
            return "the dimensions in front of the last two do not broadcast. Give one of them sizes of 1 there.";
        if (input.dtype != target.dtype)
            return "the dtypes must be the same. Convert one of them with to_type.";
        if (input.device_type != target.device_type || input.device_index != target.device_index)
            return $"the first is on {input.device}, the second on {target.device}. Move one of them with to.";
        if (input.dtype == ScalarType.Bool || (input.device_type != TorchSharp.DeviceType.CPU && !input.is_floating_point() && !input.is_complex()))
            return "libtorch has no product of this dtype here. Convert both with to_type.";
        return null;
    }

    private static Tensor Ordered(Tensor input, string operation, long dim)
    {
        ArgumentNullException.ThrowIfNull(input);
        var rank = Math.Max(input.dim(), 1);
        if (dim < -rank || dim >= rank)
            throw new ArgumentException($"{operation} of {Text(input)}: there is no dimension {dim}. Give one from {-rank} to {rank - 1}.");
        return input.is_complex() ? throw new ArgumentException($"{operation} of {Text(input)}: complex numbers have no order. Take their real part or abs.") : input;
    }

    private static Tensor Real(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.is_floating_point() || input.is_complex()
            ? input
            : throw new ArgumentException($"var of {Text(input)}: the dtype must be floating point or complex. Convert it with to_type.");
    }
}
