using Pyro.Distributions;
using Pyro.Distributions.Transforms;

namespace Pyro.Runtime.Tests.Distributions.Families;

internal sealed class TransformedDistributionFamily : IFamilyForms
{
    public IReadOnlyList<Family> Forms =>
    [
        new("TransformedDistribution", () => new TransformedDistribution(new Normal(0, 1), Exp.Instance))
        {
            Exact = new(p => new TransformedDistribution(new Normal(p[0], p[1]), Sigmoid.Instance)),
        },
    ];
}
