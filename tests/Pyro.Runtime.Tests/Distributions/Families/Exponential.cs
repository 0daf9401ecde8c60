using Pyro.Distributions;
using Pyro.Kernels.Densities;
using static Pyro.Runtime.Tests.Distributions.Arguments;

namespace Pyro.Runtime.Tests.Distributions.Families;

internal sealed class ExponentialFamily : IFamilyForms
{
    public IReadOnlyList<Family> Forms =>
    [
        new("Exponential", p => new Exponential(p[0]), (0.3, 4))
        {
            Reparameterized = r => new Exponential(One, r),
            Static = new([Pair])
            {
                Make = p => new Exponential(p[0]),
                LogProb = (x, p) => Exponential.LogProb(x, p[0]),
                LogPdf = (x, p) => Exponential.LogPdf(x, p[0]),
                Sample = (p, g) => Exponential.Sample(p[0], g),
            },
            Edges = [Edge.Scale],
            Between = ([2.3], [0.9]),
            ByName = p => new Exponential(p("lam")),
            Exact = new() { Operations = AccurateFamily.ByOperations<ExponentialDensity> },
        },
    ];
}
