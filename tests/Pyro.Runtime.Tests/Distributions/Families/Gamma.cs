using Pyro.Distributions;
using Pyro.Kernels.Densities;
using static Pyro.Runtime.Tests.Distributions.Arguments;

namespace Pyro.Runtime.Tests.Distributions.Families;

internal sealed class GammaFamily : IFamilyForms
{
    public IReadOnlyList<Family> Forms =>
    [
        new("Gamma", p => new Gamma(p[0], p[1]), (0.3, 5), (0.3, 4))
        {
            Reparameterized = r => new Gamma(One, One, r),
            Static = new([2, Pair])
            {
                Make = p => new Gamma(p[0], p[1]),
                LogProb = (x, p) => Gamma.LogProb(x, p[0], p[1]),
                LogPdf = (x, p) => Gamma.LogPdf(x, p[0], p[1]),
                Sample = (p, g) => Gamma.Sample(p[0], p[1], g),
            },
            Edges = [Edge.Positive, Edge.Scale],
            Between = ([2.3, 0.8], [1.4, 1.7]),
            ByName = p => new Gamma(p("alpha"), p("beta")),
            Exact = new() { Operations = AccurateFamily.ByOperations<GammaDensity> },
        },
    ];
}
