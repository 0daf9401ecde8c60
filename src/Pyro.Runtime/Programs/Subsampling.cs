using static TorchSharp.torch;

namespace Pyro.Programs;

/// <summary>Draws elements without replacement.</summary>
internal static class Subsampling
{
    /// <summary>Draws <paramref name="count"/> of the numbers below <paramref name="size"/>: a long tensor of shape (count) in host memory.</summary>
    public static Tensor Draw(long size, long count, Generator generator)
    {
        if (size <= 4 * count)
            return randperm(size, ScalarType.Int64, generator: generator)[TensorIndex.Slice(0, count)];

        // Floyd's algorithm ("Programming pearls: a sample of brilliance", 1987): its cost follows the count and not the size.
        var uniform = rand([count], ScalarType.Float64, generator: generator).Numbers<double>();
        var chosen = new HashSet<long>((int)count);
        var order = new long[count];
        for (var i = 0L; i < count; i++)
        {
            var last = size - count + i;
            var candidate = Math.Min((long)(uniform[i] * (last + 1)), last);
            chosen.Add(order[i] = chosen.Contains(candidate) ? last : candidate);
        }
        return TensorNumbers.Of(order);
    }
}
