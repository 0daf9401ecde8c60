using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace Pyro.LibTorch.Tests;

/// <summary>Each module of torch.nn against PyTorch's of the same arguments: names, first values, outputs, gradients, buffers. modules.py made modules.json.</summary>
public class ModuleConformanceTests
{
    private static readonly JsonElement File = JsonDocument.Parse(System.IO.File.ReadAllBytes(
        Path.Combine(AppContext.BaseDirectory, "Conformance", "modules.json"))).RootElement;

    // Bases have nothing to compute, and containers are ModuleTests' subject.
    private static readonly string[] Others = ["Module", "HookableModule`2", "ModuleList`1", "ModuleDict`1", "ParameterList", "ParameterDict"];

    [Fact]
    public void Every_module_and_initializer_is_held_against_PyTorch()
    {
        var covered = ModuleCases.All.Values.Select(make => make().Module.GetType().Name).ToHashSet();
        var all = typeof(torch).Assembly.GetExportedTypes().Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(nn.Module))).Select(type => type.Name);
        Assert.Empty(all.Except(covered).Except(Others));
        Assert.Empty(Names("modules", "module").Except(ModuleCases.All.Keys));
        Assert.Empty(ModuleCases.All.Keys.Except(Names("modules", "module")));
        Assert.Empty(Names("initializers", "init").Except(ModuleCases.Initializers.Keys));
        Assert.Empty(ModuleCases.Initializers.Keys.Except(Names("initializers", "init")));
    }

    public static TheoryData<int, string> Modules() => Data("modules", "module");

    public static TheoryData<int, string> Initializers() => Data("initializers", "init");

    [Theory]
    [MemberData(nameof(Modules))]
    public void A_module_computes_what_PyTorch_computes(int index, string name)
    {
        using var scope = NewDisposeScope();
        var item = File.GetProperty("modules")[index];
        var (module, call) = ModuleCases.All[name]();
        module.to(ScalarType.Float64);
        module.train(item.GetProperty("train").GetBoolean());
        var read = new Arguments(item.GetProperty("inputs"));
        var inputs = Enumerable.Range(0, item.GetProperty("inputs").GetArrayLength()).Select(read.Tensor).ToArray();
        var (missing, unexpected) = module.load_state_dict(Named(item, "state"));
        Assert.Empty(missing.Concat(unexpected));

        var outputs = call(inputs);
        Compare(item.GetProperty("outputs").EnumerateArray(), outputs);
        Compare(Keyed(item, "buffers"), module.named_buffers().Select(buffer => (buffer.name, buffer.buffer)));
        if (!item.TryGetProperty("grads", out var gradients))
            return;
        ConformanceTests.Weighted(outputs).backward();
        Compare(gradients.EnumerateArray(), read.Differentiable.Select(leaf => leaf.grad!));
        Compare(Keyed(item, "parameterGrads"), module.named_parameters().Where(p => p.parameter.grad is not null).Select(p => (p.name, p.parameter.grad!)));
    }

    [Theory]
    [MemberData(nameof(Modules))]
    public void A_module_starts_with_PyTorchs_names_and_values(int index, string name)
    {
        using var scope = NewDisposeScope();
        var item = File.GetProperty("modules")[index];
        manual_seed(File.GetProperty("seed").GetInt64());
        var (module, _) = ModuleCases.All[name]();
        Compare(Keyed(item, "first"), module.state_dict().Select(entry => (entry.Key, entry.Value)), 1e-6);
    }

    [Theory]
    [MemberData(nameof(Initializers))]
    public void An_initializer_draws_what_PyTorch_draws(int index, string name)
    {
        using var scope = NewDisposeScope();
        var item = File.GetProperty("initializers")[index];
        manual_seed(File.GetProperty("seed").GetInt64());
        var target = zeros(item.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()).ToArray());
        var returned = ModuleCases.Initializers[name](target);
        Assert.Same(target, returned);
        ConformanceTests.Compare(item.GetProperty("values"), target, 1e-6);
    }

    private static IEnumerable<string> Names(string list, string key) => File.GetProperty(list).EnumerateArray().Select(item => item.GetProperty(key).GetString()!);

    private static TheoryData<int, string> Data(string list, string key)
    {
        var data = new TheoryData<int, string>();
        foreach (var (index, name) in Names(list, key).Index())
            data.Add(index, name);
        return data;
    }

    private static IEnumerable<(string Key, JsonElement Value)> Keyed(JsonElement item, string list) =>
        item.GetProperty(list).EnumerateArray().Select(pair => (pair[0].GetString()!, pair[1]));

    private static Dictionary<string, Tensor> Named(JsonElement item, string list) =>
        Keyed(item, list).ToDictionary(pair => pair.Key, pair => Arguments.Read(pair.Value));

    private static void Compare(IEnumerable<JsonElement> expected, IEnumerable<Tensor> found)
    {
        foreach (var (one, other) in expected.Zip(found))
            ConformanceTests.Compare(one, other, 1e-9);
        Assert.Equal(expected.Count(), found.Count());
    }

    private static void Compare(IEnumerable<(string Key, JsonElement Value)> expected, IEnumerable<(string Name, Tensor Value)> found, double tolerance = 1e-9)
    {
        Assert.Equal(expected.Select(pair => pair.Key), found.Select(pair => pair.Name));
        foreach (var (one, other) in expected.Zip(found))
            ConformanceTests.Compare(one.Value, other.Value, tolerance);
    }
}
