using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Distributions.Families;

internal sealed class CategoricalOfFamily : IFamilyForms
{
    public IReadOnlyList<Family> Forms =>
    [
        new("Categorical of values", () => new Categorical<string>(ones(2) / 2, ["a", "b"])),
    ];
}
