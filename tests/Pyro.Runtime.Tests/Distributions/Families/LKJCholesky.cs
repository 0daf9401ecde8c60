using Pyro.Distributions;
using static TorchSharp.torch;
using static Pyro.Runtime.Tests.Distributions.Arguments;

namespace Pyro.Runtime.Tests.Distributions.Families;

internal sealed class LKJCholeskyFamily : IFamilyForms
{
    public IReadOnlyList<Family> Forms =>
    [
        new("LKJCholesky", () => new LKJCholesky(2, 1))
        {
            Reparameterized = r => new LKJCholesky(2, One, r),
            Static = new([Pair])
            {
                Make = p => new LKJCholesky(3, p[0]),
                LogProb = (x, p) => LKJCholesky.LogProb(x, p[0]),
                LogPdf = (x, p) => LKJCholesky.LogPdf(x, p[0]),
                Sample = (p, g) => LKJCholesky.Sample(3, p[0], g),
            },
            Exact = new(p => new LKJCholesky(3, p[0])) { Values = 2, Value = Correlated },
        },
    ];

    // A factor of a correlation matrix of 3 by 3 from the second and the third element of its diagonal.
    private static Tensor Correlated(Tensor[] diagonal)
    {
        var (u, v, none) = (diagonal[0], diagonal[1], diagonal[0].zeros_like());
        var (first, second) = ((1 - u.square()).sqrt(), (1 - v.square()).sqrt());
        return stack([stack([none + 1, none, none], -1), stack([first, u, none], -1), stack([second, none, v], -1)], -2);
    }
}
