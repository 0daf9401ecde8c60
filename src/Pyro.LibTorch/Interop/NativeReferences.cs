namespace Pyro.LibTorch;

/// <summary>A thread's references: those that wait for their next tensor, and what the collector has been told of the memory behind the others.</summary>
internal sealed class NativeReferences
{
    // A step of inference makes and disposes hundreds of tensors; what waits beyond this is a peak that is over.
    private const int MostWaiting = 4096;

    // As many as have waited at one time so far; the rest is null: a place that still named one in use would keep it from being finalized.
    private NativeReference?[] waiting = new NativeReference?[64];
    private int count;

    /// <summary>The native memory behind this thread's tensors.</summary>
    internal MemoryPressure Pressure;

    /// <summary>A reference that owns the native tensor from now on.</summary>
    internal NativeReference Take(nint handle, long bytes)
    {
        var reference = count > 0 ? TakeWaiting() : new NativeReference();
        reference.Handle = handle;
        reference.Bytes = bytes;
        NativeReference.CountMade();
        Pressure.Made(bytes);
        return reference;
    }

    /// <summary>The native tensor, now the caller's; the reference, which nobody else holds, waits for its next one.</summary>
    internal nint Return(NativeReference reference)
    {
        var handle = reference.Handle;
        reference.Handle = 0;
        if (handle == 0)
            return 0;
        NativeReference.CountReleased();
        Pressure.Released(reference.Bytes);
        Keep(reference);
        return handle;
    }

    private NativeReference TakeWaiting()
    {
        ref var place = ref waiting[--count];
        var reference = place!;
        place = null;
        return reference;
    }

    private void Keep(NativeReference reference)
    {
        if (count == waiting.Length)
        {
            if (count == MostWaiting)
            {
                GC.SuppressFinalize(reference);
                return;
            }
            Array.Resize(ref waiting, 2 * count);
        }
        waiting[count++] = reference;
    }
}
