using Pyro.Distributions;
using Pyro.Kernels.Densities;
using static Pyro.Runtime.Tests.Distributions.Arguments;

namespace Pyro.Runtime.Tests.Distributions.Families;

internal sealed class NegativeBinomialFamily : IFamilyForms
{
    public IReadOnlyList<Family> Forms =>
    [
        new("NegativeBinomial", p => new NegativeBinomial(p[0], ps: p[1]), (0.5, 6), (0.1, 0.8))
        {
            Static = new([2, Pair])
            {
                Make = p => new NegativeBinomial(p[0], p[1]),
                LogProb = (x, p) => NegativeBinomial.LogProb(x, p[0], p[1]),
                LogPdf = (x, p) => NegativeBinomial.LogPdf(x, p[0], p[1]),
                Sample = (p, g) => NegativeBinomial.Sample(p[0], p[1], generator: g),
            },
            Edges = [Edge.Positive, Edge.Unit],
            Between = ([2.5, 0.3], [2.5, 0.6]),
            Exact = new()
            {
                Operations = AccurateFamily.ByOperations<NegativeBinomialDensity>,
                Divergence = p => Kl.Divergence(new NegativeBinomial(p[2], ps: p[0]), new NegativeBinomial(p[2], ps: p[1])),
            },
        },
        new("NegativeBinomial (logits)", p => new NegativeBinomial(p[0], logits: p[1]), (0.5, 6), (-2, 1))
        {
            Edges = [Edge.Positive, Edge.Logits],
            Exact = new() { Operations = AccurateFamily.ByOperations<NegativeBinomialLogitsDensity> },
        },
    ];
}
