namespace Pyro.LibTorch;

/// <summary>Where the numbers of a tensor lie: contiguous float or double in host memory, or elsewhere (no pointer).</summary>
internal readonly unsafe struct NumberView
{
    internal const long Absent = 0, Single = 1, Double = 2, Elsewhere = 3;

    internal readonly void* Data;
    internal readonly long Count;
    internal readonly long Kind;
}
