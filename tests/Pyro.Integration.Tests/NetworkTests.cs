using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pyro.Integration.Tests;

/// <summary>A network as TorchSharp's users write it; the generator writes what it registers.</summary>
internal sealed partial class Network : nn.Module<Tensor, Tensor>
{
    private readonly Linear hidden = nn.Linear(3, 4);
    private readonly nn.Module<Tensor, Tensor> activation = nn.Tanh();
    private readonly Parameter scale = nn.Parameter(ones(1));
    private readonly Tensor shift = nn.Parameter(zeros(1));
    private readonly Tensor offset = zeros(1);

    internal Network()
        : base(nameof(Network))
    {
        Output = nn.Linear(4, 1);
        RegisterComponents();
        RegisterComponents();
    }

    private Linear Output { get; }

    public override Tensor forward(Tensor input) => (Output.call(activation.call(hidden.call(input))) * scale) + shift + offset;
}

public class NetworkTests
{
    [Test]
    public void Fields_and_properties_are_registered_once()
    {
        using var network = new Network();
        Assert.That(network.named_children().Select(item => item.name), Is.EqualTo(["hidden", "activation", "Output"]));
        Assert.That(network.named_parameters().Select(item => item.name), Is.EqualTo(["scale", "shift", "hidden.weight", "hidden.bias", "Output.weight", "Output.bias"]));
        Assert.That(network.named_buffers().Select(item => item.name), Is.EqualTo(["offset"]));
    }

    [Test]
    public void What_is_registered_learns()
    {
        using var scope = NewDisposeScope();
        using var network = new Network();
        network.call(ones(2, 3)).sum().backward();
        Assert.That(network.parameters().Select(parameter => parameter.grad), Has.All.Not.Null);
    }
}
