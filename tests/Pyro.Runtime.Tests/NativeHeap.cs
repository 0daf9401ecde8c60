using System.Runtime.InteropServices;

namespace Pyro.Runtime.Tests;

/// <summary>What the process has allocated outside of the managed heap: tensors, autograd nodes, whatever libtorch keeps.</summary>
internal static class NativeHeap
{
    /// <summary>The bytes that malloc has given out and not got back, those in memory maps of their own included.</summary>
    public static long BytesInUse()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var info = mallinfo2();
        return (long)(info.InUse + info.Mapped);
    }

    [DllImport("libc")]
    private static extern Info mallinfo2();

    // struct mallinfo2 of glibc's malloc.h.
    private readonly record struct Info(
        nuint Arena, nuint FreeChunks, nuint FastBins, nuint MappedRegions, nuint Mapped, nuint Unused, nuint FreeInFastBins, nuint InUse, nuint Free, nuint Top);
}
