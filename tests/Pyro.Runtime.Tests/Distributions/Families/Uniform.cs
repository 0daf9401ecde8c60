using Pyro.Distributions;
using Pyro.Kernels.Densities;
using static Pyro.Runtime.Tests.Distributions.Arguments;

namespace Pyro.Runtime.Tests.Distributions.Families;

internal sealed class UniformFamily : IFamilyForms
{
    public IReadOnlyList<Family> Forms =>
    [
        new("Uniform", p => new Uniform(p[0], p[1]), (-2, 0), (0.5, 3))
        {
            Reparameterized = r => new Uniform(One, Three, r),
            Static = new([0, Pair])
            {
                Make = p => new Uniform(p[0], p[1]),
                LogProb = (x, p) => Uniform.LogProb(x, p[0], p[1]),
                LogPdf = (x, p) => Uniform.LogPdf(x, p[0], p[1]),
                Sample = (p, g) => Uniform.Sample(p[0], p[1], g),
            },
            Edges = [Edge.Real, [1, 1e4, 1e30]],
            AtEdges = p => new Uniform(p[0], p[0].abs() * 2 + p[1]),
            Between = ([0, 1], [-1, 2.5]),
            ByName = p => new Uniform(p("a"), p("b")),
            Exact = new() { Operations = AccurateFamily.ByOperations<UniformDensity> },
        },
    ];
}
