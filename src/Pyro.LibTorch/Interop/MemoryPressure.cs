namespace Pyro.LibTorch;

/// <summary>
/// Tells the collector what native memory hangs on managed tensors, so that dropped ones are found before memory runs out. Told in lumps: tensors that are
/// made and disposed one after the other cancel out and cost two additions.
/// </summary>
internal struct MemoryPressure
{
    // What libtorch holds for a tensor beside its elements: two objects and their blocks.
    private const long Overhead = 512;

    private const long Lump = 256 << 10;

    private long untold;

    /// <summary>A tensor that alone keeps so many bytes was made.</summary>
    internal void Made(long bytes)
    {
        untold += bytes + Overhead;
        if (untold < Lump)
            return;
        GC.AddMemoryPressure(untold);
        NativeMemory.Grew(untold);
        untold = 0;
    }

    /// <summary>Such a tensor was released.</summary>
    internal void Released(long bytes)
    {
        untold -= bytes + Overhead;
        if (untold > -Lump)
            return;
        GC.RemoveMemoryPressure(-untold);
        NativeMemory.Shrank(-untold);
        untold = 0;
    }
}
