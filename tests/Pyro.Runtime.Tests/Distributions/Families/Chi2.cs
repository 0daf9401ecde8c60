using Pyro.Distributions;
using static Pyro.Runtime.Tests.Distributions.Arguments;

namespace Pyro.Runtime.Tests.Distributions.Families;

internal sealed class Chi2Family : IFamilyForms
{
    public IReadOnlyList<Family> Forms =>
    [
        new("Chi2", p => new Chi2(p[0]), (0.5, 9))
        {
            Reparameterized = r => new Chi2(One, r),
            Static = new([Pair])
            {
                Make = p => new Chi2(p[0]),
                LogProb = (x, p) => Chi2.LogProb(x, p[0]),
                LogPdf = (x, p) => Chi2.LogPdf(x, p[0]),
                Sample = (p, g) => Chi2.Sample(p[0], g),
            },
            Edges = [Edge.Positive],
            Between = ([2.3], [4.1]),
            Exact = new(),
        },
    ];
}
