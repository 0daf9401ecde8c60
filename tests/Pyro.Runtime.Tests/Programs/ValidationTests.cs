using Pyro.Distributions;
using Pyro.Runtime.Tests.Distributions;
using static Pyro.Primitives;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Programs;

/// <summary>Domains are checked by default, for every parameter of every family, once a site, and not where the setting says so.</summary>
[NonParallelizable]
public class ValidationTests
{
    public static IEnumerable<string> Names => Catalogue.Univariate.Select(family => family.Name);

    [TestCaseSource(nameof(Names))]
    public void EachParameterIsChecked(string name)
    {
        var family = Catalogue.Find(name);
        for (var k = 0; k < family.Ranges.Count; k++)
        {
            var parameters = family.Draw(new Random(1), 3);
            parameters[k][1] = tensor(double.NaN);
            var distribution = family.Make(parameters);
            var invalid = distribution.Parameters.First(p => p.Value.isnan().any().item<bool>());
            var error = Runs.Fails(() => Sample("here", distribution));
            Assert.That(error.Site, Is.EqualTo("here"));
            Assert.That(error.Message, Does.Contain($"{invalid.Name} = NaN"));
            Assert.That(error.Message, Does.Contain(invalid.Constraint.Description));
        }
    }

    [TestCaseSource(nameof(Names))]
    public void ValuesOutsideTheSupportAreRefusedWhereTheyAreDataAndScoredMinusInfinityElsewhere(string name)
    {
        var family = Catalogue.Find(name);
        var distribution = family.Make(family.Draw(new Random(1), 2));
        var x = Numeric.Double(double.NaN, double.NaN);
        Assert.That(Runs.Fails(() => Observe("here", distribution, x)).Message, Does.Contain("NaN"));
        var far = Numeric.Double(-1e30, 0.5);
        if (distribution.Support.Find(far) is null)
            return;
        Assert.That(Runs.Fails(() => Observe("here", distribution, far)).Message, Does.Contain("here"));
        Assert.That(distribution.LogProb(far).Numbers(), Has.Member(double.NegativeInfinity));
    }

    [Test]
    public void RowsAndMatricesAreChecked()
    {
        void Says(Distribution distribution, params string[] parts)
        {
            var message = Runs.Fails(() => Sample("here", distribution)).Message;
            foreach (var part in parts)
                Assert.That(message, Does.Contain(part));
        }
        Says(new Categorical(ps: Numeric.Double(0.5, 0.6)), "here", "ps = [0.5, 0.6]");
        Says(new OneHotCategorical(logits: Numeric.Double(0, double.NaN)), "logits = NaN");
        Says(new Multinomial(Numeric.Scalar(2.5), ps: Numeric.Double(0.5, 0.5)), "n = 2.5");
        Says(new Dirichlet(Numeric.Double(1, -1)), "alpha = -1");
        Says(new MultivariateNormal(zeros(2), scaleTril: tensor(new[,] { { 1f, 1 }, { 0, 1 } })), "scaleTril = [1, 1, 0, 1]");
        Says(new MultivariateNormal(zeros(2), tensor(new[,] { { 1f, 2 }, { 2, 1 } })), "covariance = [1, 2, 2, 1]");
        Says(new LowRankMultivariateNormal(zeros(2), ones(2, 1), tensor(new[] { 1f, 0 })), "diagonal = 0");
        Says(new LKJCholesky(2, 0), "eta = 0");
        Says(new Mixture(new Normal(zeros(2), -1), ps: ones(2) / 2), "sigma = -1");
        Says(new ZeroInflated(new Poisson(1), 2), "gate = 2");
        Says(new RelaxedOneHotCategorical(0, logits: ones(2)), "temperature = 0");
        Says(new Normal(0, -1).Expand(3).ToEvent(1), "sigma = -1");
    }

    [Test]
    public void EachSiteIsCheckedOnce()
    {
        var counting = new Counting();
        Runs.TraceOf(() => Sample("z", counting));
        Assert.That(counting.Reads, Is.EqualTo(1));
    }

    [Test]
    public void TheSettingSwitchesItOff()
    {
        Assert.That(Validation.Enabled, Is.True);
        try
        {
            Validation.Enabled = false;
            var counting = new Counting();
            var trace = Runs.TraceOf(() =>
            {
                Sample("z", counting);
                Sample("wrong", new Normal(0, -1));
                Observe("x", new Exponential(1), tensor(-1f));
            });
            Assert.That(counting.Reads, Is.EqualTo(0));
            Assert.That(trace["x"].LogPdf().Number(), Is.EqualTo(double.NegativeInfinity));
        }
        finally
        {
            Validation.Enabled = true;
        }
        Assert.Throws<ModelException>(() => Runs.TraceOf(() => Sample("wrong", new Normal(0, -1))));
    }

    /// <summary>A distribution that counts how often its parameters are read.</summary>
    private sealed class Counting() : Distribution([], eventRank: 0, reparameterized: false)
    {
        private readonly Tensor _zero = zeros([]);

        public int Reads { get; private set; }

        public override string Name => nameof(Counting);

        public override Constraint Support => Constraints.Real;

        public override IReadOnlyList<DistributionParameter> Parameters
        {
            get
            {
                Reads++;
                return [new("zero", _zero, Constraints.Real)];
            }
        }

        protected internal override Tensor Leading => _zero;

        protected override Tensor Density(Tensor x) => x.zeros_like();

        protected internal override Distribution With(in Expansion expansion) => this;

        protected override Tensor Draw(Generator? generator) => _zero;
    }
}
