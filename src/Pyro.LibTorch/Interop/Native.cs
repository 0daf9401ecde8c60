using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace Pyro.LibTorch;

/// <summary>A number by value, as the shim's S: 0 floating, 1 integral, 2 boolean.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct Number
{
    private readonly double _floating;
    private readonly long _integral;
    private readonly long _kind;

    private Number(double floating, long integral, long kind) => (_floating, _integral, _kind) = (floating, integral, kind);

    internal static Number One { get; } = 1L;

    internal bool IsFloating => _kind == 0;

    internal bool IsBoolean => _kind == 2;

    public static implicit operator Number(double value) => new(value, 0, 0);

    public static implicit operator Number(long value) => new(0, value, 1);

    public static implicit operator Number(bool value) => new(0, value ? 1 : 0, 2);

    /// <summary>The number as people write it, for error messages.</summary>
    public override string ToString() => FormattableString.Invariant(_kind == 0 ? $"{_floating}" : (FormattableString)$"{_integral}");
}

/// <summary>The imports that are not in the operation table, and the library they come from.</summary>
internal static unsafe partial class Native
{
    internal const string Library = "PyroTorch";

    [DllImport(Library)]
    private static extern byte* pyro_error();

    [DllImport(Library, EntryPoint = "pyro_tensor_free")]
    internal static extern void Free(nint tensor);

    [DllImport(Library, EntryPoint = "pyro_tensor_dim")]
    internal static extern int Dim(nint tensor);

    [DllImport(Library, EntryPoint = "pyro_tensor_numel")]
    internal static extern long Numel(nint tensor);

    [DllImport(Library, EntryPoint = "pyro_tensor_sizes")]
    internal static extern void Sizes(nint tensor, long* sizes);

    [DllImport(Library, EntryPoint = "pyro_tensor_strides")]
    internal static extern void Strides(nint tensor, long* strides);

    [DllImport(Library, EntryPoint = "pyro_tensor_dtype")]
    internal static extern int Dtype(nint tensor);

    [DllImport(Library, EntryPoint = "pyro_tensor_device")]
    internal static extern int Device(nint tensor);

    [DllImport(Library, EntryPoint = "pyro_tensor_device_index")]
    internal static extern int DeviceIndex(nint tensor);

    [DllImport(Library, EntryPoint = "pyro_tensor_is_contiguous")]
    internal static extern int IsContiguous(nint tensor);

    [DllImport(Library, EntryPoint = "pyro_tensor_requires_grad")]
    internal static extern int RequiresGrad(nint tensor);

    [DllImport(Library, EntryPoint = "pyro_tensor_is_leaf")]
    internal static extern int IsLeaf(nint tensor);

    [DllImport(Library, EntryPoint = "pyro_tensor_has_grad")]
    internal static extern int HasGrad(nint tensor);

    [DllImport(Library, EntryPoint = "pyro_tensor_data")]
    internal static extern void* Data(nint tensor);

    [DllImport(Library, EntryPoint = "pyro_promote_types")]
    internal static extern int PromoteTypes(int first, int second);

    [DllImport(Library, EntryPoint = "pyro_tensor_item_double")]
    internal static extern int ItemDouble(nint tensor, double* value);

    [DllImport(Library, EntryPoint = "pyro_tensor_item_long")]
    internal static extern int ItemLong(nint tensor, long* value);

    [DllImport(Library, EntryPoint = "pyro_tensor_scalar")]
    internal static extern nint FromNumber(Number value, int type, int device, int index);

    [DllImport(Library, EntryPoint = "pyro_tensor_from")]
    internal static extern nint FromMemory(void* data, long* size, int count, int type);

    [DllImport(Library, EntryPoint = "pyro_index")]
    internal static extern nint Index(nint self, nint* indices, int count);

    [DllImport(Library, EntryPoint = "pyro_index_put_")]
    internal static extern int IndexPut(nint self, nint* indices, int count, nint values, byte accumulate);

    [DllImport(Library, EntryPoint = "pyro_broadcast_tensors")]
    internal static extern int BroadcastTensors(nint* values, int count, nint* results);

    [DllImport(Library, EntryPoint = "pyro_max_dim")]
    internal static extern int MaxDim(nint self, long dim, byte keepdim, nint* values, nint* indices);

    [DllImport(Library, EntryPoint = "pyro_min_dim")]
    internal static extern int MinDim(nint self, long dim, byte keepdim, nint* values, nint* indices);

    [DllImport(Library, EntryPoint = "pyro_backward")]
    internal static extern int Backward(nint self, nint gradient, byte retain, byte create);

    [DllImport(Library, EntryPoint = "pyro_autograd_grad")]
    internal static extern int AutogradGrad(nint* outputs, int outputCount, nint* inputs, int inputCount, nint* gradients, int gradientCount,
        byte retain, byte create, byte allowUnused, nint* results);

    [DllImport(Library, EntryPoint = "pyro_grad_enabled")]
    internal static extern int GradEnabled();

    [DllImport(Library, EntryPoint = "pyro_set_grad_enabled")]
    internal static extern void SetGradEnabled(int enabled);

    [DllImport(Library, EntryPoint = "pyro_generator_new")]
    internal static extern nint GeneratorNew(ulong seed);

    [DllImport(Library, EntryPoint = "pyro_generator_default")]
    internal static extern nint GeneratorDefault();

    [DllImport(Library, EntryPoint = "pyro_generator_free")]
    internal static extern void GeneratorFree(nint generator);

    [DllImport(Library, EntryPoint = "pyro_generator_seed")]
    internal static extern int GeneratorSeed(nint generator, ulong seed);

    [DllImport(Library, EntryPoint = "pyro_generator_current_seed")]
    internal static extern ulong GeneratorCurrentSeed(nint generator);

    [DllImport(Library, EntryPoint = "pyro_generator_get_state")]
    internal static extern nint GeneratorGetState(nint generator);

    [DllImport(Library, EntryPoint = "pyro_generator_set_state")]
    internal static extern int GeneratorSetState(nint generator, nint state);

    [DllImport(Library, EntryPoint = "pyro_get_num_threads")]
    internal static extern int GetNumThreads();

    [DllImport(Library, EntryPoint = "pyro_set_num_threads")]
    internal static extern int SetNumThreads(int threads);

    [DllImport(Library, EntryPoint = "pyro_cuda_is_available")]
    internal static extern int CudaIsAvailable();

    /// <summary>What the last failed call on this thread said.</summary>
    internal static string Error() => Marshal.PtrToStringUTF8((nint)pyro_error()) ?? "an unknown native error";
}
