using System.Globalization;
using Pyro.LibTorch;
using static TorchSharp.torch;
using Style = TorchSharp.TensorStringStyle;

namespace TorchSharp;

public static partial class TensorExtensionMethods
{
    /// <summary>The elements in a notation.</summary>
    public static string str(this Tensor tensor, string? fltFormat = null, int? width = null, string? newLine = null, CultureInfo? cultureInfo = null, Style style = Style.Default) =>
        tensor.ToString(style, fltFormat, width, cultureInfo, newLine);

    /// <summary>The elements in the notation of Julia.</summary>
    public static string jlstr(this Tensor tensor, string? fltFormat = null, int? width = null, string? newLine = null, CultureInfo? cultureInfo = null) =>
        tensor.ToString(Style.Julia, fltFormat, width, cultureInfo, newLine);

    /// <summary>Shape, element type and device.</summary>
    public static string metastr(this Tensor tensor) => StyledText.Metadata(tensor);

    /// <summary>The elements in the notation of NumPy.</summary>
    public static string npstr(this Tensor tensor, string? fltFormat = "g5", int? width = 100, string? newLine = null, CultureInfo? cultureInfo = null) =>
        tensor.ToString(Style.Numpy, fltFormat, width, cultureInfo, newLine);

    /// <summary>The elements in the notation of C#.</summary>
    public static string cstr(this Tensor tensor, string? fltFormat = "g5", int? width = 100, string? newLine = null, CultureInfo? cultureInfo = null) =>
        tensor.ToString(Style.CSharp, fltFormat, width, cultureInfo, newLine);

    /// <summary>Writes the elements to the console and returns the tensor.</summary>
    public static Tensor print(this Tensor t, string? fltFormat = "g5", int? width = 100, string? newLine = null, CultureInfo? cultureInfo = null, Style style = Style.Default)
    {
        Console.WriteLine(t.str(fltFormat, width, newLine, cultureInfo, style));
        return t;
    }
}
