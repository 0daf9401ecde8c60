using Pyro.Distributions;
using Pyro.Kernels.Densities;
using static Pyro.Runtime.Tests.Distributions.Arguments;

namespace Pyro.Runtime.Tests.Distributions.Families;

internal sealed class InverseGammaFamily : IFamilyForms
{
    public IReadOnlyList<Family> Forms =>
    [
        new("InverseGamma", p => new InverseGamma(p[0], p[1]), (3, 8), (0.3, 4))
        {
            Reparameterized = r => new InverseGamma(One, One, r),
            Static = new([2, Pair])
            {
                Make = p => new InverseGamma(p[0], p[1]),
                LogProb = (x, p) => InverseGamma.LogProb(x, p[0], p[1]),
                LogPdf = (x, p) => InverseGamma.LogPdf(x, p[0], p[1]),
                Sample = (p, g) => InverseGamma.Sample(p[0], p[1], g),
            },
            Edges = [Edge.Positive, Edge.Scale],
            Between = ([2.3, 0.8], [1.4, 1.7]),
            Exact = new() { Operations = AccurateFamily.ByOperations<InverseGammaDensity> },
        },
    ];
}
