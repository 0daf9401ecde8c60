using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Distributions.Families;

internal sealed class EmpiricalFamily : IFamilyForms
{
    public IReadOnlyList<Family> Forms =>
    [
        new("Empirical", () => new Empirical(ones(3))),
    ];
}
