using Pyro.Distributions;
using Pyro.Kernels.Densities;
using static Pyro.Runtime.Tests.Distributions.Arguments;

namespace Pyro.Runtime.Tests.Distributions.Families;

internal sealed class CauchyFamily : IFamilyForms
{
    public IReadOnlyList<Family> Forms =>
    [
        new("Cauchy", p => new Cauchy(p[0], p[1]), (-2, 2), (0.3, 3))
        {
            HasMoments = false,
            Reparameterized = r => new Cauchy(One, One, r),
            Static = new([0, Pair])
            {
                Make = p => new Cauchy(p[0], p[1]),
                LogProb = (x, p) => Cauchy.LogProb(x, p[0], p[1]),
                LogPdf = (x, p) => Cauchy.LogPdf(x, p[0], p[1]),
                Sample = (p, g) => Cauchy.Sample(p[0], p[1], g),
            },
            Edges = [Edge.Real, Edge.Scale],
            Between = ([0.3, 0.8], [-0.4, 1.7]),
            ByName = p => new Cauchy(p("mu"), p("gamma")),
            Exact = new() { Operations = AccurateFamily.ByOperations<CauchyDensity> },
        },
    ];
}
