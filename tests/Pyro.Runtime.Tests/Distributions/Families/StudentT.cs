using Pyro.Distributions;
using Pyro.Kernels.Densities;
using static Pyro.Runtime.Tests.Distributions.Arguments;

namespace Pyro.Runtime.Tests.Distributions.Families;

internal sealed class StudentTFamily : IFamilyForms
{
    public IReadOnlyList<Family> Forms =>
    [
        new("StudentT", p => new StudentT(p[0], p[1], p[2]), (6, 12), (-2, 2), (0.3, 2))
        {
            Reparameterized = r => new StudentT(Three, One, One, r),
            Static = new([3, 0, Pair])
            {
                Make = p => new StudentT(p[0], p[1], p[2]),
                LogProb = (x, p) => StudentT.LogProb(x, p[0], p[1], p[2]),
                LogPdf = (x, p) => StudentT.LogPdf(x, p[0], p[1], p[2]),
                Sample = (p, g) => StudentT.Sample(p[0], p[1], p[2], g),
            },
            Edges = [Edge.Positive, Edge.Real, Edge.Scale],
            ByName = p => new StudentT(p("df"), p("mu"), p("sigma")),
            Exact = new() { Operations = AccurateFamily.ByOperations<StudentTDensity> },
        },
    ];
}
