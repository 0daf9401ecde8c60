using TorchSharp;
using static TorchSharp.torch;

namespace ProbCompiler.GpuCheck;

/// <summary>What checks compare, and how.</summary>
internal static class Require
{
    /// <summary>A matrix of numbers between -1 and 1 on the processor, the same on every machine.</summary>
    internal static Tensor Numbers(long rows, long columns) =>
        (arange(rows * columns, dtype: ScalarType.Float64) * 1.7 + 0.3).sin().reshape(rows, columns).to_type(ScalarType.Float32);

    internal static void Near(Tensor expected, Tensor actual, string subject)
    {
        var difference = (expected.detach().to_type(ScalarType.Float64) - actual.detach().to_type(ScalarType.Float64)).abs().max().item<double>();
        That(difference <= 2e-3 * (1 + expected.detach().abs().max().ToDouble()), FormattableString.Invariant($"{subject}: off by {difference:G3}"));
    }

    internal static void That(bool condition, string failure)
    {
        if (!condition)
            throw new InvalidOperationException(failure);
    }
}
