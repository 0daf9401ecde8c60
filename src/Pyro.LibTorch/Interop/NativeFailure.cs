using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;
using static TorchSharp.torch;

namespace Pyro.LibTorch;

/// <summary>Turns what libtorch said into an exception that also names the operation and its arguments' shapes and dtypes.</summary>
internal static class NativeFailure
{
    [DoesNotReturn]
    internal static void Throw(string operation, params ReadOnlySpan<Tensor?> arguments)
    {
        var text = new StringBuilder(Native.Error().TrimEnd());
        var separator = $" [{operation}(";
        foreach (var argument in arguments)
        {
            if (argument is null)
                continue;
            text.Append(separator).Append(argument.IsInvalid ? "disposed" : $"{argument.dtype} [{string.Join(", ", argument.shape)}]");
            separator = ", ";
        }
        if (separator == ", ")
            text.Append(")]");
        throw new ExternalException(text.ToString());
    }
}
