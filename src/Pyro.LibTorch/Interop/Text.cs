using System.Text;

namespace Pyro.LibTorch;

/// <summary>Text for the native side.</summary>
internal static class Text
{
    internal static ReadOnlySpan<byte> Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Encoding.UTF8.GetBytes(text);
    }
}
