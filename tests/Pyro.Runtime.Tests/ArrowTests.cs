using Pyro.Distributions;
using Pyro.Testing;

namespace Pyro.Runtime.Tests;

/// <summary>Which rooms of the runtime know which. A new arrow is a decision: it is written here, or is not drawn.</summary>
public class ArrowTests
{
    // Some still point both ways: programs, handlers and traces are one knot, and kernels take the helpers of distributions.
    private static readonly string[] _arrows =
    [
        "Checks: Distributions",
        "Distributions: Checks Kernels Nn",
        "Files: Distributions",
        "Infer: Distributions Files Kernels Optim Params Poutines Programs Traces",
        "Kernels: Distributions",
        "Optim: Distributions Files Params",
        "Params: Distributions Files Programs Traces",
        "Poutines: Distributions Kernels Params Programs Traces",
        "Programs: Checks Distributions Kernels Nn Params Poutines Traces",
        "Traces: Distributions Files Kernels Params Poutines Programs",
    ];

    [Test]
    public void Rooms_OfTheRuntime_KnowWhatIsSaidHere()
    {
        var arrows = Arrows.Between(typeof(Distribution).Assembly, type => type.Namespace?.Split('.') is ["Pyro", var room, ..] ? room : null);
        Assert.That(arrows.Keys.GroupBy(arrow => arrow.From).OrderBy(from => from.Key).Select(from => $"{from.Key}: {string.Join(" ", from.Select(arrow => arrow.To).Order())}"), Is.EqualTo(_arrows));
    }
}
