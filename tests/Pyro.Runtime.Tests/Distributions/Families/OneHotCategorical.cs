using Pyro.Distributions;
using Pyro.Kernels.Rows;
using static TorchSharp.torch;
using static Pyro.Runtime.Tests.Distributions.Arguments;

namespace Pyro.Runtime.Tests.Distributions.Families;

internal sealed class OneHotCategoricalFamily : IFamilyForms
{
    public IReadOnlyList<Family> Forms =>
    [
        new("OneHotCategorical", () => new OneHotCategorical(ps: ones(2) / 2))
        {
            Static = new([Ps])
            {
                Make = p => new OneHotCategorical(p[0]),
                LogProb = (x, p) => OneHotCategorical.LogProb(x, p[0]),
                LogPdf = (x, p) => OneHotCategorical.LogPdf(x, p[0]),
                Sample = (p, g) => OneHotCategorical.Sample(p[0], generator: g),
            },
            Exact = new(p => new OneHotCategorical(ps: stack(p, -1)))
            {
                Values = 3,
                Operations = a => CategoricalDensity<ByRow>.Operations([stack(a[..3], -1), stack(a[3..], -1)]),
            },
        },
        new("OneHotCategorical (logits)", () => new OneHotCategorical(logits: zeros(2)))
        {
            Exact = new(p => new OneHotCategorical(logits: stack(p, -1)))
            {
                Values = 3,
                Operations = a => CategoricalLogitsDensity<ByRow>.Operations([stack(a[..3], -1), stack(a[3..], -1)]),
            },
        },
    ];
}
