using Pyro.Distributions;
using static TorchSharp.torch;
using static Pyro.Runtime.Tests.Distributions.Arguments;

namespace Pyro.Runtime.Tests.Distributions.Families;

internal sealed class RelaxedOneHotCategoricalFamily : IFamilyForms
{
    public IReadOnlyList<Family> Forms =>
    [
        new("RelaxedOneHotCategorical", () => new RelaxedOneHotCategorical(1, ps: ones(2) / 2))
        {
            Reparameterized = r => new RelaxedOneHotCategorical(One, logits: Ones, reparameterized: r),
            Static = new([0.5, Ps])
            {
                Make = p => new RelaxedOneHotCategorical(p[0], p[1]),
                LogProb = (x, p) => RelaxedOneHotCategorical.LogProb(x, p[0], p[1]),
                LogPdf = (x, p) => RelaxedOneHotCategorical.LogPdf(x, p[0], p[1]),
                Sample = (p, g) => RelaxedOneHotCategorical.Sample(p[0], p[1], generator: g),
            },
            Exact = new(p => new RelaxedOneHotCategorical(p[0], logits: stack(p[1..], -1))) { Values = 3, OneByOne = true },
        },
    ];
}
