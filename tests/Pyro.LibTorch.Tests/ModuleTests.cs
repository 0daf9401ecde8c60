using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pyro.LibTorch.Tests;

/// <summary>A network that registers its parts by hand, as trimming and Native AOT need it; so it is the same with either provider.</summary>
internal sealed class Network : nn.Module<Tensor, Tensor>
{
    private readonly Linear hidden = nn.Linear(3, 4);
    private readonly BatchNorm1d norm = nn.BatchNorm1d(4);
    private readonly Linear output = nn.Linear(4, 1);
    private readonly Parameter scale = nn.Parameter(ones(1));
    private readonly Tensor offset = zeros(1);

    internal Network()
        : base(nameof(Network))
    {
        register_module(nameof(hidden), hidden);
        register_module(nameof(norm), norm);
        register_module(nameof(output), output);
        register_parameter(nameof(scale), scale);
        register_buffer(nameof(offset), offset);
        register_buffer("scratch", zeros(2), persistent: false);
    }

    public override Tensor forward(Tensor input) => (output.call(norm.call(hidden.call(input)).tanh()) * scale) + offset;

    internal void Again() => RegisterComponents();
}

public class ModuleTests
{
    private static readonly string[] State =
    [
        "scale", "hidden.weight", "hidden.bias", "norm.weight", "norm.bias", "output.weight", "output.bias",
        "offset", "norm.running_mean", "norm.running_var", "norm.num_batches_tracked",
    ];

    private static float[] Values(Tensor tensor) => tensor.to_type(ScalarType.Float32).data<float>().ToArray();

    [Fact]
    public void Parts_are_found_by_their_paths()
    {
        using var network = new Network();
        Assert.Equal(State[..7], network.named_parameters().Select(item => item.name));
        Assert.Equal(State, network.state_dict().Keys);
        Assert.Equal(["hidden", "norm", "output"], network.named_children().Select(item => item.name));
        Assert.True(network.has_parameter("norm.bias"));
        Assert.True(network.has_buffer("norm.running_var"));
        Assert.Null(network.get_parameter("norm.weights"));
        Assert.Contains("scratch", network.named_buffers().Select(item => item.name));
        Assert.DoesNotContain("scratch", network.named_buffers(include_nonpersistent: false).Select(item => item.name));
        Assert.Equal(["scale"], network.named_parameters(recurse: false).Select(item => item.name));
    }

