using System.Runtime.InteropServices;
using System.Text;
using static TorchSharp.torch;

namespace Pyro.LibTorch;

/// <summary>The managed end of a node of the graph: libtorch calls it for the derivative and when the node goes.</summary>
internal sealed class FunctionCall(Func<List<Tensor>, nint, Tensor?[]> backward)
{
    [UnmanagedCallersOnly]
    internal static unsafe int Run(nint state, nint node, nint* gradients, long gradientCount, nint* results, long resultCount)
    {
        try
        {
            var call = (FunctionCall)GCHandle.FromIntPtr(state).Target!;
            using var scope = NewDisposeScope();
            var incoming = new List<Tensor>();
            for (var i = 0; i < gradientCount; i++)
                incoming.Add(gradients[i] == 0 ? null! : Shared(gradients[i]));
            var outgoing = call.Backward(incoming, node);
            for (var i = 0; i < resultCount; i++)
                results[i] = outgoing[i] is { } gradient ? Ops.share(gradient).DecoupleFromNativeHandle() : 0;
            return 0;
        }
        catch (Exception failure)
        {
            // Nothing may cross the boundary; libtorch throws it on, and the caller of backward gets it.
            fixed (byte* text = Encoding.UTF8.GetBytes($"{failure.GetType().Name}: {failure.Message}"))
                Native.pt_say(new NativeSpan(text, Encoding.UTF8.GetByteCount($"{failure.GetType().Name}: {failure.Message}")));
            return 1;
        }
    }

    [UnmanagedCallersOnly]
    internal static void Release(nint state) => GCHandle.FromIntPtr(state).Free();

    private Tensor?[] Backward(List<Tensor> gradients, nint node) => backward(gradients, node);

    // Libtorch keeps its reference; the object gets one of its own.
    private static Tensor Shared(nint handle) => Tensor.Own(Native.share(handle));
}
