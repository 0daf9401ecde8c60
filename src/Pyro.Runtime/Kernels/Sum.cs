using System.Numerics;

namespace Pyro.Kernels;

/// <summary>Sums a log density over spans in one pass. An argument is as long as the longest, or one number for all.</summary>
internal static class Sum
{
    // So many registers are added up in the numbers' own precision before the sum goes on in double.
    private const int Block = 32;

    /// <summary>The sum, and the derivatives where their spans are not empty: one an element, or their sum for an argument of one number.</summary>
    public static double Run<TDensity, T>(
        int count, ReadOnlySpan<T> x, ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> dx, Span<T> da, Span<T> db)
        where TDensity : struct, IDensity
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var width = Vector<T>.Count;
        var gradient = !(dx.IsEmpty && da.IsEmpty && db.IsEmpty);
        var (total, totalX, totalA, totalB) = (0.0, 0.0, 0.0, 0.0);
        for (var start = 0; start < count;)
        {
            Vector<T> sum = default, sumX = default, sumA = default, sumB = default;
            var end = Math.Min(count, start + Block * width);
            for (; start < end; start += width)
            {
                var left = Math.Min(width, end - start);
                var (vx, va, vb) = (Load(x, start, left), Load(a, start, left), Load(b, start, left));
                if (!gradient)
                {
                    sum += Keep(TDensity.Value(vx, va, vb), left);
                    continue;
                }
                sum += Keep(TDensity.Value(vx, va, vb, out var gx, out var ga, out var gb), left);
                Store(gx, dx, x.Length == 1, ref sumX, start, left);
                Store(ga, da, a.Length == 1, ref sumA, start, left);
                Store(gb, db, b.Length == 1, ref sumB, start, left);
            }
            total += Wide(sum);
            totalX += Wide(sumX);
            totalA += Wide(sumA);
            totalB += Wide(sumB);
        }
        Finish(dx, x.Length == 1, totalX);
        Finish(da, a.Length == 1, totalA);
        Finish(db, b.Length == 1, totalB);
        return total;
    }

    private static Vector<T> Load<T>(ReadOnlySpan<T> from, int start, int left)
        where T : unmanaged
    {
        if (from.Length == 1)
            return new Vector<T>(from[0]);
        if (left == Vector<T>.Count)
            return new Vector<T>(from[start..]);
        // Lanes without an element repeat one, so that they raise no domain of their own.
        Span<T> room = stackalloc T[Vector<T>.Count];
        room.Fill(from[start]);
        from.Slice(start, left).CopyTo(room);
        return new Vector<T>(room);
    }

    private static Vector<T> Keep<T>(Vector<T> values, int left)
        where T : unmanaged, IFloatingPointIeee754<T> => left == Vector<T>.Count
        ? values
        : Vector.ConditionalSelect(Vector.LessThan(Vector<T>.Indices, new Vector<T>(T.CreateTruncating(left))), values, Vector<T>.Zero);

    private static void Store<T>(Vector<T> values, Span<T> into, bool single, ref Vector<T> sum, int start, int left)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (into.IsEmpty)
            return;
        if (single)
            sum += Keep(values, left);
        else if (left == Vector<T>.Count)
            values.CopyTo(into[start..]);
        else
            for (var i = 0; i < left; i++)
                into[start + i] = values[i];
    }

    private static double Wide<T>(Vector<T> sum)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var total = 0.0;
        for (var i = 0; i < Vector<T>.Count; i++)
            total += double.CreateTruncating(sum[i]);
        return total;
    }

    private static void Finish<T>(Span<T> into, bool single, double total)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (single && !into.IsEmpty)
            into[0] = T.CreateTruncating(total);
    }
}
