using Pyro.Distributions;
using Pyro.Kernels.Rows;
using static TorchSharp.torch;
using static Pyro.Runtime.Tests.Distributions.Arguments;

namespace Pyro.Runtime.Tests.Distributions.Families;

internal sealed class CategoricalFamily : IFamilyForms
{
    public IReadOnlyList<Family> Forms =>
    [
        new("Categorical", () => new Categorical(ps: ones(2) / 2))
        {
            Static = new([Ps])
            {
                Make = p => new Categorical(p[0]),
                LogProb = (x, p) => Categorical.LogProb(x, p[0]),
                LogPdf = (x, p) => Categorical.LogPdf(x, p[0]),
                Sample = (p, g) => Categorical.Sample(p[0], generator: g),
            },
            ByName = p => new Categorical(ps: p("ps")),
            Exact = new(p => new Categorical(ps: stack(p, -1)))
            {
                Operations = a => CategoricalDensity<ByIndex>.Operations([a[0], stack(a[1..], -1)]),
            },
        },
        new("Categorical (logits)", () => new Categorical(logits: zeros(2)))
        {
            Static = new([Ps])
            {
                Make = p => new Categorical(logits: p[0]),
                LogProb = (x, p) => Categorical.LogProb(x, null, p[0]),
                LogPdf = (x, p) => Categorical.LogPdf(x, null, p[0]),
                Sample = (p, g) => Categorical.Sample(null, p[0], g),
            },
            Exact = new(p => new Categorical(logits: stack(p, -1)))
            {
                Operations = a => CategoricalLogitsDensity<ByIndex>.Operations([a[0], stack(a[1..], -1)]),
            },
        },
    ];
}
