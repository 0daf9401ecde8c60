using System.Numerics;
using System.Runtime.CompilerServices;

namespace Pyro.Kernels;

/// <summary>
/// What densities of many terms are made of, as calls. A method may inline so much and no more: past that every addition of registers would be a call.
/// </summary>
internal static class Calls
{
    /// <summary>The peak of z, its slope, and ln z; 0, −ψ(1) and 0 where z is 0.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Vector<T> Peak<T>(Vector<T> z, out Vector<T> log, out Vector<T> slope)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        log = Lanes.Log(Lanes.Where(Vector.Equals(z, Vector<T>.Zero), Vector<T>.One, z));
        return GammaLanes.Peak(z, log, out slope);
    }

    /// <inheritdoc cref="Lanes.Deviance{T}(Vector{T}, Vector{T}, Vector{T}, out Vector{T})"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Vector<T> Deviance<T>(Vector<T> cell, Vector<T> mean, Vector<T> apart, out Vector<T> log)
        where T : unmanaged, IFloatingPointIeee754<T> => Lanes.Deviance(cell, mean, apart, out log);
}
