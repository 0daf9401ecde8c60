using System.Numerics;
using System.Runtime.CompilerServices;
using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Kernels.Densities;

/// <summary>ln p(x; l) = −ln(1 + e⁻ˡ) for 1 and −ln(1 + eˡ) for 0, where l is the logarithm of the odds.</summary>
internal readonly struct BernoulliLogitsDensity : IDensity
{
    public static int Parameters => 1;

    public static Tensor Operations(ReadOnlySpan<Tensor> arguments)
    {
        var (x, logits) = (arguments[0], arguments[1]);
        var one = x.eq(1);
        return Restricted.To(-Logs.Softplus(where(one, -logits, logits)), one.logical_or(x.eq(0)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> logits, Vector<T> none, Vector<T> neither)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var one = Vector.Equals(x, Vector<T>.One);
        return Lanes.Inside(one | Vector.Equals(x, Vector<T>.Zero), Lanes.LogSigmoid(logits ^ Turned(one)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> logits, Vector<T> none, Vector<T> neither,
        out Vector<T> dx, out Vector<T> dlogits, out Vector<T> nothing, out Vector<T> alsoNothing)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var one = Vector.Equals(x, Vector<T>.One);
        var inside = one | Vector.Equals(x, Vector<T>.Zero);
        var value = Lanes.LogSigmoid(logits ^ Turned(one), out var slope);
        dx = default;
        dlogits = Lanes.Only(inside, slope ^ Turned(one));
        nothing = default;
        alsoNothing = default;
        return Lanes.Inside(inside, value);
    }

    // The odds of 0 are those of 1 turned: their logarithm has the other sign.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> Turned<T>(Vector<T> one)
        where T : unmanaged, IFloatingPointIeee754<T> => Vector.AndNot(Lanes.Sign<T>(), one);
}
