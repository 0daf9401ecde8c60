using System.Numerics;
using System.Runtime.CompilerServices;
using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Kernels.Densities;

/// <summary>ln p(x; μ, β) = −z − e⁻ᶻ − ln β with z = (x − μ)/β.</summary>
internal readonly struct GumbelDensity : IDensity
{
    public static int Parameters => 2;

    public static Tensor Operations(ReadOnlySpan<Tensor> arguments)
    {
        var (x, mu, beta) = (arguments[0], arguments[1], arguments[2]);
        // exp 1000 is ∞ already: from there on z, which is −∞ in the end, adds nothing to it.
        var z = (x - mu) / beta;
        var far = z.lt(-1000);
        var none = z.new_zeros([]);
        return -where(far, where(far, -z, none).exp(), 1 + Logs.ExpRest(where(far, none, -z))) - beta.log();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> mu, Vector<T> beta, Vector<T> none)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Value(x, mu, beta, none, out _, out _, out _, out _);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> mu, Vector<T> beta, Vector<T> none,
        out Vector<T> dx, out Vector<T> dmu, out Vector<T> dbeta, out Vector<T> nothing)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var one = Vector<T>.One;
        var r = one / beta;
        var z = (x - mu) * r;
        var slope = Lanes.Expm1(-z);
        dx = slope * r;
        dmu = -dx;
        dbeta = (Lanes.Times(-z, slope) - one) * r;
        nothing = default;
        // Next to exp 1000, which is ∞, z is nothing.
        var sum = slope + Lanes.Where(Vector.LessThan(z, Lanes.Of<T>(-1000)), one, z + one);
        return -sum - Lanes.Log(beta);
    }
}
