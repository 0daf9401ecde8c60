using Pyro.Distributions;
using static Pyro.Runtime.Tests.Distributions.Arguments;

namespace Pyro.Runtime.Tests.Distributions.Families;

internal sealed class ParetoFamily : IFamilyForms
{
    public IReadOnlyList<Family> Forms =>
    [
        new("Pareto", p => new Pareto(p[0], p[1]), (0.5, 3), (3, 6))
        {
            Reparameterized = r => new Pareto(One, One, r),
            Static = new([1, Pair])
            {
                Make = p => new Pareto(p[0], p[1]),
                LogProb = (x, p) => Pareto.LogProb(x, p[0], p[1]),
                LogPdf = (x, p) => Pareto.LogPdf(x, p[0], p[1]),
                Sample = (p, g) => Pareto.Sample(p[0], p[1], g),
            },
            Edges = [Edge.Scale, Edge.Positive],
            Between = ([1.3, 2.8], [0.9, 1.7]),
            Exact = new(),
        },
    ];
}
