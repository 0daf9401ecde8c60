using System.Runtime.InteropServices;
using System.Text;
using static TorchSharp.torch;

namespace Pyro.LibTorch;

/// <summary>The managed end of a node of the graph: libtorch calls it for the derivative and when the node goes.</summary>
internal sealed class FunctionCall(IDifferentiated function, autograd.AutogradContext context, bool[] tensors)
{
    [UnmanagedCallersOnly]
    internal static unsafe int Run(nint state, nint node, nint* gradients, long gradientCount, nint* results, long resultCount)
    {
        try
        {
            var call = (FunctionCall)GCHandle.FromIntPtr(state).Target!;
            using var scope = NewDisposeScope();
            var incoming = new List<Tensor>((int)gradientCount);
            for (var i = 0; i < gradientCount; i++)
                incoming.Add(gradients[i] == 0 ? null! : Tensor.Own(Native.share(gradients[i])));
            var outgoing = call.Backward(incoming, node);
            // Gradients come back for every argument; only those of tensors have a place in the graph.
            var place = 0;
            for (var i = 0; i < outgoing.Count && place < resultCount; i++)
                if (call.IsTensor(i))
                    results[place++] = outgoing[i] is { } gradient ? Native.share(gradient.Handle).Value : 0;
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

    private bool IsTensor(int place) => place < tensors.Length && tensors[place];

    private List<Tensor> Backward(List<Tensor> gradients, nint node)
    {
        context.Node = node;
        return function.Backward(context, gradients);
    }
}
