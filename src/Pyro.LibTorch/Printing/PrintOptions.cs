using TorchSharp;

namespace Pyro.LibTorch;

/// <summary>What torch.set_printoptions sets, with PyTorch's defaults.</summary>
internal static class PrintOptions
{
    internal static int Precision { get; set; } = 4;

    internal static int LineWidth { get; set; } = 80;

    internal static int Threshold { get; set; } = 1000;

    internal static int Edge { get; set; } = 3;

    /// <summary>Whether numbers are always (never) in scientific notation; null: where they need it.</summary>
    internal static bool? Scientific { get; set; }

    internal static string FloatFormat { get; set; } = "g5";

    internal static string NewLine { get; set; } = "\n";

    internal static int MaxRows { get; set; } = 6;

    internal static int MaxColumns { get; set; } = 6;

    /// <summary>The style of str and print; Default is PyTorch's.</summary>
    internal static TensorStringStyle Style { get; set; } = TensorStringStyle.Default;
}
