using Pyro.Distributions;

namespace Pyro.Runtime.Tests.Distributions.Families;

internal sealed class ZeroInflatedFamily : IFamilyForms
{
    public IReadOnlyList<Family> Forms =>
    [
        new("ZeroInflated", () => new ZeroInflated(new Poisson(1), 0.5))
        {
            Exact = new(p => new ZeroInflated(new Poisson(p[1]), p[0])),
        },
    ];
}
