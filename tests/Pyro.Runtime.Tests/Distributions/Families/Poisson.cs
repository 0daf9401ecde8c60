using Pyro.Distributions;
using Pyro.Kernels.Densities;
using static Pyro.Runtime.Tests.Distributions.Arguments;

namespace Pyro.Runtime.Tests.Distributions.Families;

internal sealed class PoissonFamily : IFamilyForms
{
    public IReadOnlyList<Family> Forms =>
    [
        new("Poisson", p => new Poisson(p[0]), (0.1, 20))
        {
            Static = new([Pair])
            {
                Make = p => new Poisson(p[0]),
                LogProb = (x, p) => Poisson.LogProb(x, p[0]),
                LogPdf = (x, p) => Poisson.LogPdf(x, p[0]),
                Sample = (p, g) => Poisson.Sample(p[0], g),
            },
            Edges = [[0, .. Edge.Scale]],
            Between = ([2.3], [4.1]),
            ByName = p => new Poisson(p("lam")),
            Exact = new() { Operations = AccurateFamily.ByOperations<PoissonDensity> },
        },
    ];
}
