using System.Numerics;
using Pyro.Kernels;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>Vectors of strictly ascending finite numbers, from ones whose steps rounding may have taken.</summary>
internal static class Ascending
{
    /// <summary>
    /// The vectors, or the nearest ones that ascend: a number that is not above the one before it becomes the next number above that, and one that
    /// overflowed the largest that leaves room for those after it. Vectors with NaN stay as they are.
    /// </summary>
    /// <param name="value">The vectors, along the last dimension.</param>
    public static Tensor Of(Tensor value)
    {
        var size = value.dim() == 0 ? 0 : (int)value.size((int)value.dim() - 1);
        if (size == 0 || value.numel() == 0 || value.dtype is not (ScalarType.Float32 or ScalarType.Float64))
            return value;
        using var scope = NewDisposeScope();
        Tensor? place;
        using (no_grad())
        {
            var host = value.detach().cpu().contiguous();
            place = value.dtype == ScalarType.Float64 ? Raised<double>(host, size) : Raised<float>(host, size);
            if (place is null)
                return value;
            place = place.to(value.device);
        }
        return scope.MoveToOuter(Moved.To(value, place));
    }

    private static Tensor? Raised<T>(Tensor host, int size)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>, IMinMaxValue<T>
    {
        if (Ascend<T>(Memory.Of<T>(host), size))
            return null;
        var raised = host.clone();
        var numbers = Memory.Of<T>(raised);
        for (; !numbers.IsEmpty; numbers = numbers[size..])
            Raise(numbers[..size]);
        return raised;
    }

    private static bool Ascend<T>(ReadOnlySpan<T> numbers, int size)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var i = 0; i < numbers.Length; i++)
            if (!T.IsFinite(numbers[i]) || (i % size > 0 && numbers[i] <= numbers[i - 1]))
                return false;
        return true;
    }

    private static void Raise<T>(Span<T> row)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>, IMinMaxValue<T>
    {
        foreach (var number in row)
            if (T.IsNaN(number))
                return;
        var low = T.MinValue;
        foreach (ref var number in row)
        {
            number = T.Max(number, low);
            low = T.BitIncrement(number);
        }
        var high = T.MaxValue;
        for (var i = row.Length - 1; i >= 0; i--)
        {
            row[i] = T.Min(row[i], high);
            high = T.BitDecrement(row[i]);
        }
    }
}
