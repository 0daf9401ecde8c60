using Pyro.Distributions;
using Pyro.Kernels.Densities;
using static Pyro.Runtime.Tests.Distributions.Arguments;

namespace Pyro.Runtime.Tests.Distributions.Families;

internal sealed class BetaBinomialFamily : IFamilyForms
{
    public IReadOnlyList<Family> Forms =>
    [
        new("BetaBinomial", p => new BetaBinomial(p[0], p[1], 9), (0.3, 5), (0.3, 5))
        {
            Static = new([Pair, 2, 5])
            {
                Make = p => new BetaBinomial(p[0], p[1], p[2]),
                LogProb = (x, p) => BetaBinomial.LogProb(x, p[0], p[1], p[2]),
                LogPdf = (x, p) => BetaBinomial.LogPdf(x, p[0], p[1], p[2]),
                Sample = (p, g) => BetaBinomial.Sample(p[0], p[1], p[2], g),
            },
            Whole = p => new BetaBinomial(p[0], p[1], p[2].detach()),
            Edges = [Edge.Positive, Edge.Positive, Edge.Count],
            Between = ([0.7, 1.3], [2, 3]),
            Exact = new() { Operations = AccurateFamily.ByOperations<BetaBinomialDensity>, Beside = true },
        },
    ];
}
