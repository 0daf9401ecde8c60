using Pyro.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>How many threads an operation may use.</summary>
    public static int get_num_threads() => (int)Ops.num_threads();

    /// <summary>Sets how many threads an operation may use.</summary>
    public static void set_num_threads(int num)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(num, 1);
        Ops.set_num_threads(num);
    }

    /// <summary>How many operations may run side by side.</summary>
    public static int get_num_interop_threads() => (int)Ops.num_interop_threads();

    /// <summary>Sets how many operations may run side by side; once, before the first of them.</summary>
    public static void set_num_interop_threads(int num)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(num, 1);
        Ops.set_num_interop_threads(num);
    }
}
