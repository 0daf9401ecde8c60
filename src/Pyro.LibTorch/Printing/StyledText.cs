using System.Globalization;
using System.Text;
using TorchSharp;
using static TorchSharp.torch;
using Style = TorchSharp.TensorStringStyle;

namespace Pyro.LibTorch;

/// <summary>Writes a tensor in the notation of Julia, NumPy or C#.</summary>
internal sealed class StyledText(Style style, string? format, int? width, CultureInfo? culture, string? newLine)
{
    private readonly string format = format ?? PrintOptions.FloatFormat;
    private readonly int width = width ?? PrintOptions.LineWidth;
    private readonly CultureInfo culture = culture ?? CultureInfo.InvariantCulture;
    private readonly string newLine = newLine ?? PrintOptions.NewLine;

    /// <summary>Shape, element type and device in one line.</summary>
    internal static string Metadata(Tensor tensor) => $"[{string.Join("x", tensor.shape)}], type = {tensor.dtype}, device = {tensor.device}";

    internal string Write(Tensor tensor)
    {
        if (style == Style.Metadata)
            return Metadata(tensor);
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        var plain = tensor.detach().cpu();
        var text = new StringBuilder();
        if (style == Style.Julia)
            text.Append(Metadata(tensor)).Append(plain.dim() == 0 ? ", value = " : newLine);
        if (style == Style.CSharp)
            text.Append("type = ").Append(tensor.dtype).Append(plain.dim() == 0 ? ", value = " : ", value = " + newLine);
        Nested(text, plain, 0);
        return text.ToString();
    }

    private void Nested(StringBuilder text, Tensor tensor, int depth)
    {
        if (tensor.dim() == 0)
        {
            text.Append(Cell(tensor));
            return;
        }
        var (open, close, comma) = style switch
        {
            Style.Julia => ("", "", " "),
            Style.CSharp => ("{", "}", ", "),
            _ => ("[", "]", " "),
        };
        text.Append(open);
        var row = tensor.dim() == 1;
        var lineStart = text.Length;
        var size = tensor.shape[0];
        var most = row ? PrintOptions.MaxColumns : PrintOptions.MaxRows;
        var abridged = tensor.numel() > PrintOptions.Threshold && size > most;
        for (var i = 0L; i < size; i++)
        {
            if (i > 0)
            {
                text.Append(row ? comma : (style == Style.CSharp ? "," : "") + newLine + new string(' ', style == Style.Julia ? 0 : depth + 1));
                if (row && text.Length - lineStart > width - depth)
                {
                    text.Append(newLine).Append(' ', depth + 1);
                    lineStart = text.Length;
                }
            }
            if (abridged && i == most / 2)
            {
                text.Append("...");
                i = size - (most / 2) - 1;
                continue;
            }
            using var part = tensor.select(0, i);
            Nested(text, part, depth + 1);
        }
        text.Append(close);
    }

    private string Cell(Tensor element) => element.dtype switch
    {
        ScalarType.Bool => style == Style.Numpy ? (element.ToBoolean() ? "True" : "False") : (element.ToBoolean() ? "true" : "false"),
        ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64 => element.ToComplexFloat64().ToString(format, culture),
        var type when is_floating_point(type) => element.ToDouble().ToString(format, culture),
        _ => element.ToInt64().ToString(culture),
    };
}
