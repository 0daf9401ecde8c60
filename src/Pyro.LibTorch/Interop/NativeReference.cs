using TorchSharp;

namespace Pyro.LibTorch;

/// <summary>
/// Owns one reference to a native tensor and gives it back at the latest when the collector finds that nobody holds the tensor any more. Registering an
/// object for finalization costs more than everything else about a managed tensor, so a reference whose tensor was disposed is used again for the next
/// one (<see cref="NativeReferences"/>): only dropped tensors wear one out.
/// </summary>
internal sealed class NativeReference
{
    private static long liveCount;
    private static long peakCount;

    /// <summary>The native tensor; 0 when given back.</summary>
    internal nint Handle;

    /// <summary>The bytes that only this reference keeps.</summary>
    internal long Bytes;

    ~NativeReference()
    {
        var released = Interlocked.Exchange(ref Handle, 0);
        if (released == 0)
            return;
        Native.pt_release(released);
        CountReleased();
        DisposeScopeManager.OfThread.References.Pressure.Released(Bytes);
    }

    /// <summary>How many native tensors this process holds references to.</summary>
    internal static long LiveCount => Interlocked.Read(ref liveCount);

    /// <summary>The most that it ever held.</summary>
    internal static long PeakCount => Interlocked.Read(ref peakCount);

    internal static void CountMade()
    {
        var live = Interlocked.Increment(ref liveCount);
        for (var peak = Volatile.Read(ref peakCount); live > peak; peak = Volatile.Read(ref peakCount))
            if (Interlocked.CompareExchange(ref peakCount, live, peak) == peak)
                return;
    }

    internal static void CountReleased() => Interlocked.Decrement(ref liveCount);
}
