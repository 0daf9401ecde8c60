using Pyro.Distributions;
using static Pyro.Runtime.Tests.Distributions.Arguments;

namespace Pyro.Runtime.Tests.Distributions.Families;

internal sealed class GeometricFamily : IFamilyForms
{
    public IReadOnlyList<Family> Forms =>
    [
        new("Geometric", p => new Geometric(ps: p[0]), (0.05, 0.95))
        {
            Static = new([Pair])
            {
                Make = p => new Geometric(p[0]),
                LogProb = (x, p) => Geometric.LogProb(x, p[0]),
                LogPdf = (x, p) => Geometric.LogPdf(x, p[0]),
                Sample = (p, g) => Geometric.Sample(p[0], generator: g),
            },
            Edges = [Edge.Unit],
            Between = ([0.3], [0.6]),
            Exact = new(),
        },
        new("Geometric (logits)", p => new Geometric(logits: p[0]), (-2, 3))
        {
            Edges = [Edge.Logits],
            Exact = new(),
        },
    ];
}
