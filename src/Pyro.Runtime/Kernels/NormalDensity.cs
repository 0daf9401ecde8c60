using System.Numerics;
using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Kernels;

/// <summary>ln p = −½z² − ln σ − ½ ln 2π with z = (x − μ)/σ.</summary>
internal readonly struct NormalDensity : IDensity
{
    public static Tensor LogProb(Tensor x, Tensor a, Tensor b) => Normal.LogProb(x, a, b);

    public static Vector<T> Value<T>(Vector<T> x, Vector<T> a, Vector<T> b)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var z = (x - a) / b;
        return z * z * Lanes.Of<T>(-0.5) - Lanes.Log(b) - Lanes.Of<T>(Logs.HalfTwoPi);
    }

    public static Vector<T> Value<T>(Vector<T> x, Vector<T> a, Vector<T> b, out Vector<T> dx, out Vector<T> da, out Vector<T> db)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var z = (x - a) / b;
        da = z / b;
        dx = -da;
        db = z * da - Vector<T>.One / b;
        return z * z * Lanes.Of<T>(-0.5) - Lanes.Log(b) - Lanes.Of<T>(Logs.HalfTwoPi);
    }
}
