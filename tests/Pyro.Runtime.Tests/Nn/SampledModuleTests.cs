using Pyro.Distributions;
using Pyro.Nn;
using Pyro.Optim;
using Pyro.Infer;
using static Pyro.Primitives;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Nn;

/// <summary>What RandomModule gives can be called.</summary>
public class SampledModuleTests
{
    // The network computes the same where the values are its own parameters.
    private static void ComputesAs(nn.Module<Tensor, Tensor> net, Tensor input)
    {
        // TorchSharp's GroupNorm begins with what is in memory.
        using (no_grad())
            foreach (var (_, parameter) in net.named_parameters())
                parameter.copy_(randn(parameter.shape));
        var values = net.named_parameters().ToDictionary(item => item.name, item => (Distribution)new Delta(item.parameter.detach().clone() * 2));
        SampledModule? sampled = null;
        Runs.TraceOf(() => sampled = RandomModule("net", net, values));
        var output = sampled!.call(input).Numbers();
        Assert.That(output, Is.Not.EqualTo(net.call(input).Numbers()));
        using (no_grad())
            foreach (var (_, parameter) in net.named_parameters())
                parameter.mul_(2);
        Assert.That(output, Is.EqualTo(net.call(input).Numbers()).Within(1e-6));
        foreach (var (name, parameter) in net.named_parameters())
            Assert.That(sampled[name].Numbers(), Is.EqualTo(parameter.Numbers()));
    }

    [Test]
    public void Network_ComputesWithTheValues()
    {
        var input = randn(5, 3);
        ComputesAs(nn.Linear(3, 2), input);
        ComputesAs(nn.Linear(3, 2, hasBias: false), input);
        ComputesAs(nn.Sequential(("one", nn.Linear(3, 4)), ("act", nn.ReLU()), ("two", nn.Sequential(("inner", nn.Linear(4, 2)), ("tanh", nn.Tanh())))), input);
        ComputesAs(new MaskedLinear(tensor(new[,] { { 1f, 0, 1 }, { 0, 1, 1 } })), input);
        ComputesAs(new AutoRegressiveNN(3, 8, 2), input);
        ComputesAs(new Own(), input);
        ComputesAs(nn.PReLU(1), input);
        ComputesAs(nn.LayerNorm(3, eps: 0.1), input);
        ComputesAs(nn.LayerNorm([5, 3], bias: false), input);
        ComputesAs(nn.GroupNorm(2, 4, eps: 0.1), randn(3, 4, 5));
    }

    [Test]
    public void Convolution_ComputesWithTheValues()
    {
        var (row, image, volume) = (randn(2, 4, 9), randn(2, 4, 9, 8), randn([2, 4, 5, 6, 7]));
        ComputesAs(nn.Conv1d(4, 6, 3, stride: 2, padding: 1, dilation: 2, groups: 2), row);
        ComputesAs(nn.Conv1d(4, 6, 3, TorchSharp.Padding.Same, dilation: 2, bias: false), row);
        ComputesAs(nn.Conv2d(4, 6, (3, 2), stride: (2, 1), padding: (1, 2), dilation: (1, 2), groups: 2), image);
        ComputesAs(nn.Conv2d(4, 6, 3, padding: TorchSharp.Padding.Same, bias: false), image);
        ComputesAs(nn.Conv3d(4, 6, 3, stride: 2, padding: 1, groups: 2), volume);
        ComputesAs(nn.Conv3d(4, 6, 3, padding: TorchSharp.Padding.Valid, bias: false), volume);
    }

    [Test]
    public void InputOfAnotherShape_IsAnException()
    {
        foreach (var net in new nn.Module<Tensor, Tensor>[] { nn.Linear(3, 2), nn.Conv1d(4, 6, 3), nn.Conv2d(4, 6, 3), nn.Conv3d(4, 6, 3), nn.LayerNorm(3), nn.GroupNorm(2, 4), nn.PReLU(4) })
        {
            SampledModule? sampled = null;
            Runs.TraceOf(() => sampled = RandomModule("net", net, new Normal(0, 1)));
            Assert.That(() => sampled!.call(randn(2, 5, 7, 7)), Throws.Exception, net.GetType().Name);
        }
    }

    [Test]
    public void Network_OfAnUnknownKind_IsNamed()
    {
        using var net = nn.Sequential(("conv", nn.Conv1d(1, 1, 1, padding_mode: TorchSharp.PaddingModes.Reflect)));
        SampledModule? sampled = null;
        Runs.TraceOf(() => sampled = RandomModule("net", net, new Normal(0, 1)));
        var error = Assert.Throws<ModelException>(() => sampled!.call(randn(1, 1, 3)));
        Assert.That(error.Message, Does.Contain("net.conv").And.Contain(nameof(IForwardWith)).And.Contain("weight"));
        Assert.That(() => sampled!.Part("other"), Throws.TypeOf<KeyNotFoundException>().With.Message.Contains("conv"));
    }

    [Test]
    public void Regression_FindsItsPosterior_ByCallingTheModule()
    {
        // y = w x + ε with w ~ N(0, 1): the posterior is N(Σxy / (1 + Σx²), 1 / (1 + Σx²)).
        using var line = nn.Linear(1, 1, hasBias: false);
        var (x, y) = (tensor(new[,] { { 1f }, { 2 }, { -1 } }), tensor(new[,] { { 0.9f }, { 2.2f }, { -0.7f } }));
        var model = Runs.Program(() => Observe("y", new Normal(RandomModule("line", line, new Normal(0, 1)).call(x), 1), y));
        var guide = Runs.Program(() => RandomModule("line", line, name => new Normal(Param(name + ".m", zeros(1, 1)), Param(name + ".s", ones(1, 1), Constraints.Positive))));
        var svi = new SVI<Unit>(model, guide, new Adam(0.02), new ELBO(numParticles: 4), Runs.Context());
        svi.Fit(default, 800);
        Numeric.Close(6.0 / 7, svi.Context.Store.GetValue("line$$$weight.m").Number(), 0.06);
        Numeric.Close(Math.Sqrt(1.0 / 7), svi.Context.Store.GetValue("line$$$weight.s").Number(), 0.06);
    }

    private sealed class Own : nn.Module<Tensor, Tensor>, IForwardWith
    {
        private readonly TorchSharp.Modules.Linear _line = nn.Linear(3, 3);

        public Own() : base(nameof(Own)) => register_module("line", _line);

        public override Tensor forward(Tensor input) => _line.call(input).exp() + input;

        public Tensor ForwardWith(SampledModule values, Tensor input) => values.Part("line").call(input).exp() + input;
    }
}
