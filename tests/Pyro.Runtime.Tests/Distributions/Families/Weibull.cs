using Pyro.Distributions;
using Pyro.Kernels.Densities;
using static Pyro.Runtime.Tests.Distributions.Arguments;

namespace Pyro.Runtime.Tests.Distributions.Families;

internal sealed class WeibullFamily : IFamilyForms
{
    public IReadOnlyList<Family> Forms =>
    [
        new("Weibull", p => new Weibull(p[0], p[1]), (0.5, 3), (0.7, 3))
        {
            Reparameterized = r => new Weibull(One, One, r),
            Static = new([1, Pair])
            {
                Make = p => new Weibull(p[0], p[1]),
                LogProb = (x, p) => Weibull.LogProb(x, p[0], p[1]),
                LogPdf = (x, p) => Weibull.LogPdf(x, p[0], p[1]),
                Sample = (p, g) => Weibull.Sample(p[0], p[1], g),
            },
            Edges = [Edge.Scale, Edge.Positive],
            Between = ([1.3, 0.8], [0.9, 1.7]),
            Exact = new() { Operations = AccurateFamily.ByOperations<WeibullDensity> },
        },
    ];
}
