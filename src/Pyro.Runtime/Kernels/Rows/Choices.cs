using System.Numerics;
using System.Runtime.CompilerServices;
using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Kernels.Rows;

/// <summary>How one of several outcomes is given.</summary>
internal interface IChoice
{
    /// <summary>Whether it is one number.</summary>
    static abstract bool IsIndex { get; }

    /// <summary>Which outcomes are chosen, along a new last dimension for a number.</summary>
    static abstract Tensor Selected(Tensor x, Tensor parameter);

    /// <summary>Which rows choose one of the outcomes.</summary>
    static abstract Tensor Inside(Tensor x, Tensor parameter);

    /// <summary>Whether an outcome is chosen.</summary>
    /// <param name="x">What is given.</param>
    /// <param name="place">The outcome's place.</param>
    /// <param name="outcome">The same in every lane.</param>
    static abstract Vector<T> Is<T>(ReadOnlySpan<Vector<T>> x, int place, Vector<T> outcome)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>Whether one of the outcomes is.</summary>
    static abstract Vector<T> Inside<T>(ReadOnlySpan<Vector<T>> x, int outcomes)
        where T : unmanaged, IFloatingPointIeee754<T>;
}

/// <summary>The outcome's number, from 0.</summary>
internal readonly struct ByIndex : IChoice
{
    public static bool IsIndex => true;

    public static Tensor Selected(Tensor x, Tensor parameter) => x.unsqueeze(-1).eq(arange(parameter.Sizes()[^1], x.dtype, x.device));

    public static Tensor Inside(Tensor x, Tensor parameter) => Constraints.NonNegativeInteger.Check(x).logical_and(x.lt(parameter.Sizes()[^1]));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Is<T>(ReadOnlySpan<Vector<T>> x, int place, Vector<T> outcome)
        where T : unmanaged, IFloatingPointIeee754<T> => Vector.Equals(x[0], outcome);

    public static Vector<T> Inside<T>(ReadOnlySpan<Vector<T>> x, int outcomes)
        where T : unmanaged, IFloatingPointIeee754<T> => Lanes.Counts(x[0]) & Vector.LessThan(x[0], Lanes.Of<T>(outcomes));
}

/// <summary>A row with one 1 and zeros elsewhere.</summary>
internal readonly struct ByRow : IChoice
{
    public static bool IsIndex => false;

    public static Tensor Selected(Tensor x, Tensor parameter) => x.eq(1);

    public static Tensor Inside(Tensor x, Tensor parameter) => Constraints.OneHot.Check(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Is<T>(ReadOnlySpan<Vector<T>> x, int place, Vector<T> outcome)
        where T : unmanaged, IFloatingPointIeee754<T> => Vector.Equals(x[place], Vector<T>.One);

    public static Vector<T> Inside<T>(ReadOnlySpan<Vector<T>> x, int outcomes)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector<T> inside = Vector<T>.AllBitsSet, sum = default;
        foreach (var column in x)
        {
            inside &= Vector.Equals(column, Vector<T>.Zero) | Vector.Equals(column, Vector<T>.One);
            sum += column;
        }
        return inside & Vector.Equals(sum, Vector<T>.One);
    }
}
