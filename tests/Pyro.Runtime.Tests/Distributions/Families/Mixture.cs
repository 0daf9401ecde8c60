using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Distributions.Families;

internal sealed class MixtureFamily : IFamilyForms
{
    public IReadOnlyList<Family> Forms =>
    [
        new("Mixture", () => new Mixture(new Normal(zeros(2), 1), ps: ones(2) / 2))
        {
            Exact = new(p => new Mixture(new Normal(stack([p[1], p[3]], -1), stack([p[2], p[4]], -1)), ps: stack([p[0], 1 - p[0]], -1))),
        },
    ];
}
