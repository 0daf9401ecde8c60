namespace Pyro.Distributions;

/// <summary>Shape arithmetic.</summary>
internal static class Shapes
{
    /// <summary>A tensor repeated to a shape that it broadcasts to; the tensor itself where it has that shape.</summary>
    public static TorchSharp.torch.Tensor Expanded(TorchSharp.torch.Tensor tensor, long[] shape) =>
        tensor.Sizes().AsSpan().SequenceEqual(shape) ? tensor : tensor.expand(shape);

    /// <summary>The shape that two shapes broadcast to, aligned from the right; null where they do not.</summary>
    public static long[]? Broadcast(long[] a, long[] b)
    {
        if (a.Length < b.Length)
            (a, b) = (b, a);
        if (b.Length == 0 || a.AsSpan().SequenceEqual(b))
            return a;
        var result = (long[])a.Clone();
        for (int i = a.Length - 1, j = b.Length - 1; j >= 0; i--, j--)
        {
            if (a[i] == b[j] || b[j] == 1)
                continue;
            if (a[i] != 1)
                return null;
            result[i] = b[j];
        }
        return result;
    }

    /// <summary>Whether a shape broadcasts to another without changing it.</summary>
    public static bool ExpandsTo(ReadOnlySpan<long> from, ReadOnlySpan<long> to)
    {
        if (from.Length > to.Length)
            return false;
        for (int i = from.Length - 1, j = to.Length - 1; i >= 0; i--, j--)
            if (from[i] != to[j] && from[i] != 1)
                return false;
        return true;
    }

    /// <summary>A shape as people write it: (3, 2).</summary>
    public static string Format(ReadOnlySpan<long> shape)
    {
        var text = new System.Text.StringBuilder("(");
        for (var i = 0; i < shape.Length; i++)
            text.Append(i > 0 ? ", " : "").Append(System.Globalization.CultureInfo.InvariantCulture, $"{shape[i]}");
        return text.Append(')').ToString();
    }
}
