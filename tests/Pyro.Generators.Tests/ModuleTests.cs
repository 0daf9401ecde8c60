using Microsoft.CodeAnalysis.CSharp;
using Pyro.Testing;
using Pyro.Testing.Generation;

namespace Pyro.Generators.Tests;

/// <summary>Networks register what their fields hold, by code that was written at build time.</summary>
public class ModuleTests
{
    private const string Usings = """
        using TorchSharp;
        using TorchSharp.Modules;
        using TorchSharp.Utils;
        using static TorchSharp.torch;

        """;

    private const string Network = Usings + """
        namespace Nets
        {
            public partial class Network : nn.Module<Tensor, Tensor>
            {
                private readonly Linear hidden = nn.Linear(3, 4);
                private readonly nn.Module<Tensor, Tensor>? optional = null;
                [ComponentName(Name = "first")] private readonly Parameter scale = nn.Parameter(ones(1));
                private readonly Tensor @fixed = zeros(1);
                private static readonly Tensor Shared = zeros(1);
                private readonly int count = 3;

                public Network() : base("Network")
                {
                    Output = nn.Linear(4, count);
                    RegisterComponents();
                }

                public Network(int _) : this() { this.RegisterComponents(); }

                public Linear Output { get; }

                public override Tensor forward(Tensor x) => Output.call(hidden.call(optional?.call(x) ?? x)) * scale + @fixed + Shared;
            }
        }
        """;

    [Test]
    public void Parts_are_registered_by_generated_code()
    {
        var files = GeneratorHarness.Generate(new ModuleGenerator(), [TrackingNames.Modules], ("Network.cs", Network));
        Snapshot.Verify(files.Single().Value, "Network", "cs");
        Assert.That(files.Keys.Single(), Is.EqualTo("Nets.Network.Parts.g.cs"));
    }

    [Test]
    public void A_derived_network_registers_after_its_base()
    {
        var files = GeneratorHarness.Generate(new ModuleGenerator(), [TrackingNames.Modules], ("Derived.cs", Usings + """
            public partial class Outer<T>
            {
                public abstract partial class Start : nn.Module<Tensor, Tensor>
                {
                    private readonly Linear start = nn.Linear(1, 1);
                    protected Start() : base("Start") => RegisterComponents();
                    protected Tensor Begin(Tensor x) => start.call(x);
                }
                public partial class End : Start
                {
                    private readonly Linear end = nn.Linear(1, 1);
                    private readonly Parameter scale = nn.Parameter(ones(1));
                    public End() => RegisterComponents();
                    public override Tensor forward(Tensor x) => end.call(Begin(x)) * scale;
                }
            }
            """));
        Assert.That(files.Count, Is.EqualTo(2));
        Assert.That(files["Outer{T}.Start.Parts.g.cs"], Does.Not.Contain("base.RegisterComponents"));
        Assert.That(files["Outer{T}.End.Parts.g.cs"], Contains.Substring("base.RegisterComponents();").Using(StringComparison.Ordinal));
        // Trimming keeps the fields of a class whose own tensors TorchSharp may have to replace.
        Assert.That(files["Outer{T}.End.Parts.g.cs"], Contains.Substring("typeof(global::Outer<>.End))]").Using(StringComparison.Ordinal));
        Assert.That(files["Outer{T}.Start.Parts.g.cs"], Does.Not.Contain("DynamicDependency"));
    }

    // Not partial; its own override; no network; another object's call.
    [TestCase("public class N : nn.Module<Tensor, Tensor> { public N() : base(\"N\") => RegisterComponents(); public override Tensor forward(Tensor x) => x; }")]
    [TestCase("public partial class N : nn.Module<Tensor, Tensor> { public N() : base(\"N\") => RegisterComponents(); protected override void RegisterComponents() { } public override Tensor forward(Tensor x) => x; }")]
    [TestCase("public partial class N { public N() => RegisterComponents(); private void RegisterComponents() { } }")]
    [TestCase("public partial class N { public void RegisterComponents() { } public static void M(N n) => n.RegisterComponents(); }")]
    public void Other_classes_are_left_alone(string text) =>
        Assert.That(GeneratorHarness.Generate(new ModuleGenerator(), [TrackingNames.Modules], ("N.cs", Usings + text)), Is.Empty);

    [Test]
    public void An_edit_that_leaves_the_fields_alone_leaves_the_output_cached()
    {
        var before = GeneratorHarness.Compile(("Network.cs", Network));
        var driver = CSharpGeneratorDriver.Create(new ModuleGenerator()).RunGenerators(before, TestContext.CurrentContext.CancellationToken);
        var first = driver.GetRunResult().GeneratedTrees.Single().ToString();
        var edited = GeneratorHarness.Compile(("Network.cs", Network.Replace("count = 3", "count = 5", StringComparison.Ordinal)));
        Assert.That(driver.RunGenerators(edited, TestContext.CurrentContext.CancellationToken).GetRunResult().GeneratedTrees.Single().ToString(), Is.EqualTo(first));
        var renamed = GeneratorHarness.Compile(("Network.cs", Network.Replace("hidden", "inner", StringComparison.Ordinal)));
        Assert.That(driver.RunGenerators(renamed, TestContext.CurrentContext.CancellationToken).GetRunResult().GeneratedTrees.Single().ToString(), Contains.Substring("Module(\"inner\", inner);").Using(StringComparison.Ordinal));
    }
}
