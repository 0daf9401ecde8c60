using Pyro.Distributions;
using static Pyro.Runtime.Tests.Distributions.Arguments;

namespace Pyro.Runtime.Tests.Distributions.Families;

internal sealed class ContinuousBernoulliFamily : IFamilyForms
{
    public IReadOnlyList<Family> Forms =>
    [
        new("ContinuousBernoulli", p => new ContinuousBernoulli(ps: p[0]), (0.02, 0.98))
        {
            Reparameterized = r => new ContinuousBernoulli(logits: One, reparameterized: r),
            Static = new([Pair])
            {
                Make = p => new ContinuousBernoulli(p[0]),
                LogProb = (x, p) => ContinuousBernoulli.LogProb(x, p[0]),
                LogPdf = (x, p) => ContinuousBernoulli.LogPdf(x, p[0]),
                Sample = (p, g) => ContinuousBernoulli.Sample(p[0], generator: g),
            },
            Edges = [[0.5, 1e-30, 0.999999]],
        },
        new("ContinuousBernoulli (logits)", p => new ContinuousBernoulli(logits: p[0]), (-9, 9))
        {
            Edges = [Edge.Logits],
            Exact = new(),
        },
    ];
}
