using Pyro.Params;
using Pyro.Poutines;
using Pyro.Programs;
using static TorchSharp.torch;

namespace Pyro.Compiler.Tests.Corpus;

/// <summary>What the table of a program says of a site before it runs is what its distribution is when it runs.</summary>
public class TableTests
{
    public static IEnumerable<string> Names => CorpusProgram.All.Keys;

    [TestCaseSource(nameof(Names))]
    public void Table_OfAProgram_IsWhatItsDistributionsAre(string name) => CorpusProgram.All[name].Accept(new Comparison());

    [TestCase("Made.Derived", "row", "Normal Real 1 pathwise")]
    [TestCase("Made.Derived", "wide", "Normal Real 1 pathwise")]
    [TestCase("Made.Derived", "two", "Dirichlet Simplex -1 pathwise")]
    [TestCase("Made.Derived", "coins", "Bernoulli Boolean 1")]
    [TestCase("Made.Derived", "seen", "Normal Real 1 pathwise")]
    [TestCase("Made.Derived", "masked", "StudentT Real 0 pathwise")]
    [TestCase("Made.Held", "scale", "HalfNormal NonNegative 0 pathwise")]
    [TestCase("Made.Held", "one", "Normal Real 0 pathwise")]
    [TestCase("Made.Held", "two", "Gamma Positive 0 pathwise")]
    [TestCase("Made.Held", "any", "  -1")]
    [TestCase("Made.Held", "made", "Beta UnitInterval 0 pathwise")]
    [TestCase("Made.Held", "tall", "Cauchy Real 1 pathwise")]
    [TestCase("Made.Held", "unknown", "  -1")]
    [TestCase("Made.Held", "local", "Gumbel Real 0 pathwise")]
    [TestCase("Made.Asked", "shape", "Gamma Positive 0")]
    [TestCase("Made.Asked", "share", "Beta UnitInterval 0 pathwise")]
    [TestCase("Made.Asked", "soft", "Bernoulli UnitInterval 0 enumerable")]
    [TestCase("Made.Asked", "hard", "Bernoulli Boolean 0 enumerable")]
    [TestCase("Made.Supports", "wait", "Exponential NonNegative 0 pathwise")]
    [TestCase("Made.Supports", "angle", "VonMises Circle 0")]
    [TestCase("Made.Supports", "half", "HalfCauchy AtLeast 0 pathwise")]
    [TestCase("Made.Supports", "income", "Pareto AtLeast 0 pathwise")]
    [TestCase("Made.Supports", "often", "ZeroInflated  0")]
    [TestCase("Made.Own", "share", "Kumaraswamy UnitInterval 0 pathwise")]
    [TestCase("Made.Own", "shares", "Kumaraswamy UnitInterval 1 pathwise")]
    public void Table_OfASite_KnowsItsFamilyThroughWhatIsMadeOfIt(string program, string site, string expected)
    {
        var sites = new List<Site>();
        CorpusProgram.All[program].Accept(new Reader(sites));
        var found = sites.Single(known => known.Name == site);
        Assert.That($"{found.Distribution} {found.Support} {found.EventRank}{(found.Reparameterized ? " pathwise" : "")}{(found.Enumerable ? " enumerable" : "")}", Is.EqualTo(expected));
    }

    private sealed class Reader(List<Site> sites) : CorpusProgram.IVisitor
    {
        public void Visit<TArgs>(Program<TArgs> compiled, Program<TArgs> plain, TArgs args) => sites.AddRange(compiled.Sites);
    }

    private sealed class Comparison : CorpusProgram.IVisitor
    {
        public void Visit<TArgs>(Program<TArgs> compiled, Program<TArgs> plain, TArgs args)
        {
            using var scope = NewDisposeScope();
            Assert.Multiple(() =>
            {
                foreach (var run in compiled.Trace(args, new RunContext(new ParamStore(), seed: 3)))
                    if (run is { IsStochastic: true, Distribution: { } made, Site.Site: { } known })
                    {
                        // Who knows the family knows all of it.
                        if (known.Distribution.Length > 0)
                            Assert.That(made, Has.Property(nameof(made.Name)).StartsWith(known.Distribution).And.Property(nameof(made.Reparameterized)).EqualTo(known.Reparameterized), run.Name);
                        if (known.Support.Length > 0)
                            Assert.That((known.Support, known.Enumerable), Is.EqualTo((made.Support.Name.Split('(')[0], made.Enumerable)), run.Name);
                        if (known.EventRank >= 0)
                            Assert.That(known.EventRank, Is.EqualTo(made.EventRank), run.Name);
                    }
            });
        }
    }
}
