using System.Buffers;
using System.Text;

namespace Pyro.Files;

/// <summary>Text that files hold.</summary>
internal static class FileText
{
    /// <summary>Whether a text comes back from a file as it is: half of a pair of surrogates has no place in UTF-8.</summary>
    public static bool ComesBack(ReadOnlySpan<char> text)
    {
        for (; !text.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(text, out _, out var read) != OperationStatus.Done)
                return false;
            text = text[read..];
        }
        return true;
    }
}
