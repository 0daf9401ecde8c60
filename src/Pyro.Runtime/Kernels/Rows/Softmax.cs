using System.Numerics;
using System.Runtime.CompilerServices;

namespace Pyro.Kernels.Rows;

/// <summary>The sum of the exponential functions of rows.</summary>
internal static class Softmax
{
    /// <summary>ln Σ exp lₖ, and its derivatives exp lₖ/Σ exp lⱼ where there is room for them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Of<T>(ReadOnlySpan<Vector<T>> logits, Span<Vector<T>> derivatives)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var largest = logits[0];
        foreach (var column in logits[1..])
            largest = Vector.Max(largest, column);
        Vector<T> sum = default;
        for (var k = 0; k < logits.Length; k++)
        {
            var power = Lanes.ExpOfNegative(logits[k] - largest);
            sum += power;
            if (k < derivatives.Length)
                derivatives[k] = power;
        }
        var share = Vector<T>.One / sum;
        foreach (ref var derivative in derivatives)
            derivative *= share;
        return largest + Lanes.Log(sum);
    }
}
