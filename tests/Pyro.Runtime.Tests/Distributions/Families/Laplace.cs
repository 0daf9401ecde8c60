using Pyro.Distributions;
using Pyro.Kernels.Densities;
using static Pyro.Runtime.Tests.Distributions.Arguments;

namespace Pyro.Runtime.Tests.Distributions.Families;

internal sealed class LaplaceFamily : IFamilyForms
{
    public IReadOnlyList<Family> Forms =>
    [
        new("Laplace", p => new Laplace(p[0], p[1]), (-2, 2), (0.3, 3))
        {
            Reparameterized = r => new Laplace(One, One, r),
            Static = new([0, Pair])
            {
                Make = p => new Laplace(p[0], p[1]),
                LogProb = (x, p) => Laplace.LogProb(x, p[0], p[1]),
                LogPdf = (x, p) => Laplace.LogPdf(x, p[0], p[1]),
                Sample = (p, g) => Laplace.Sample(p[0], p[1], g),
            },
            Edges = [Edge.Real, Edge.Scale],
            Between = ([0.3, 0.8], [-0.4, 1.7]),
            ByName = p => new Laplace(p("mu"), p("scale")),
            Exact = new() { Operations = AccurateFamily.ByOperations<LaplaceDensity> },
        },
    ];
}
