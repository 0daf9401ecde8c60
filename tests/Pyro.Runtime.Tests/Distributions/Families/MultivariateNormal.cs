using Pyro.Distributions;
using static TorchSharp.torch;
using static Pyro.Runtime.Tests.Distributions.Arguments;

namespace Pyro.Runtime.Tests.Distributions.Families;

internal sealed class MultivariateNormalFamily : IFamilyForms
{
    public IReadOnlyList<Family> Forms =>
    [
        new("MultivariateNormal", () => new MultivariateNormal(zeros(2), covariance: eye(2)))
        {
            Reparameterized = r => new MultivariateNormal(Ones, scaleTril: Identity, reparameterized: r),
            Static = new([Mean])
            {
                Make = p => new MultivariateNormal(p[0], scaleTril: Factor),
                LogProb = (x, p) => MultivariateNormal.LogProb(x, p[0], Factor),
                LogPdf = (x, p) => MultivariateNormal.LogPdf(x, p[0], Factor),
                Sample = (p, g) => MultivariateNormal.Sample(p[0], Factor, g),
            },
            ByName = p => new MultivariateNormal(p("mu"), covariance: p("covariance")),
            Exact = new(p => new MultivariateNormal( stack([p[0], p[1]], -1), scaleTril: stack([stack([p[2], p[2].zeros_like()], -1), stack([p[3], p[4]], -1)], -2)))
            {
                Values = 2,
            },
        },
    ];
}
