using System.Numerics;
using Pyro.Distributions.Transforms;
using Pyro.Kernels;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>Lower triangular matrices with a positive diagonal.</summary>
internal sealed class LowerCholeskyConstraint()
    : Constraint(nameof(Constraints.LowerCholesky), "the lower triangular matrices with a positive diagonal", 2, false)
{
    public override Tensor Check(Tensor value)
    {
        var diagonal = value.diagonal(0, -2, -1);
        return value.eq(value.tril()).all(-1).all(-1).logical_and(diagonal.gt(0).logical_and(diagonal.lt(double.PositiveInfinity)).all(-1));
    }

    public override Bijector TransformTo() => LowerCholesky.Instance;

    // Each look at a factor in host memory passes over its numbers once: a distribution has one in each step.
    public override string? Find(Tensor value)
    {
        if (value.device_type == TorchSharp.DeviceType.CPU && value.dim() >= 2 && value.is_contiguous())
        {
            var size = (int)value.size((int)value.dim() - 1);
            var inside = value.dtype switch
            {
                ScalarType.Float32 => AreInside<float>(Memory.Of<float>(value), size),
                ScalarType.Float64 => AreInside<double>(Memory.Of<double>(value), size),
                _ => false,
            };
            GC.KeepAlive(value);
            if (inside)
                return null;
        }
        return base.Find(value);
    }

    private protected override string? Why(double[] numbers) => MatrixText.WhyNotLower(numbers);

    private static bool AreInside<T>(ReadOnlySpan<T> numbers, int size)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (size == 0 || numbers.Length % (size * size) != 0)
            return false;
        for (var row = 0; row < numbers.Length / size; row++)
        {
            var line = numbers.Slice(row * size, size);
            var at = row % size;
            if (!(line[at] > T.Zero && line[at] < T.PositiveInfinity) || line[(at + 1)..].ContainsAnyExcept(T.Zero, T.NegativeZero))
                return false;
            foreach (var number in line[..at])
                if (T.IsNaN(number))
                    return false;
        }
        return true;
    }
}
