using Pyro.Distributions;
using Pyro.Kernels.Densities;
using static Pyro.Runtime.Tests.Distributions.Arguments;

namespace Pyro.Runtime.Tests.Distributions.Families;

internal sealed class BetaFamily : IFamilyForms
{
    public IReadOnlyList<Family> Forms =>
    [
        new("Beta", p => new Beta(p[0], p[1]), (0.3, 5), (0.3, 5))
        {
            Reparameterized = r => new Beta(One, One, r),
            Static = new([Pair, 2])
            {
                Make = p => new Beta(p[0], p[1]),
                LogProb = (x, p) => Beta.LogProb(x, p[0], p[1]),
                LogPdf = (x, p) => Beta.LogPdf(x, p[0], p[1]),
                Sample = (p, g) => Beta.Sample(p[0], p[1], g),
            },
            Edges = [Edge.Positive, Edge.Positive],
            Between = ([2.3, 1.8], [1.4, 3.7]),
            ByName = p => new Beta(p("alpha"), p("beta")),
            Exact = new() { Operations = AccurateFamily.ByOperations<BetaDensity>, Beside = true },
        },
    ];
}
