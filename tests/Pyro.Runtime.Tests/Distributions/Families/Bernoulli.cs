using Pyro.Distributions;
using Pyro.Kernels.Densities;
using static Pyro.Runtime.Tests.Distributions.Arguments;

namespace Pyro.Runtime.Tests.Distributions.Families;

internal sealed class BernoulliFamily : IFamilyForms
{
    public IReadOnlyList<Family> Forms =>
    [
        new("Bernoulli", p => new Bernoulli(ps: p[0]), (0.05, 0.95))
        {
            Static = new([Pair])
            {
                Make = p => new Bernoulli(p[0]),
                LogProb = (x, p) => Bernoulli.LogProb(x, p[0]),
                LogPdf = (x, p) => Bernoulli.LogPdf(x, p[0]),
                Sample = (p, g) => Bernoulli.Sample(p[0], generator: g),
            },
            Edges = [Edge.Unit],
            Between = ([0.3], [0.6]),
            ByName = p => new Bernoulli(ps: p("ps")),
            Exact = new() { Operations = AccurateFamily.ByOperations<BernoulliDensity> },
        },
        new("Bernoulli (logits)", p => new Bernoulli(logits: p[0]), (-3, 3))
        {
            Static = new([Pair])
            {
                Make = p => new Bernoulli(logits: p[0]),
                LogProb = (x, p) => Bernoulli.LogProb(x, null, p[0]),
                LogPdf = (x, p) => Bernoulli.LogPdf(x, null, p[0]),
                Sample = (p, g) => Bernoulli.Sample(null, p[0], g),
            },
            Edges = [Edge.Logits],
            Exact = new() { Operations = AccurateFamily.ByOperations<BernoulliLogitsDensity> },
        },
    ];
}
