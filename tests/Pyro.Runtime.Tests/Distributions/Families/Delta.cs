using Pyro.Distributions;
using Pyro.Kernels.Densities;
using static Pyro.Runtime.Tests.Distributions.Arguments;

namespace Pyro.Runtime.Tests.Distributions.Families;

internal sealed class DeltaFamily : IFamilyForms
{
    public IReadOnlyList<Family> Forms =>
    [
        new("Delta", () => new Delta(0))
        {
            Static = new([Pair])
            {
                Make = p => new Delta(p[0]),
                LogProb = (x, p) => Delta.LogProb(x, p[0]),
                LogPdf = (x, p) => Delta.LogPdf(x, p[0]),
                Sample = (p, g) => Delta.Sample(p[0], g),
            },
            Exact = new(p => new Delta(p[0])) { Operations = AccurateFamily.ByOperations<DeltaDensity> },
        },
    ];
}
