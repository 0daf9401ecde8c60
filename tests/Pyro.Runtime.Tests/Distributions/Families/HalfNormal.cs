using Pyro.Distributions;
using Pyro.Kernels.Densities;
using static Pyro.Runtime.Tests.Distributions.Arguments;

namespace Pyro.Runtime.Tests.Distributions.Families;

internal sealed class HalfNormalFamily : IFamilyForms
{
    public IReadOnlyList<Family> Forms =>
    [
        new("HalfNormal", p => new HalfNormal(p[0]), (0.3, 3))
        {
            Reparameterized = r => new HalfNormal(One, r),
            Static = new([Pair])
            {
                Make = p => new HalfNormal(p[0]),
                LogProb = (x, p) => HalfNormal.LogProb(x, p[0]),
                LogPdf = (x, p) => HalfNormal.LogPdf(x, p[0]),
                Sample = (p, g) => HalfNormal.Sample(p[0], g),
            },
            Edges = [Edge.Scale],
            Between = ([0.8], [1.7]),
            ByName = p => new HalfNormal(p("sigma")),
            Exact = new() { Operations = AccurateFamily.ByOperations<HalfNormalDensity> },
        },
    ];
}
