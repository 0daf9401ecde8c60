using Pyro.Distributions;
using Pyro.Kernels.Densities;
using static Pyro.Runtime.Tests.Distributions.Arguments;

namespace Pyro.Runtime.Tests.Distributions.Families;

internal sealed class NormalFamily : IFamilyForms
{
    public IReadOnlyList<Family> Forms =>
    [
        new("Normal", p => new Normal(p[0], p[1]), (-3, 3), (0.2, 3))
        {
            Reparameterized = r => new Normal(One, One, r),
            Static = new([0, Pair])
            {
                Make = p => new Normal(p[0], p[1]),
                LogProb = (x, p) => Normal.LogProb(x, p[0], p[1]),
                LogPdf = (x, p) => Normal.LogPdf(x, p[0], p[1]),
                Sample = (p, g) => Normal.Sample(p[0], p[1], g),
            },
            Edges = [Edge.Real, Edge.Scale],
            Between = ([0.3, 0.8], [-0.4, 1.7]),
            ByName = p => new Normal(p("mu"), p("sigma")),
            Exact = new() { Operations = AccurateFamily.ByOperations<NormalDensity> },
        },
    ];
}