    [Fact]
    public void A_network_learns()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        using var network = new Network();
        var x = randn(64, 3);
        var y = (x.sum(1, keepdim: true) * 0.3).tanh();
        var first = 0.0;
        var last = 0.0;
        for (var step = 0; step < 150; step++)
        {
            using var inner = NewDisposeScope();
            network.zero_grad();
            var loss = nn.functional.mse_loss(network.call(x), y);
            loss.backward();
            using (no_grad())
                foreach (var parameter in network.parameters())
                    parameter.sub_(parameter.grad! * 0.1);
            last = loss.ToDouble();
            first = step == 0 ? last : first;
        }
        Assert.True(last < first / 10, $"from {first} to {last}");
    }

    [Fact]
    public void State_travels_in_a_file()
    {
        using var scope = NewDisposeScope();
        using var one = new Network();
        using var other = new Network();
        one.call(randn(8, 3));
        using var file = new MemoryStream();
        one.save(file);
        file.Position = 0;
        other.load(file);
        foreach (var (key, value) in one.state_dict())
            Assert.Equal(Values(value), Values(other.state_dict()[key]));
        Assert.Equal(1, other.state_dict()["norm.num_batches_tracked"].item<long>());
    }

    [Fact]
    public void State_that_does_not_fit_changes_nothing()
    {
        using var scope = NewDisposeScope();
        using var network = new Network();
        var before = Values(network.get_parameter("hidden.weight")!);
        var state = network.state_dict().ToDictionary(item => item.Key, item => item.Value.detach().clone().to_type(ScalarType.Float32).fill_(9));
        state["output.bias"] = zeros(3);
        Assert.Contains("output.bias", Assert.Throws<ArgumentException>(() => network.load_state_dict(state)).Message);
        state.Remove("output.bias");
        state["more"] = zeros(1);
        var error = Assert.Throws<ArgumentException>(() => network.load_state_dict(state)).Message;
        Assert.Contains("output.bias", error);
        Assert.Contains("more", error);
        Assert.Equal(before, Values(network.get_parameter("hidden.weight")!));
        var (missing, unexpected) = network.load_state_dict(state, strict: false);
        Assert.Equal(["output.bias"], missing);
        Assert.Equal(["more"], unexpected);
        Assert.All(Values(network.get_parameter("hidden.weight")!), value => Assert.Equal(9, value));
    }

    [Fact]
    public void Training_and_evaluation_reach_all_parts()
    {
        using var network = new Network();
        Assert.True(network.training);
        network.eval();
        Assert.All(network.modules(), module => Assert.False(module.training));
        network.train();
        Assert.All(network.modules(), module => Assert.True(module.training));
        using var late = nn.Sequential();
        late.eval();
        late.append("drop", nn.Dropout(0.9));
        Assert.False(((nn.Module)late[0]).training);
    }

    [Fact]
    public void Conversion_keeps_the_objects_that_fields_point_at()
    {
        using var network = new Network();
        var weight = network.get_parameter("hidden.weight");
        Assert.Same(network, network.to(ScalarType.Float64));
        Assert.Same(weight, network.get_parameter("hidden.weight"));
        Assert.Equal(ScalarType.Float64, weight!.dtype);
        Assert.True(weight.requires_grad && weight.is_leaf);
        Assert.Equal(ScalarType.Int64, network.get_buffer("norm.num_batches_tracked")!.dtype);
        using var result = network.call(randn(4, 3, dtype: ScalarType.Float64));
        Assert.Equal(ScalarType.Float64, result.dtype);
    }

    [Fact]
    public void A_name_stands_for_one_part()
    {
        using var network = new Network();
        Assert.Throws<ArgumentException>(() => network.register_buffer("hidden", zeros(1)));
        Assert.Throws<ArgumentException>(() => network.register_parameter("a.b", nn.Parameter(zeros(1))));
        Assert.Throws<InvalidOperationException>(() => nn.ReLU().register_parameter("x", nn.Parameter(zeros(1))));
        network.Again();
    }

    [Fact]
    public void Functions_reach_the_parts_before_the_whole()
    {
        using var network = new Network();
        var seen = new List<string>();
        Assert.Same(network, network.apply(module => seen.Add(module.GetName())));
        Assert.Equal(["Linear", "BatchNorm1d", "Linear", "Network"], seen);
    }

    [Fact]
    public void Hooks_see_and_change_what_passes()
    {
        using var scope = NewDisposeScope();
        using var identity = nn.Identity();
        var before = identity.register_forward_pre_hook((_, input) => input + 1);
        var after = identity.register_forward_hook((_, _, output) => output * 10);
        Assert.Equal([20f], Values(identity.call(ones(1))));
        before.remove();
        Assert.Equal([10f], Values(identity.call(ones(1))));
        after.remove();
        Assert.Equal([1f], Values(identity.call(ones(1))));
    }

    [Fact]
    public void Lists_name_their_items_by_place()
    {
        using var list = nn.ModuleList<nn.Module>(nn.Linear(1, 1), nn.ReLU());
        list.Add(nn.Linear(1, 1, hasBias: false));
        Assert.Equal(["0.weight", "0.bias", "2.weight"], list.named_parameters().Select(item => item.name));
        list.Insert(0, nn.Tanh());
        Assert.Equal(["1.weight", "1.bias", "3.weight"], list.named_parameters().Select(item => item.name));
        using var parameters = nn.ParameterList(nn.Parameter(zeros(1)), nn.Parameter(zeros(2)));
        Assert.Equal(["0", "1"], parameters.named_parameters().Select(item => item.name));
        Assert.Equal(2, parameters.parameters().Count());
    }

    [Fact]
    public void Dictionaries_keep_names_and_order()
    {
        using var modules = nn.ModuleDict(("up", nn.Linear(1, 1)), ("act", nn.ReLU()));
        modules.Add("down", nn.Linear(1, 1, hasBias: false));
        Assert.Equal(["up.weight", "up.bias", "down.weight"], modules.named_parameters().Select(item => item.name));
        Assert.Equal("act", modules[1].Item1);
        Assert.True(modules.Remove("up"));
        Assert.Equal(["act", "down"], modules.keys());
        Assert.Throws<ArgumentException>(() => modules.Add("act", nn.Tanh()));
        using var parameters = nn.ParameterDict(("b", nn.Parameter(zeros(1))), ("a", nn.Parameter(zeros(2))));
        Assert.Equal(["b", "a"], parameters.state_dict().Keys);
        Assert.Same(parameters["a"], parameters.get_parameter("a"));
    }

    [Fact]
    public void Dropout_keeps_the_mean_while_training()
    {
        using var scope = NewDisposeScope();
        manual_seed(11);
        using var dropout = nn.Dropout(0.25);
        var passed = dropout.call(ones(20_000));
        Assert.Equal(1, passed.mean().ToDouble(), 0.03);
        Assert.Equal(0.25, passed.eq(0).to_type(ScalarType.Float64).mean().ToDouble(), 0.02);
        Assert.Equal(4f / 3, passed.max().ToSingle(), 1e-6f);
    }

    [Fact]
    public void Gradients_are_clipped_together()
    {
        using var scope = NewDisposeScope();
        Parameter[] parameters = [nn.Parameter(zeros(2)), nn.Parameter(zeros(1))];
        (parameters[0].grad, parameters[1].grad) = (tensor([3f, 0f]), tensor([4f]));
        Assert.Equal(5, nn.utils.clip_grad_norm_(parameters, 1), 1e-6);
        Assert.Equal([0.6f, 0f], Values(parameters[0].grad!).Select(v => MathF.Round(v, 4)));
        nn.utils.clip_grad_value_(parameters, 0.5);
        Assert.Equal([0.5f, 0f], Values(parameters[0].grad!));
        nn.utils.vector_to_parameters(tensor([1f, 2f, 3f]), parameters);
        Assert.Equal([1f, 2f, 3f], Values(nn.utils.parameters_to_vector(parameters)));
    }

    [Fact]
    public void A_disposed_network_holds_nothing()
    {
        var network = new Network();
        var parameters = network.parameters().ToList();
        network.Dispose();
        Assert.All(parameters, parameter => Assert.True(parameter.IsInvalid));
        network.Dispose();
    }

    [Fact]
    public void A_scope_does_not_take_the_parts_of_a_module()
    {
        nn.Module<Tensor, Tensor> network;
        using (NewDisposeScope())
            network = new Network();
        Assert.All(network.parameters(), parameter => Assert.False(parameter.IsInvalid));
        Assert.All(network.buffers(), buffer => Assert.False(buffer.IsInvalid));
        network.Dispose();
    }
}
