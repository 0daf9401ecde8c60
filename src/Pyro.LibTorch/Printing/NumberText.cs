using System.Globalization;
using static TorchSharp.torch;

namespace Pyro.LibTorch;

/// <summary>How PyTorch writes the numbers of one tensor: all in one width, in scientific notation where they differ too much.</summary>
internal sealed class NumberText
{
    private readonly ScalarType type;
    private readonly bool whole;
    private readonly bool scientific;
    private readonly NumberText? real;
    private readonly NumberText? imaginary;

    private NumberText(Tensor tensor)
    {
        type = tensor.dtype;
        if (tensor.is_complex())
        {
            real = new NumberText(tensor.real);
            imaginary = new NumberText(tensor.imag);
            Width = real.Width + imaginary.Width + 1;
            return;
        }
        Width = 1;
        if (!tensor.is_floating_point())
        {
            foreach (var value in Integers(tensor))
                Width = Math.Max(Width, value.Length);
            return;
        }
        var numbers = Doubles(tensor);
        var finite = Array.FindAll(numbers, value => double.IsFinite(value) && value != 0);
        if (finite.Length == 0)
        {
            whole = true;
            return;
        }
        var largest = finite.Max(Math.Abs);
        var smallest = finite.Min(Math.Abs);
        whole = finite.All(value => value == Math.Ceiling(value));
        scientific = PrintOptions.Scientific ?? (largest / smallest > 1000 || largest > 1e8 || (!whole && smallest < 1e-4));
        Width = finite.Max(value => Text(value).Length);
    }

    internal int Width { get; }

    internal static NumberText For(Tensor tensor) => new(tensor);

    /// <summary>The elements of a vector or the one of a scalar, padded to the width.</summary>
    internal string[] Format(Tensor tensor)
    {
        if (real is not null)
            return [.. real.Format(tensor.real).Zip(imaginary!.Format(tensor.imag), (re, im) => re + (im.TrimStart()[0] is '-' ? "" : "+") + im.TrimStart() + "j")];
        IEnumerable<string> cells = is_floating_point(type) ? Doubles(tensor).Select(Text) : Integers(tensor);
        return [.. cells.Select(cell => cell.PadLeft(Width))];
    }

    private string Text(double value)
    {
        if (!double.IsFinite(value))
            return Special(value);
        if (scientific)
            return value.ToString("0." + new string('0', PrintOptions.Precision) + "e+00", CultureInfo.InvariantCulture);
        return whole
            ? value.ToString("F0", CultureInfo.InvariantCulture) + "."
            : value.ToString("F" + PrintOptions.Precision, CultureInfo.InvariantCulture);
    }

    private static string Special(double value) => double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";

    private static double[] Doubles(Tensor tensor)
    {
        using var wide = tensor.to_type(ScalarType.Float64, copy: true);
        return wide.data<double>().ToArray();
    }

    private static string[] Integers(Tensor tensor)
    {
        using var wide = tensor.to_type(ScalarType.Int64, copy: true);
        return Array.ConvertAll(wide.data<long>().ToArray(), value =>
            tensor.dtype == ScalarType.Bool ? (value != 0 ? "True" : "False") : value.ToString(CultureInfo.InvariantCulture));
    }
}
