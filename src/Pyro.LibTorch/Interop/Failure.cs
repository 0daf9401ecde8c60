using System.Runtime.InteropServices;
using System.Text;
using TorchSharp;

namespace Pyro.LibTorch;

/// <summary>Makes the exception of a failed native call: libtorch's first line, the operation, and the shape and dtype of each tensor.</summary>
internal static class Failure
{
    internal static ExternalException Of(string operation, params ReadOnlySpan<(string Name, torch.Tensor? Tensor)> tensors)
    {
        var text = new StringBuilder(FirstLine());
        text.Append(" [").Append(operation).Append('(');
        for (var i = 0; i < tensors.Length; i++)
        {
            if (i > 0)
                text.Append(", ");
            text.Append(tensors[i].Name).Append(": ");
            Describe(text, tensors[i].Tensor);
        }
        return new ExternalException(text.Append(")]").ToString());
    }

    internal static ExternalException Of(string operation, ReadOnlySpan<torch.Tensor> tensors)
    {
        var text = new StringBuilder(FirstLine());
        text.Append(" [").Append(operation).Append('(');
        for (var i = 0; i < tensors.Length; i++)
        {
            if (i > 0)
                text.Append(", ");
            if (i == 8)
            {
                text.Append("… ").Append(tensors.Length).Append(" tensors");
                break;
            }
            Describe(text, tensors[i]);
        }
        return new ExternalException(text.Append(")]").ToString());
    }

    /// <summary>What the last call on this thread had to say: why it failed, or the text that it was asked for.</summary>
    internal static unsafe string Message() => Marshal.PtrToStringUTF8((nint)Native.pt_message()) ?? "";

    private static string FirstLine()
    {
        var message = Message();
        if (message.Length == 0)
            return "libtorch failed without a message";
        var end = message.IndexOf('\n');
        return (end < 0 ? message : message[..end]).TrimEnd();
    }

    private static void Describe(StringBuilder text, torch.Tensor? tensor)
    {
        if (tensor is null)
        {
            text.Append("null");
            return;
        }
        text.Append(tensor.dtype).Append(' ').Append('[').AppendJoin(", ", tensor.shape).Append(']');
        if (tensor.device_type != DeviceType.CPU)
            text.Append(' ').Append(tensor.device);
    }
}
