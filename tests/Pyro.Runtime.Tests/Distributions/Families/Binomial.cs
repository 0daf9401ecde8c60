using Pyro.Distributions;
using Pyro.Kernels.Densities;
using static Pyro.Runtime.Tests.Distributions.Arguments;

namespace Pyro.Runtime.Tests.Distributions.Families;

internal sealed class BinomialFamily : IFamilyForms
{
    public IReadOnlyList<Family> Forms =>
    [
        new("Binomial", p => new Binomial(7, ps: p[0]), (0.05, 0.95))
        {
            Static = new([5, Pair])
            {
                Make = p => new Binomial(p[0], p[1]),
                LogProb = (x, p) => Binomial.LogProb(x, p[0], p[1]),
                LogPdf = (x, p) => Binomial.LogPdf(x, p[0], p[1]),
                Sample = (p, g) => Binomial.Sample(p[0], p[1], generator: g),
            },
            Whole = p => new Binomial(p[0].detach(), ps: p[1]),
            Edges = [Edge.Count, Edge.Unit],
            Between = ([0.3], [0.6]),
            ByName = p => new Binomial(p("n"), ps: p("ps")),
            Exact = new()
            {
                Operations = AccurateFamily.ByOperations<BinomialDensity>,
                Divergence = p => Kl.Divergence(new Binomial(p[2], ps: p[0]), new Binomial(p[2], ps: p[1])),
            },
        },
        new("Binomial (logits)", p => new Binomial(7, logits: p[0]), (-3, 3))
        {
            Whole = p => new Binomial(p[0].detach(), logits: p[1]),
            Edges = [Edge.Count, Edge.Logits],
            Exact = new() { Operations = AccurateFamily.ByOperations<BinomialLogitsDensity> },
        },
    ];
}
