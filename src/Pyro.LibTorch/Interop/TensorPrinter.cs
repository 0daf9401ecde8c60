using System.Globalization;
using System.Text;
using static TorchSharp.torch;

namespace Pyro.LibTorch;

/// <summary>Writes a tensor for people: shape, element type, device, and the elements as nested rows, long dimensions abridged.</summary>
internal static class TensorPrinter
{
    private const int Edge = 3, Longest = 1000;

    internal static string Print(Tensor tensor)
    {
        if (tensor.IsInvalid)
            return "a disposed tensor";
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        var shape = tensor.shape;
        var text = new StringBuilder($"[{string.Join("x", shape)}], type = {tensor.dtype}, device = {tensor.device}");
        if (shape.Length == 0)
            return text.Append(", value = ").Append(Element(tensor)).ToString();
        Rows(text.Append('\n'), tensor.cpu(), shape, 0, tensor.NumberOfElements > Longest);
        return text.ToString();
    }

    private static void Rows(StringBuilder text, Tensor tensor, long[] shape, int depth, bool abridged)
    {
        text.Append('[');
        var size = shape[depth];
        for (long i = 0; i < size; i++)
        {
            if (abridged && size > 2 * Edge && i == Edge)
            {
                text.Append(depth == shape.Length - 1 ? ", ..." : ",\n" + new string(' ', depth + 1) + "...");
                i = size - Edge;
            }
            if (i > 0)
                text.Append(depth == shape.Length - 1 ? ", " : ",\n" + new string(' ', depth + 1));
            var part = tensor.select(0, i);
            if (depth == shape.Length - 1)
                text.Append(Element(part));
            else
                Rows(text, part, shape, depth + 1, abridged);
        }
        text.Append(']');
    }

    private static string Element(Tensor element) => element.dtype switch
    {
        ScalarType.Bool => element.item<bool>() ? "True" : "False",
        var type when is_floating_point(type) => element.item<double>().ToString("G5", CultureInfo.InvariantCulture),
        _ => element.item<long>().ToString(CultureInfo.InvariantCulture),
    };
}
