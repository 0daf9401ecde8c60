using Pyro.Distributions;
using Pyro.Kernels.Densities;
using static Pyro.Runtime.Tests.Distributions.Arguments;

namespace Pyro.Runtime.Tests.Distributions.Families;

internal sealed class GumbelFamily : IFamilyForms
{
    public IReadOnlyList<Family> Forms =>
    [
        new("Gumbel", p => new Gumbel(p[0], p[1]), (-2, 2), (0.3, 2))
        {
            Reparameterized = r => new Gumbel(One, One, r),
            Static = new([0, Pair])
            {
                Make = p => new Gumbel(p[0], p[1]),
                LogProb = (x, p) => Gumbel.LogProb(x, p[0], p[1]),
                LogPdf = (x, p) => Gumbel.LogPdf(x, p[0], p[1]),
                Sample = (p, g) => Gumbel.Sample(p[0], p[1], g),
            },
            Edges = [Edge.Real, Edge.Scale],
            Between = ([0.3, 0.8], [-0.4, 1.7]),
            Exact = new() { Operations = AccurateFamily.ByOperations<GumbelDensity> },
        },
    ];
}
