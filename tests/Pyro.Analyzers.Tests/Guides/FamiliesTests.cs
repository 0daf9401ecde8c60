namespace Pyro.Analyzers.Tests.Guides;

/// <summary>PYRO020 and PYRO021 on families: <c>z_0 … z_3</c> in one program, <c>z_0 … z_2</c> in the other; and on sites of other branches.</summary>
public sealed class FamiliesTests
{
    private const string Four = """for (var i = 0; i < 4; i++) Sample($"z_{i}", new Normal(0f, 1f));""";

    [TestCase(Four, """for (var j = 0; j < 3; j++) Sample("z_" + j, new Normal(0f, 1f));""")]
    [TestCase(Four, """for (var j = 1; j <= 3; j++) Sample($"z_{j}", new Normal(0f, 1f));""")]
    [TestCase(Four, """foreach (var j in Enumerable.Range(0, 3)) Sample($"z_{j}", new Normal(0f, 1f));""")]
    [TestCase(Four, """foreach (var j in IRange("p", 3)) Sample($"z_{j}", new Normal(0f, 1f));""")]
    [TestCase(Four, """Sample("z_0", new Normal(0f, 1f)); Sample("z_1", new Normal(0f, 1f)); Sample("z_2", new Normal(0f, 1f));""")]
    [TestCase("""for (var i = 0; i < 2; i++) for (var j = 0; j < 3; j++) Sample($"z_{i}_{j}", new Normal(0f, 1f));""", """for (var i = 0; i < 2; i++) for (var j = 0; j < 2; j++) Sample($"z_{i}_{j}", new Normal(0f, 1f));""")]
    public Task Guide_WithFewerSites_LacksOne(string model, string guide) => Verify.Diagnostics(Source.Pair(model, guide, "{|PYRO020:Guide|}"));

    [TestCase(Four, """for (var j = 0; j < 5; j++) Sample({|PYRO021:$"z_{j}"|}, new Normal(0f, 1f));""")]
    [TestCase(Four, Four + """ Sample({|PYRO021:"z_4"|}, new Normal(0f, 1f));""")]
    [TestCase("""Sample("z_0", new Normal(0f, 1f)); Sample("z_1", new Normal(0f, 1f));""", """for (var j = 0; j < 3; j++) Sample({|PYRO021:$"z_{j}"|}, new Normal(0f, 1f));""")]
    public Task Guide_WithMoreSites_HasOneThatTheModelHasNot(string model, string guide) => Verify.Diagnostics(Source.Pair(model, guide));

    [TestCase(Four, Four)]
    [TestCase(Four, """Sample("z_0", new Normal(0f, 1f)); for (var j = 1; j <= 3; j++) Sample($"z_{j}", new Normal(0f, 1f));""")]
    [TestCase(Four, """for (var j = 0; j < n; j++) Sample($"z_{j}", new Normal(0f, 1f));""")]
    [TestCase("""for (var i = 0; i < n; i++) Sample($"z_{i}", new Normal(0f, 1f));""", Four)]
    [TestCase("""for (var i = 0; i < 4; i++) if (i < n) Sample($"z_{i}", new Normal(0f, 1f));""", """for (var j = 0; j < 3; j++) Sample($"z_{j}", new Normal(0f, 1f));""")]
    [TestCase("""for (var i = 0; i < 4; i++) { if (i == n) break; Sample($"z_{i}", new Normal(0f, 1f)); }""", """for (var j = 0; j < 3; j++) Sample($"z_{j}", new Normal(0f, 1f));""")]
    [TestCase("""for (var i = 0; i < 4; i++) Sample($"z_{i * 2}", new Normal(0f, 1f));""", """for (var j = 0; j < 3; j++) Sample($"z_{j}", new Normal(0f, 1f));""")]
    [TestCase("""for (var i = 0; i < 4; i++) { Sample($"z_{i}", new Normal(0f, 1f)); i++; }""", """for (var j = 0; j < 3; j++) Sample($"z_{j}", new Normal(0f, 1f));""")]
    public Task Families_ThatAgreeOrAreNotKnown_AreLeftAlone(string model, string guide) => Verify.Diagnostics(Source.Pair(model, guide));

    [Test]
    public async Task Message_NamesTheSiteThatIsMissing() => Assert.That(
        await Verify.Message(Source.Pair(Four, """for (var j = 0; j < 3; j++) Sample($"z_{j}", new Normal(0f, 1f));""", "{|PYRO020:Guide|}")),
        Is.EqualTo("Guide 'Guide' lacks the latent site 'z_3' of its model 'Model'"));

    [Test]
    public async Task Message_OfAFamily_HasTheIndexAsItIsWritten() => Assert.That(
        await Verify.Message(Source.Pair("Console.Write(n);", """for (var j = 0; j < n; j++) Sample({|PYRO021:$"y_{j}"|}, new Normal(0f, 1f));""")),
        Is.EqualTo("Model 'Model' has no latent site 'y_{j}'"));

    [TestCase("new Gamma(1f, 1f)", "new {|PYRO022:Normal|}(0f, 1f)")]
    [TestCase("new Normal(0f, 1f)", "new {|PYRO023:Bernoulli|}(0.5f)")]
    public async Task Message_OfADistribution_HasTheIndexAsItIsWritten(string model, string guide) => Assert.That(
        await Verify.Message(Source.Pair(
            $$"""for (var i = 0; i < n; i++) Sample($"z_{i}", {{model}});""", $$"""for (var j = 0; j < n; j++) Sample($"z_{j}", {{guide}});""")),
        Does.StartWith("Site 'z_{j}' "));

    [TestCase("""if (flag) Sample({|PYRO020:"b"|}, new Normal(0f, 1f)); else Sample({|PYRO020:"a"|}, new Normal(0f, 1f));""")]
    [TestCase("""if (!flag) { Sample({|PYRO020:"a"|}, new Normal(0f, 1f)); return; } Sample({|PYRO020:"b"|}, new Normal(0f, 1f));""")]
    public Task Sites_OfSwappedBranches_AreMissing(string guide) => Verify.Diagnostics(Source.Pair(Branches, guide));

    [TestCase("""if (!flag) Sample("b", new Normal(0f, 1f)); else Sample("a", new Normal(0f, 1f));""")]
    [TestCase("""if (n > 0) Sample("b", new Normal(0f, 1f)); else Sample("a", new Normal(0f, 1f));""")]
    public Task Sites_OfTheSameOrUnknownBranches_AreLeftAlone(string guide) => Verify.Diagnostics(Source.Pair(Branches, guide));

    private const string Branches = """if (flag) Sample("a", new Normal(0f, 1f)); else Sample("b", new Normal(0f, 1f));""";

    [Test]
    public Task Sites_OfAQueryAndAPartialMethod_AreSeen() => Verify.Diagnostics(
        """
        public static partial class Models
        {
            [Model]
            public static partial void Model(Tensor x);

            [Guide(nameof(Model))]
            public static partial void Guide(Tensor x);
        }

        public static partial class Models
        {
            public static partial void Model(Tensor x)
            {
                var zs = (from i in Enumerable.Range(0, 3) let d = new Normal(0f, 1f) select Sample($"q_{i}", d)).ToArray();
                Observe("x", new Normal(zs[0] + Sample("z", new Gamma(1f, 1f)), 1f), x);
            }

            public static partial void {|PYRO020:Guide|}(Tensor x)
            {
                Sample("z", new {|PYRO022:Normal|}(0f, 1f));
                Sample({|PYRO021:"y"|}, new Normal(0f, 1f));
            }
        }
        """);
}
