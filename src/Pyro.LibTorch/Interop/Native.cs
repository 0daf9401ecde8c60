using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace Pyro.LibTorch;

/// <summary>The exports of libPyroTorch. Those of the tables are generated; here are the few that follow another shape.</summary>
internal static unsafe partial class Native
{
    internal const string Library = "PyroTorch";

    [DllImport(Library), SuppressGCTransition]
    internal static extern byte* pt_message();

    [DllImport(Library), SuppressGCTransition]
    internal static extern Result pt_next();

    [DllImport(Library)]
    internal static extern void pt_release(nint tensor);

    [DllImport(Library)]
    internal static extern void pt_release_all(nint* tensors, long count);

    [DllImport(Library)]
    internal static extern void pt_release_generator(nint generator);

    [DllImport(Library)]
    internal static extern Result pt_function(NativeSpan inputs, NativeSpan outputs, byte* kinds, NativeSpan saved, NativeSpan name, bool materialize,
        nint state, delegate* unmanaged<nint, nint, nint*, long, nint*, long, int> backward, delegate* unmanaged<nint, void> release);

    [DllImport(Library)]
    internal static extern Result pt_function_saved(nint node);

    [DllImport(Library)]
    internal static extern Result pt_numbers(nint* tensors, long parameters, NumberView* views);

    [DllImport(Library)]
    internal static extern void pt_say(NativeSpan text);

    [DllImport(Library), SuppressGCTransition]
    internal static extern long pt_dim(nint tensor);

    [DllImport(Library), SuppressGCTransition]
    internal static extern long pt_numel(nint tensor);

    [DllImport(Library), SuppressGCTransition]
    internal static extern int pt_dtype(nint tensor);

    [DllImport(Library), SuppressGCTransition]
    internal static extern long pt_element_size(nint tensor);

    [DllImport(Library), SuppressGCTransition]
    internal static extern int pt_device_type(nint tensor);

    [DllImport(Library), SuppressGCTransition]
    internal static extern int pt_device_index(nint tensor);

    [DllImport(Library), SuppressGCTransition]
    internal static extern int pt_requires_grad(nint tensor);

    [DllImport(Library), SuppressGCTransition]
    internal static extern int pt_is_sparse(nint tensor);
}
