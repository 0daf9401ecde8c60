using System.Numerics;

namespace Pyro.Kernels.Rows;

/// <summary>Rows of counts that add up to a number.</summary>
internal static class Counts
{
    /// <summary>Which rows are.</summary>
    public static Vector<T> Inside<T>(ReadOnlySpan<Vector<T>> x, Vector<T> n)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector<T> inside = Vector<T>.AllBitsSet, sum = default, lost = default;
        foreach (var column in x)
        {
            inside &= Lanes.Counts(column);
            Lanes.Add(ref sum, ref lost, column);
        }
        return inside & Vector.Equals(sum + lost, n);
    }
}
