using System.Text;

namespace Pyro.LibTorch.Bindings;

/// <summary>An element type of torch.tensor: its C# name, its ScalarType, and the letters of the forms that exist (native/factories.def).</summary>
internal sealed class Element(string type, string dtype, string forms)
{
    public string Type { get; } = type;

    public string Dtype { get; } = dtype;

    public string Forms { get; } = forms;
}

/// <summary>Writes torch.tensor and torch.as_tensor for the element types.</summary>
internal static class ElementWriter
{
    private const string Tail = ", torch.ScalarType? dtype = null, torch.Device? device = null, bool requires_grad = false, string[]? names = null";

    public static void Write(StringBuilder into, IReadOnlyList<Element> elements)
    {
        foreach (var element in elements)
            Write(into, element);
    }

    private static void Write(StringBuilder into, Element element)
    {
        var type = element.Type;
        var array = type == "long" ? "dataArray" : "rawArray";
        void Member(char form, string name, string parameters, string data, string dimensions, string rest)
        {
            if (element.Forms.IndexOf(form) < 0)
                return;
            into.Append("    /// <summary>A tensor of ").Append(element.Dtype).AppendLine(", or of dtype where it is given, with a copy of the data.</summary>");
            into.Append("    public static torch.Tensor ").Append(name).Append('(').Append(parameters).Append(") => TensorData.Copy<").Append(type);
            into.Append(">(").Append(data).Append(", ").Append(dimensions).Append(", torch.ScalarType.").Append(element.Dtype).Append(rest).AppendLine(";").AppendLine();
        }

        const string Converted = ", dtype, device, requires_grad).Named(names)";
        Member('s', "tensor", $"{type} scalar, torch.Device? device = null, bool requires_grad = false", "[scalar]", "[]", ", null, device, requires_grad)");
        Member('S', "tensor", $"{type} scalar, torch.ScalarType? dtype = null, torch.Device? device = null, bool requires_grad = false",
            "[scalar]", "[]", ", dtype, device, requires_grad)");
        Member('a', "tensor", $"{type}[] {array}{Tail}", $"TensorData.Given({array})", $"[{array}.Length]", Converted);
        Member('d', "tensor", $"{type}[] {array}, System.ReadOnlySpan<long> dimensions{Tail}", $"TensorData.Given({array})", "dimensions", Converted);
        var list = $"System.Collections.Generic.IList<{type}> rawArray";
        const string Listed = "TensorData.SpanOf(rawArray)";
        Member('l', "tensor", $"{list}, System.ReadOnlySpan<long> dimensions{Tail}", Listed, "dimensions", Converted);
        Member('i', "tensor", $"{list}{Tail}", Listed, "[rawArray.Count]", Converted);
        Member('2', "tensor", $"{list}, long rows, long columns{Tail}", Listed, "[rows, columns]", Converted);
        Member('3', "tensor", $"{list}, long dim0, long dim1, long dim2{Tail}", Listed, "[dim0, dim1, dim2]", Converted);
        Member('4', "tensor", $"{list}, long dim0, long dim1, long dim2, long dim3{Tail}", Listed, "[dim0, dim1, dim2, dim3]", Converted);
        foreach (var rank in new[] { ",", ",,", ",,," })
            Member('m', "tensor", $"{type}[{rank}] rawArray{Tail}", $"TensorData.SpanOf<{type}>(rawArray)", "TensorData.Lengths(rawArray)", Converted);
        Member('y', "tensor", $"System.Memory<{type}> rawArray, System.ReadOnlySpan<long> dimensions{Tail}", "rawArray.Span", "dimensions", Converted);
        const string AsTail = ", torch.ScalarType? dtype = null, torch.Device? device = null";
        var unnamed = type.StartsWith("(", StringComparison.Ordinal) ? "(float, float)" : type;
        Member('t', "as_tensor", $"System.Collections.Generic.IList<{unnamed}> rawArray{AsTail}", Listed, "[rawArray.Count]", ", dtype, device, false)");
        Member('t', "as_tensor", $"{unnamed}[] rawArray{AsTail}", "TensorData.Given(rawArray)", "[rawArray.Length]", ", dtype, device, false)");
    }
}
