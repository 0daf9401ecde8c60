namespace Pyro.Analyzers.Tests.Params;

/// <summary>PYRO062: networks and parameters in a collection that nothing registers.</summary>
public sealed class ModuleCollectionTests
{
    private static string Network(string members, string construction = "RegisterComponents();") => $$"""
        public sealed partial class Net : nn.Module<Tensor, Tensor>
        {
            {{members}}

            public Net() : base("net")
            {
                {{construction}}
            }

            public override Tensor forward(Tensor x) => x;
        }
        """;

    [TestCase("public List<TorchSharp.Modules.Linear> {|PYRO062:layers|} = [];")]
    [TestCase("private readonly TorchSharp.Modules.Linear[] {|PYRO062:layers|} = [];")]
    [TestCase("public IReadOnlyList<nn.Module<Tensor, Tensor>> {|PYRO062:Layers|} { get; } = [];")]
    [TestCase("private readonly Dictionary<string, TorchSharp.Modules.Linear> {|PYRO062:layers|} = [];")]
    [TestCase("private readonly List<TorchSharp.Modules.Parameter> {|PYRO062:scales|} = [];")]
    public Task Collection_InANetwork_Fires(string field) => Verify.Diagnostics(Network(field));

    [TestCase("private readonly TorchSharp.Modules.ModuleList<TorchSharp.Modules.Linear> layers = nn.ModuleList(nn.Linear(1, 1));")]
    [TestCase("private readonly TorchSharp.Modules.Sequential layers = nn.Sequential();")]
    [TestCase("private readonly TorchSharp.Modules.ParameterList scales = new();")]
    [TestCase("private readonly List<Tensor> tensors = [];")]
    [TestCase("private static readonly List<TorchSharp.Modules.Linear> shared = [];")]
    [TestCase("private readonly TorchSharp.Modules.Linear layer = nn.Linear(1, 1);")]
    public Task Field_ThatIsRegisteredOrNoPart_IsSilent(string field) => Verify.Diagnostics(Network(field));

    [Test]
    public Task Collection_ThatTheClassRegistersItself_IsSilent() => Verify.Diagnostics(
        Network("private readonly List<TorchSharp.Modules.Linear> layers = [];", """foreach (var layer in layers) register_module("layer", layer);"""));

    [Test]
    public Task Collection_OfAClassThatIsNoNetwork_IsSilent() => Verify.Diagnostics(
        """
        public sealed class Holder
        {
            public List<TorchSharp.Modules.Linear> Layers { get; } = [];
        }
        """);
}
