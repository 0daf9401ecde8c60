using System.Numerics;
using System.Runtime.InteropServices;

namespace Pyro.Optim;

/// <summary>One step of Adam over numbers in host memory, in one pass.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="beta1">The decay of the gradient's mean.</param>
/// <param name="beta2">The decay of its square's mean.</param>
/// <param name="rate">The step size, with the first mean's bias correction in it.</param>
/// <param name="correction">1 / √(1 − β₂ᵗ).</param>
/// <param name="eps">What keeps the divisor away from zero.</param>
/// <param name="weightDecay">The weight of the L2 penalty in the gradient.</param>
internal readonly struct AdamUpdate<T>(T beta1, T beta2, T rate, T correction, T eps, T weightDecay)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public void Apply(Span<byte> parameter, ReadOnlySpan<byte> gradient, Span<byte> mean, Span<byte> square) =>
        Apply(MemoryMarshal.Cast<byte, T>(parameter), MemoryMarshal.Cast<byte, T>(gradient), MemoryMarshal.Cast<byte, T>(mean),
            MemoryMarshal.Cast<byte, T>(square));

    private void Apply(Span<T> p, ReadOnlySpan<T> g, Span<T> m, Span<T> v)
    {
        var i = 0;
        if (p.Length >= Vector<T>.Count)
        {
            var (one, decay, step, scale, least, penalty) = (Vector<T>.One, new Vector<T>(beta1), new Vector<T>(rate), new Vector<T>(correction),
                new Vector<T>(eps), new Vector<T>(weightDecay));
            var decay2 = new Vector<T>(beta2);
            for (; i <= p.Length - Vector<T>.Count; i += Vector<T>.Count)
            {
                var x = new Vector<T>(p[i..]);
                var d = new Vector<T>(g[i..]) + penalty * x;
                var a = decay * new Vector<T>(m[i..]) + (one - decay) * d;
                var b = decay2 * new Vector<T>(v[i..]) + (one - decay2) * d * d;
                a.CopyTo(m[i..]);
                b.CopyTo(v[i..]);
                (x - step * a / (Vector.SquareRoot(b) * scale + least)).CopyTo(p[i..]);
            }
        }
        for (; i < p.Length; i++)
        {
            var d = g[i] + weightDecay * p[i];
            m[i] = beta1 * m[i] + (T.One - beta1) * d;
            v[i] = beta2 * v[i] + (T.One - beta2) * d * d;
            p[i] -= rate * m[i] / (T.Sqrt(v[i]) * correction + eps);
        }
    }
}
