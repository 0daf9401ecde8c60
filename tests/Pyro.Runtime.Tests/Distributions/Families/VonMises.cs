using Pyro.Distributions;
using Pyro.Kernels.Densities;
using static Pyro.Runtime.Tests.Distributions.Arguments;

namespace Pyro.Runtime.Tests.Distributions.Families;

internal sealed class VonMisesFamily : IFamilyForms
{
    public IReadOnlyList<Family> Forms =>
    [
        new("VonMises", p => new VonMises(p[0], p[1]), (-3, 3), (0.3, 9))
        {
            HasMoments = false,
            Static = new([0, Pair])
            {
                Make = p => new VonMises(p[0], p[1]),
                LogProb = (x, p) => VonMises.LogProb(x, p[0], p[1]),
                LogPdf = (x, p) => VonMises.LogPdf(x, p[0], p[1]),
                Sample = (p, g) => VonMises.Sample(p[0], p[1], g),
            },
            Edges = [Edge.Real, Edge.Scale],
            Between = ([0.3, 0.8], [-1.4, 2.7]),
            Exact = new() { Operations = AccurateFamily.ByOperations<VonMisesDensity> },
        },
    ];
}
