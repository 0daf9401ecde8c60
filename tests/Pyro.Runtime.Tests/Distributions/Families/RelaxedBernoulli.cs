using Pyro.Distributions;
using static Pyro.Runtime.Tests.Distributions.Arguments;

namespace Pyro.Runtime.Tests.Distributions.Families;

internal sealed class RelaxedBernoulliFamily : IFamilyForms
{
    public IReadOnlyList<Family> Forms =>
    [
        new("RelaxedBernoulli", p => new RelaxedBernoulli(p[0], ps: p[1]), (0.4, 2), (0.1, 0.9))
        {
            HasMoments = false,
            Reparameterized = r => new RelaxedBernoulli(One, logits: One, reparameterized: r),
            Static = new([0.5, Pair])
            {
                Make = p => new RelaxedBernoulli(p[0], p[1]),
                LogProb = (x, p) => RelaxedBernoulli.LogProb(x, p[0], p[1]),
                LogPdf = (x, p) => RelaxedBernoulli.LogPdf(x, p[0], p[1]),
                Sample = (p, g) => RelaxedBernoulli.Sample(p[0], p[1], generator: g),
            },
            Edges = [Edge.Positive, Edge.Unit],
            Exact = new(p => new RelaxedBernoulli(p[0], logits: p[1])),
        },
    ];
}
