using System.Numerics;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace Pyro.Kernels.Densities;

/// <summary>
/// Log odds at which one of the two probabilities is nearly too small a number. Beyond them the probability stays, and the rest of its logarithm is beside it.
/// </summary>
internal static class FarOdds
{
    private const double OfFloats = 60;

    private const double OfDoubles = 600;

    /// <summary>The smallest probability.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Least<T>()
        where T : unmanaged, IFloatingPointIeee754<T> => Lanes.Of<T>(typeof(T) == typeof(float) ? 8.7565107626965203e-27 : 2.6503965530043107e-261);

    /// <summary>The logarithm of a probability below which the logarithm stands for it.</summary>
    public static double Lowest<T>() => typeof(T) == typeof(float) ? -OfFloats : -OfDoubles;

    /// <summary>The logarithm of a probability below which the logarithm stands for it.</summary>
    public static double Lowest(Tensor logits) => -Bound(logits);

    /// <summary>How far log odds are above the largest ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Rest<T>(Vector<T> logits)
        where T : unmanaged, IFloatingPointIeee754<T> => Vector.Max(logits - Lanes.Of<T>(typeof(T) == typeof(float) ? OfFloats : OfDoubles), Vector<T>.Zero);

    /// <summary>The nearest log odds that are not beyond.</summary>
    public static Tensor Near(Tensor logits) => logits.clamp(-Bound(logits), Bound(logits));

    /// <summary>What x ln p + y ln q has beside that of the nearest ones.</summary>
    public static Tensor Rest(Tensor logits, Tensor x, Tensor y) => -(x * (-logits - Bound(logits)).relu() + y * (logits - Bound(logits)).relu());

    private static double Bound(Tensor logits) => logits.dtype == ScalarType.Float64 ? OfDoubles : OfFloats;
}
