namespace Pyro.LibTorch;

/// <summary>A thread's references: those that wait for their next tensor, and what the collector has been told of the memory behind the others.</summary>
internal sealed class NativeReferences
{
    // A step of inference makes and disposes hundreds of tensors; what waits beyond this is a peak that is over.
    private const int MostWaiting = 4096;

    private NativeReference? waiting;
    private int count;

    /// <summary>The native memory behind this thread's tensors.</summary>
    internal MemoryPressure Pressure;

    /// <summary>A reference that owns the native tensor from now on.</summary>
    internal NativeReference Take(nint handle, long bytes)
    {
        var reference = waiting;
        if (reference is null)
        {
            reference = new NativeReference();
        }
        else
        {
            waiting = reference.Next;
            reference.Next = null;
            count--;
        }
        reference.Handle = handle;
        reference.Bytes = bytes;
        NativeReference.CountMade();
        Pressure.Made(bytes);
        return reference;
    }

    /// <summary>The native tensor, now the caller's; the reference waits for its next one.</summary>
    internal nint Return(NativeReference reference)
    {
        var handle = Interlocked.Exchange(ref reference.Handle, 0);
        if (handle == 0)
            return 0;
        NativeReference.CountReleased();
        Pressure.Released(reference.Bytes);
        if (count == MostWaiting)
        {
            GC.SuppressFinalize(reference);
            return handle;
        }
        reference.Next = waiting;
        waiting = reference;
        count++;
        return handle;
    }
}
