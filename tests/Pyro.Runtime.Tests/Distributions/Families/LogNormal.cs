using Pyro.Distributions;
using Pyro.Kernels.Densities;
using static Pyro.Runtime.Tests.Distributions.Arguments;

namespace Pyro.Runtime.Tests.Distributions.Families;

internal sealed class LogNormalFamily : IFamilyForms
{
    public IReadOnlyList<Family> Forms =>
    [
        new("LogNormal", p => new LogNormal(p[0], p[1]), (-1, 1), (0.2, 0.8))
        {
            Reparameterized = r => new LogNormal(One, One, r),
            Static = new([0, Pair])
            {
                Make = p => new LogNormal(p[0], p[1]),
                LogProb = (x, p) => LogNormal.LogProb(x, p[0], p[1]),
                LogPdf = (x, p) => LogNormal.LogPdf(x, p[0], p[1]),
                Sample = (p, g) => LogNormal.Sample(p[0], p[1], g),
            },
            Edges = [Edge.Real, Edge.Scale],
            Between = ([0.3, 0.8], [-0.4, 1.7]),
            ByName = p => new LogNormal(p("mu"), p("sigma")),
            Exact = new() { Operations = AccurateFamily.ByOperations<LogNormalDensity> },
        },
    ];
}
