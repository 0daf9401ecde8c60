namespace Pyro.Analyzers.Tests.Supports;

/// <summary>A distribution of the user's, which says by attributes what it is, has the diagnostics of ours; one that says nothing has none.</summary>
public sealed class OwnFamilyTests
{
    [TestCase("Sample(\"a\", new Own({|PYRO030:-1f|}, 1f));")]
    [TestCase("Sample(\"a\", new Own(2f, {|PYRO030:1f|}));")]
    [TestCase("Observe(\"a\", new Own(1f, 2f), tensor({|PYRO032:-0.5f|}));")]
    [TestCase("Sample(\"a\", new Own({|PYRO031:Param(\"p\", 1f)|}, 2f));")]
    [TestCase("Sample(\"a\", new Silent(-1f)); Observe(\"b\", new Silent(1f), tensor(-3f));")]
    public Task Diagnostics_OfAnOwnFamily_AreThoseOfItsAttributes(string body) => Verify.Diagnostics(Source.Model(body) + Families);

    [TestCase("Observe(\"a\", new Bernoulli(0.5f, softValues: true), tensor(0.5f));")]
    [TestCase("Observe(\"a\", new Bernoulli(0.5f, softValues: flag), tensor(0.5f));")]
    [TestCase("Observe(\"a\", new Bernoulli(0.5f, softValues: true), tensor({|PYRO032:1.5f|}));")]
    [TestCase("Observe(\"a\", new Bernoulli(0.5f, softValues: false), tensor({|PYRO032:0.5f|}));")]
    [TestCase("Observe(\"a\", new Bernoulli(0.5f), tensor({|PYRO032:0.5f|}));")]
    [TestCase("Observe(\"a\", Wide(2f).ToEvent(0), tensor({|PYRO032:-0.5f|})); static Gamma Wide(float by) => new(by, by);")]
    public Task ObservationOutsideSupport_GoesByTheSupportThatTheArgumentsAskFor(string body) => Verify.Diagnostics(Source.Model(body));

    private const string Families = """

        [Family(nameof(Constraints.AtLeast), "low", Reparameterized = true)]
        public sealed class Own : Silent
        {
            public Own([Domain(nameof(Constraints.NonNegative))] TensorArg low, [Domain(nameof(Constraints.Above), "low")] TensorArg high) : base(0f) { }

            public override Constraint Support => Constraints.AtLeast(Leading);
        }

        public class Silent(float low) : Distribution([], 0, true)
        {
            public override string Name => "Silent";
            public override Constraint Support => Constraints.Real;
            public override IReadOnlyList<DistributionParameter> Parameters => [];
            protected override Tensor Leading => tensor(low);
            protected override Tensor Density(Tensor x) => x;
            protected override Tensor Draw(Generator? generator) => Leading;
            protected override Distribution With(in Expansion expansion) => this;
        }
        """;
}
