using Pyro.Distributions;
using static TorchSharp.torch;
using static Pyro.Runtime.Tests.Distributions.Arguments;

namespace Pyro.Runtime.Tests.Distributions.Families;

internal sealed class LowRankMultivariateNormalFamily : IFamilyForms
{
    public IReadOnlyList<Family> Forms =>
    [
        new("LowRankMultivariateNormal", () => new LowRankMultivariateNormal(zeros(2), ones(2, 1), ones(2)))
        {
            Reparameterized = r => new LowRankMultivariateNormal(Ones, Identity, Ones, r),
            Static = new([Mean, Mean.exp()])
            {
                Make = p => new LowRankMultivariateNormal(p[0], Factor, p[1]),
                LogProb = (x, p) => LowRankMultivariateNormal.LogProb(x, p[0], Factor, p[1]),
                LogPdf = (x, p) => LowRankMultivariateNormal.LogPdf(x, p[0], Factor, p[1]),
                Sample = (p, g) => LowRankMultivariateNormal.Sample(p[0], Factor, p[1], g),
            },
            Exact = new(p => new LowRankMultivariateNormal(stack([p[0], p[1]], -1), stack([p[2], p[3]], -1).unsqueeze(-1), stack([p[4], p[5]], -1)))
            {
                Values = 2,
            },
        },
    ];
}
