using Pyro.Distributions;
using Pyro.Kernels.Rows;
using static TorchSharp.torch;
using static Pyro.Runtime.Tests.Distributions.Arguments;

namespace Pyro.Runtime.Tests.Distributions.Families;

internal sealed class DirichletFamily : IFamilyForms
{
    public IReadOnlyList<Family> Forms =>
    [
        new("Dirichlet", () => new Dirichlet(ones(2)))
        {
            Reparameterized = r => new Dirichlet(Ones, r),
            Static = new([Ps])
            {
                Make = p => new Dirichlet(p[0]),
                LogProb = (x, p) => Dirichlet.LogProb(x, p[0]),
                LogPdf = (x, p) => Dirichlet.LogPdf(x, p[0]),
                Sample = (p, g) => Dirichlet.Sample(p[0], g),
            },
            ByName = p => new Dirichlet(p("alpha")),
            Exact = new(p => new Dirichlet(stack(p, -1)))
            {
                Values = 3,
                Beside = true,
                Operations = a => DirichletDensity.Operations([stack(a[..3], -1), stack(a[3..], -1)]),
            },
        },
    ];
}
