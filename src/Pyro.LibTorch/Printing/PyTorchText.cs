using System.Globalization;
using System.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace Pyro.LibTorch;

/// <summary>Writes a tensor as PyTorch's repr does: tensor([[0., 1.], [2., 3.]], dtype=…, grad_fn=…), long dimensions abridged.</summary>
internal static class PyTorchText
{
    private const string Prefix = "tensor(";

    internal static string Write(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        var text = new StringBuilder(Prefix);
        if (tensor.device_type == DeviceType.META)
        {
            text.Append("...");
        }
        else if (tensor.numel() == 0)
        {
            text.Append("[]");
        }
        else
        {
            var plain = tensor.detach().cpu();
            var abridged = plain.numel() > PrintOptions.Threshold;
            var numbers = NumberText.For(abridged ? Summary(plain) : plain);
            Write(text, plain, Prefix.Length, abridged, numbers);
        }
        Suffixes(text, tensor);
        return text.Append(')').ToString();
    }

    private static void Write(StringBuilder text, Tensor tensor, int indent, bool abridged, NumberText numbers)
    {
        using var scope = NewDisposeScope();
        switch (tensor.dim())
        {
            case 0:
                text.Append(numbers.Format(tensor)[0]);
                break;
            case 1:
                Row(text, tensor, indent, abridged, numbers);
                break;
            default:
                var separator = "," + new string('\n', (int)tensor.dim() - 1) + new string(' ', indent + 1);
                text.Append('[');
                var size = tensor.shape[0];
                for (var i = 0L; i < size; i++)
                {
                    if (abridged && size > 2 * PrintOptions.Edge && i == PrintOptions.Edge)
                    {
                        text.Append(separator).Append("...");
                        i = size - PrintOptions.Edge;
                    }
                    if (i > 0)
                        text.Append(separator);
                    Write(text, tensor.select(0, i), indent + 1, abridged, numbers);
                }
                text.Append(']');
                break;
        }
    }

    private static void Row(StringBuilder text, Tensor row, int indent, bool abridged, NumberText numbers)
    {
        var shortened = abridged && row.shape[0] > 2 * PrintOptions.Edge;
        List<string> cells = shortened
            ? [.. numbers.Format(row.narrow(0, 0, PrintOptions.Edge)), " ...", .. numbers.Format(row.narrow(0, row.shape[0] - PrintOptions.Edge, PrintOptions.Edge))]
            : [.. numbers.Format(row)];
        var perLine = Math.Max(1, (PrintOptions.LineWidth - indent) / (numbers.Width + 2));
        var lines = cells.Chunk(perLine).Select(line => string.Join(", ", line));
        text.Append('[').AppendJoin(",\n" + new string(' ', indent + 1), lines).Append(']');
    }

    // The edges of every dimension: what is shown decides the format.
    private static Tensor Summary(Tensor tensor)
    {
        for (var dim = 0L; dim < tensor.dim(); dim++)
        {
            var size = tensor.shape[dim];
            if (size > 2 * PrintOptions.Edge)
                tensor = cat([tensor.narrow(dim, 0, PrintOptions.Edge), tensor.narrow(dim, size - PrintOptions.Edge, PrintOptions.Edge)], dim);
        }
        return tensor;
    }

    private static void Suffixes(StringBuilder text, Tensor tensor)
    {
        var written = text.ToString();
        var last = written.Length - written.LastIndexOf('\n') + 1;
        foreach (var suffix in SuffixesOf(tensor))
        {
            if (last + suffix.Length + 2 > PrintOptions.LineWidth)
            {
                text.Append(",\n").Append(' ', Prefix.Length).Append(suffix);
                last = Prefix.Length + suffix.Length;
            }
            else
            {
                text.Append(", ").Append(suffix);
                last += suffix.Length + 2;
            }
        }
    }

    private static IEnumerable<string> SuffixesOf(Tensor tensor)
    {
        if (tensor.device_type != DeviceType.CPU)
            yield return $"device='{tensor.device}'";
        var unseen = tensor.device_type == DeviceType.META;
        var empty = unseen || tensor.numel() == 0;
        if (unseen || (empty && tensor.dim() != 1))
            yield return $"size=({string.Join(", ", tensor.shape)}{(tensor.dim() == 1 ? "," : "")})";
        var type = tensor.dtype;
        var usual = type == get_default_dtype() || (!empty && type is ScalarType.Int64 or ScalarType.Bool or ScalarType.ComplexFloat32);
        if (!usual)
            yield return $"dtype=torch.{NameOf(type)}";
        if (Ops.grad_fn(tensor))
            yield return $"grad_fn=<{Failure.Message()}>";
        else if (tensor.requires_grad)
            yield return "requires_grad=True";
    }

    private static string NameOf(ScalarType type) => type switch
    {
        ScalarType.Byte => "uint8",
        ScalarType.ComplexFloat32 => "complex64",
        ScalarType.ComplexFloat64 => "complex128",
        _ => type.ToString().ToLower(CultureInfo.InvariantCulture),
    };
}
