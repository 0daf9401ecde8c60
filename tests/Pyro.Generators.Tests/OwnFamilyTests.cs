using Microsoft.CodeAnalysis.CSharp;
using Pyro.Testing.Generation;

namespace Pyro.Generators.Tests;

/// <summary>A distribution of a referenced library is known by what its class says, as ours are.</summary>
public class OwnFamilyTests
{
    private const string Library = """
        namespace Lib;

        [Family(nameof(Constraints.AtLeast), "low", EventRank = 1, Reparameterized = true)]
        public sealed class Own([Domain(nameof(Constraints.Real))] Tensor low) : Distribution([2], eventRank: 1, reparameterized: true)
        {
            public override string Name => nameof(Own);
            public override Constraint Support => Constraints.AtLeast(low);
            public override IReadOnlyList<DistributionParameter> Parameters => [];
            protected override Tensor Leading => low;
            protected override Tensor Density(Tensor x) => x;
            protected override Tensor Draw(Generator? generator) => low;
            protected override Distribution With(in Expansion expansion) => this;
        }
        """;

    [Test]
    public void Family_OfAReferencedLibrary_IsInTheTables()
    {
        var program = GeneratorHarness.Compile(("Model.cs", GeneratorHarness.Usings + """
            public static partial class A
            {
                [Model] public static void Model(Tensor low) => Sample("x", new Lib.Own(low).Expand(3).ToEvent(1));
            }
            """)).AddReferences(GeneratorHarness.Library(generator: null, "Lib", Library));
        var generated = CSharpGeneratorDriver.Create(new ModelGenerator()).RunGenerators(program, TestContext.CurrentContext.CancellationToken).GetRunResult().GeneratedTrees.Single().ToString();
        Assert.That(generated, Does.Contain("Distribution = \"Own\", Support = \"AtLeast\", EventRank = 2, Reparameterized = true,"));
    }
}
