using Pyro.Distributions;
using Pyro.Kernels.Rows;
using static TorchSharp.torch;
using static Pyro.Runtime.Tests.Distributions.Arguments;

namespace Pyro.Runtime.Tests.Distributions.Families;

internal sealed class MultinomialFamily : IFamilyForms
{
    public IReadOnlyList<Family> Forms =>
    [
        new("Multinomial", () => new Multinomial(3, ps: ones(2) / 2))
        {
            Static = new([5, Ps])
            {
                Make = p => new Multinomial(p[0], p[1]),
                LogProb = (x, p) => Multinomial.LogProb(x, p[0], p[1]),
                LogPdf = (x, p) => Multinomial.LogPdf(x, p[0], p[1]),
                Sample = (p, g) => Multinomial.Sample(p[0], p[1], generator: g),
            },
            ByName = p => new Multinomial(p("n"), ps: p("ps")),
            Exact = new(p => new Multinomial(p[3], ps: stack(p[..3], -1)))
            {
                Values = 3,
                AddsUp = true,
                Operations = a => MultinomialDensity.Operations([stack(a[..3], -1), stack(a[3..6], -1), a[6]]),
            },
        },
        new("Multinomial (logits)", () => new Multinomial(3, logits: zeros(2)))
        {
            Exact = new(p => new Multinomial(p[3], logits: stack(p[..3], -1)))
            {
                Values = 3,
                AddsUp = true,
                Operations = a => MultinomialLogitsDensity.Operations([stack(a[..3], -1), stack(a[3..6], -1), a[6]]),
            },
        },
    ];
}
