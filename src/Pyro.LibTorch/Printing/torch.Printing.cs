using System.Globalization;
using Pyro.LibTorch;

namespace TorchSharp;

/// <summary>The notations for tensors.</summary>
public enum TensorStringStyle
{
    /// <summary>Shape, element type and device only.</summary>
    Metadata,

    /// <summary>Shape, element type and device, then columns.</summary>
    Julia,

    /// <summary>Brackets and blanks.</summary>
    Numpy,

    /// <summary>Braces and commas.</summary>
    CSharp,

    /// <summary>The one that set_printoptions chose, PyTorch's at first.</summary>
    Default,
}

public static partial class torch
{
    /// <summary>The notation of Julia.</summary>
    public const TensorStringStyle julia = TensorStringStyle.Julia;

    /// <summary>The notation of NumPy.</summary>
    public const TensorStringStyle numpy = TensorStringStyle.Numpy;

    /// <summary>The notation of C#.</summary>
    public const TensorStringStyle csharp = TensorStringStyle.CSharp;

    /// <summary>The notation that str and print use unless told otherwise.</summary>
    public static TensorStringStyle TensorStringStyle => PrintOptions.Style;

    /// <summary>Digits, width and length of printed tensors.</summary>
    public static void set_printoptions(int precision, int? linewidth = null, string? newLine = null, bool sci_mode = false, int? maxRows = null, int? maxColumns = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(precision);
        PrintOptions.Precision = precision;
        PrintOptions.Scientific = sci_mode ? true : null;
        set_printoptions(null, (sci_mode ? "e" : "f") + precision, linewidth, newLine, maxRows, maxColumns);
    }

    /// <summary>Notation, digits, width and length of printed tensors; what is null stays.</summary>
    public static void set_printoptions(TensorStringStyle? style = null, string? floatFormat = null, int? linewidth = null, string? newLine = null, int? maxRows = null, int? maxColumns = null)
    {
        PrintOptions.Style = style ?? PrintOptions.Style;
        PrintOptions.FloatFormat = floatFormat ?? PrintOptions.FloatFormat;
        PrintOptions.LineWidth = linewidth ?? PrintOptions.LineWidth;
        PrintOptions.NewLine = newLine ?? PrintOptions.NewLine;
        PrintOptions.MaxRows = maxRows ?? PrintOptions.MaxRows;
        PrintOptions.MaxColumns = maxColumns ?? PrintOptions.MaxColumns;
    }

    public partial class Tensor
    {
        /// <summary>The elements as PyTorch prints them; long dimensions are abridged.</summary>
        public override string ToString() => IsInvalid ? "a disposed tensor" : PyTorchText.Write(this);

        /// <summary>The elements in the default notation.</summary>
        public string ToString(bool disamb, string? fltFormat = null, int? width = null, CultureInfo? cultureInfo = null, string? newLine = null) =>
            ToString(PrintOptions.Style, fltFormat, width, cultureInfo, newLine);

        /// <summary>The elements in a notation.</summary>
        public string ToString(TensorStringStyle style, string? fltFormat = null, int? width = null, CultureInfo? cultureInfo = null, string? newLine = null)
        {
            var chosen = style == TensorStringStyle.Default ? PrintOptions.Style : style;
            return chosen == TensorStringStyle.Default ? ToString() : new StyledText(chosen, fltFormat, width, cultureInfo, newLine).Write(this);
        }
    }
}
