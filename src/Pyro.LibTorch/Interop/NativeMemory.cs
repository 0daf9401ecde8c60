namespace Pyro.LibTorch;

/// <summary>
/// The memory that tensors hold in this process. The collector takes pressure as advice, and the larger the managed heap, the later it acts: where tensors
/// have grown by half since they were last looked through, and to this size at least, a collection of young objects is asked for here.
/// </summary>
internal static class NativeMemory
{
    private const long Least = 256L << 20;

    // A thread does not wait longer than that for the finalizers, whatever keeps them.
    private const int Patience = 50;

    private static long held;
    private static long allowance = Least;
    private static int collecting;

    /// <summary>Tensors have come to hold more.</summary>
    internal static void Grew(long bytes)
    {
        if (Interlocked.Add(ref held, bytes) > Volatile.Read(ref allowance) && Interlocked.Exchange(ref collecting, 1) == 0)
            Collect();
    }

    /// <summary>Tensors hold less.</summary>
    internal static void Shrank(long bytes) => Interlocked.Add(ref held, -bytes);

    private static void Collect()
    {
        GC.Collect(1, GCCollectionMode.Forced, blocking: true);
        for (var i = 0; i < Patience && Volatile.Read(ref held) > Least; i++)
        {
            var before = Volatile.Read(ref held);
            Thread.Sleep(1);
            if (Volatile.Read(ref held) >= before)
                break;
        }
        Volatile.Write(ref allowance, Math.Max(Least, Volatile.Read(ref held) * 3 / 2));
        Volatile.Write(ref collecting, 0);
    }
}
