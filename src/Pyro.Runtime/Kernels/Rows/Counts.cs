using System.Numerics;

namespace Pyro.Kernels.Rows;

/// <summary>Rows of counts that add up to a number.</summary>
internal static class Counts
{
    /// <summary>Which rows are.</summary>
    public static Vector<T> Inside<T>(ReadOnlySpan<Vector<T>> x, Vector<T> n)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector<T> inside = Vector<T>.AllBitsSet, sum = default;
        foreach (var column in x)
        {
            inside &= Lanes.Counts(column);
            sum += column;
        }
        return inside & Vector.Equals(sum, n);
    }

    /// <summary>ln n! − Σ ln xₖ!: the ways to come to such a row.</summary>
    public static Vector<T> Ways<T>(ReadOnlySpan<Vector<T>> x, Vector<T> n)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var ways = GammaLanes.Log(n + Vector<T>.One);
        foreach (var column in x)
            ways -= GammaLanes.Log(column + Vector<T>.One);
        return ways;
    }
}
