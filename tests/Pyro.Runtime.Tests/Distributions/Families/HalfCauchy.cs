using Pyro.Distributions;
using Pyro.Kernels.Densities;
using static Pyro.Runtime.Tests.Distributions.Arguments;

namespace Pyro.Runtime.Tests.Distributions.Families;

internal sealed class HalfCauchyFamily : IFamilyForms
{
    public IReadOnlyList<Family> Forms =>
    [
        new("HalfCauchy", p => new HalfCauchy(p[0], p[1]), (-2, 2), (0.3, 3))
        {
            HasMoments = false,
            Reparameterized = r => new HalfCauchy(One, One, r),
            Static = new([0, Pair])
            {
                Make = p => new HalfCauchy(p[0], p[1]),
                LogProb = (x, p) => HalfCauchy.LogProb(x, p[0], p[1]),
                LogPdf = (x, p) => HalfCauchy.LogPdf(x, p[0], p[1]),
                Sample = (p, g) => HalfCauchy.Sample(p[0], p[1], g),
            },
            Edges = [Edge.Real, Edge.Scale],
            ByName = p => new HalfCauchy(p("mu"), p("gamma")),
            Exact = new() { Operations = AccurateFamily.ByOperations<HalfCauchyDensity> },
        },
    ];
}
