using Pyro.Distributions;
using Pyro.Kernels.Densities;
using static Pyro.Runtime.Tests.Distributions.Arguments;

namespace Pyro.Runtime.Tests.Distributions.Families;

internal sealed class LogisticFamily : IFamilyForms
{
    public IReadOnlyList<Family> Forms =>
    [
        new("Logistic", p => new Logistic(p[0], p[1]), (-2, 2), (0.3, 1.5))
        {
            Reparameterized = r => new Logistic(One, One, r),
            Static = new([0, Pair])
            {
                Make = p => new Logistic(p[0], p[1]),
                LogProb = (x, p) => Logistic.LogProb(x, p[0], p[1]),
                LogPdf = (x, p) => Logistic.LogPdf(x, p[0], p[1]),
                Sample = (p, g) => Logistic.Sample(p[0], p[1], g),
            },
            Edges = [Edge.Real, Edge.Scale],
            Exact = new() { Operations = AccurateFamily.ByOperations<LogisticDensity> },
        },
    ];
}
