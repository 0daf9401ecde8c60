using System.Numerics;
using System.Runtime.CompilerServices;

namespace Pyro.Kernels.Rows;

/// <summary>The sum of the exponential functions of rows.</summary>
internal static class Softmax
{
    /// <summary>ln Σ exp lₖ. Its derivatives exp lₖ/Σ exp lⱼ are, where there is room for them, products of powers and a share.</summary>
    /// <param name="logits">The row.</param>
    /// <param name="powers">Where the powers go; empty where they are not wanted.</param>
    /// <param name="share">What each is multiplied with.</param>
    /// <param name="largest">The largest of the row.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Of<T>(ReadOnlySpan<Vector<T>> logits, Span<Vector<T>> powers, out Vector<T> share, out Vector<T> largest)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // What is no number may be passed over here: it comes back with its own power.
        largest = logits[0];
        foreach (var column in logits[1..])
            largest = Vector.MaxNative(largest, column);
        Vector<T> sum = default;
        for (var k = 0; k < logits.Length; k++)
        {
            var power = Lanes.ExpOfNegative(logits[k] - largest);
            sum += power;
            if (k < powers.Length)
                powers[k] = power;
        }
        share = Vector<T>.One / sum;
        return largest + Lanes.Log(sum);
    }
}
