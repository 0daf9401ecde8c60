using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Distributions;

/// <summary>At the edges of their domains densities are finite or −∞, samples lie in the support, and gradients are numbers.</summary>
public class ExtremeTests
{
    public static IEnumerable<TestCaseData<string, Func<ScalarType, Distribution>>> Edges
    {
        get
        {
            var data = new List<TestCaseData<string, Func<ScalarType, Distribution>>>();
            void Add(string name, Func<Func<double, Tensor>, Distribution> make) => data.Add(new(name, dtype => make(x => tensor(x, dtype))));
            foreach (var p in new[] { 0.0, 1.0 })
            {
                Add($"Bernoulli {p}", t => new Bernoulli(ps: t(p)));
                Add($"Binomial {p}", t => new Binomial(t(5), ps: t(p)));
            }
            foreach (var l in new[] { -1e4, 1e4 })
            {
                Add($"Bernoulli logit {l}", t => new Bernoulli(logits: t(l)));
                Add($"Binomial logit {l}", t => new Binomial(t(5), logits: t(l)));
                Add($"RelaxedBernoulli {l}", t => new RelaxedBernoulli(t(0.5), logits: t(l)));
            }
            Add("Geometric 1", t => new Geometric(ps: t(1)));
            Add("Normal narrow", t => new Normal(t(0), t(1e-30)));
            Add("Normal wide", t => new Normal(t(0), t(1e30)));
            Add("Normal far", t => new Normal(t(1e30), t(1)));
            Add("LogNormal narrow", t => new LogNormal(t(0), t(1e-30)));
            Add("LogNormal wide", t => new LogNormal(t(0), t(1e3)));
            Add("Cauchy narrow", t => new Cauchy(t(0), t(1e-30)));
            Add("HalfCauchy narrow", t => new HalfCauchy(t(0), t(1e-30)));
            Add("Laplace narrow", t => new Laplace(t(0), t(1e-30)));
            Add("Beta small", t => new Beta(t(1e-3), t(1e-3)));
            Add("Beta large", t => new Beta(t(1e6), t(1e6)));
            Add("Gamma small", t => new Gamma(t(1e-6), t(1)));
            Add("Gamma large", t => new Gamma(t(1e6), t(1)));
            Add("Gamma small, fast", t => new Gamma(t(1e-6), t(1e6)));
            Add("InverseGamma large", t => new InverseGamma(t(1e6), t(1)));
            Add("Chi2 small", t => new Chi2(t(1e-6)));
            Add("StudentT heavy", t => new StudentT(t(0.1), t(0), t(1)));
            Add("Exponential slow", t => new Exponential(t(1e-30)));
            Add("Poisson 0", t => new Poisson(t(0)));
            Add("Weibull steep", t => new Weibull(t(1), t(1e-2)));
            Add("Pareto heavy", t => new Pareto(t(1e-3), t(0.05)));
            Add("VonMises uniform", t => new VonMises(t(0), t(1e-9)));
            Add("VonMises narrow", t => new VonMises(t(3.14), t(1e6)));
            return data;
        }
    }

    [TestCaseSource(nameof(Edges))]
    public void DensitiesAreNumbers(string name, Func<ScalarType, Distribution> make)
    {
        foreach (var dtype in new[] { ScalarType.Float32, ScalarType.Float64 })
        {
            var x = tensor(new[] { -1e30, -1e4, -1, -1e-30, 0.25, 1e-30, 0.5, 1, 2, 5, 1e4, 1e30 }, dtype);
            var density = make(dtype).LogProb(x).Numbers();
            Assert.That(density, Has.All.Not.NaN, $"{name}, {dtype}");

            // Only the density of a beta distribution with a weight below 1 is infinite, at its ends.
            var infinite = name == "Beta small" ? 1 : 0;
            Assert.That(density.Count(double.IsPositiveInfinity), Is.EqualTo(infinite));
        }
    }

    [TestCaseSource(nameof(Edges))]
    public void SamplesLieInTheSupport(string name, Func<ScalarType, Distribution> make)
    {
        foreach (var dtype in new[] { ScalarType.Float32, ScalarType.Float64 })
        {
            using var generator = new Generator(4);
            var distribution = make(dtype).Expand(500);
            var samples = distribution.Sample(generator);
            var outside = distribution.Support.Find(where(samples.isinf(), samples.new_full([], 1e30), samples));
            Assert.That(outside, Is.Null, $"{name}, {dtype}: {outside}");
            Assert.That(distribution.LogProb(samples).isnan().any().item<bool>(), Is.False, $"{name}, {dtype}");
        }
    }

    [Test]
    public void CertainOutcomesHaveNoGradient()
    {
        // The reference's test_gradient_flow: ln p(0) at p = 0 is 0, and nothing flows back through the impossible outcome.
        foreach (var (ps, x) in new[] { (0.0, 0.0), (1.0, 1.0) })
        {
            var p = tensor(0.0, requires_grad: true);
            var probability = p.sigmoid() * 0 + ps;
            var density = new Bernoulli(ps: probability).LogProb(tensor(x));
            density.backward();
            Assert.That(density.Number(), Is.EqualTo(0));
            Assert.That(p.grad!.Number(), Is.EqualTo(0));
        }
        foreach (var (logit, x) in new[] { (-1e4, 0.0), (1e4, 1.0) })
        {
            var l = tensor(logit, requires_grad: true);
            var density = new Bernoulli(logits: l).LogProb(tensor(x));
            density.backward();
            Assert.That(density.Number(), Is.EqualTo(0));
            Assert.That(l.grad!.Number(), Is.EqualTo(0));
        }
        foreach (var make in new Func<Tensor, Distribution>[] { p => new Binomial(3, ps: p), p => new Poisson(p), p => new NegativeBinomial(2, ps: p) })
        {
            var p = tensor(0.0, requires_grad: true);
            var density = make(p).LogProb(tensor(0.0));
            density.backward();
            Assert.That(density.Number(), Is.EqualTo(0));
            Assert.That(double.IsFinite(p.grad!.Number()), Is.True);
        }
    }

    [Test]
    public void SmallBetasAreTwoPointed()
    {
        // Beta(ε, ε) puts half its mass at each end: samples that vanish in single precision must not gather in the middle.
        using var generator = new Generator(4);
        var x = new Beta(1e-3, 1e-3).Expand(4000).Sample(generator);
        Assert.That(x.gt(0.5).to_type(ScalarType.Float32).mean().Number(), Is.InRange(0.45, 0.55));
        Assert.That(x.gt(0.01).logical_and(x.lt(0.99)).to_type(ScalarType.Float32).mean().Number(), Is.InRange(0, 0.03));
    }

    [Test]
    public void InvalidShapeParametersDoNotHang()
    {
        foreach (var value in new[] { double.NaN, 0, -1, double.PositiveInfinity })
        {
            Assert.That(() => new Gamma(value, 1).Sample(), Throws.TypeOf<ArgumentException>().With.Message.Contains(value.ToString("G6", System.Globalization.CultureInfo.InvariantCulture)));
            Assert.Catch<ArgumentException>(() => new StudentT(value, 0, 1).Sample());
        }
        Assert.Catch<ArgumentException>(() => new Beta(double.NaN, 1).Sample());
    }

    [Test]
    public void ExactlyOneOfPsAndLogits()
    {
        Assert.Throws<ArgumentException>(() => new Bernoulli());
        Assert.Throws<ArgumentException>(() => new Bernoulli(ps: 0.5, logits: 0));
        Assert.Throws<ArgumentException>(() => new Binomial(3));
    }

    [Test]
    public void NumbersTakeTheTypeOfTheTensorsBesideThem()
    {
        Assert.That(new Normal(tensor(0.0), 1).Sigma.dtype, Is.EqualTo(ScalarType.Float64));
        Assert.That(new Normal(0, tensor(1.0)).Mu.dtype, Is.EqualTo(ScalarType.Float64));
        Assert.That(new Normal(0.0, 1.0).Mu.dtype, Is.EqualTo(ScalarType.Float32));
        Assert.That(new Normal(tensor(2), 1).Mu.dtype, Is.EqualTo(ScalarType.Float32));
        Assert.That(new Normal(tensor(0f), tensor(1.0)).Mu.dtype, Is.EqualTo(ScalarType.Float64));
        var t = new StudentT(3, tensor(0.0), 1);
        Assert.That(t.Parameters.Select(p => p.Value.dtype), Is.EqualTo([ScalarType.Float64, ScalarType.Float64, ScalarType.Float64]));
        Assert.That(new StudentT(3, 0, tensor(1.0)).Df.dtype, Is.EqualTo(ScalarType.Float64));
        Assert.That(new StudentT(3, 0, 1).Df.dtype, Is.EqualTo(ScalarType.Float32));
        Assert.Throws<ArgumentException>(() => new Normal(zeros(2), ones(3)));
    }

    [Test]
    public void StaticFormsAgreeWithObjects()
    {
        var (x, mu, sigma) = (tensor(new[] { 0.3, 2 }), tensor(0.5), tensor(new[] { 1.0, 2 }));
        Assert.That(Normal.LogPdf(x, mu, sigma).Number(), Is.EqualTo(new Normal(mu, sigma).LogPdf(x).Number()));
        Assert.That(Normal.LogProb(x, mu, sigma).Numbers(), Is.EqualTo(new Normal(mu, sigma).LogProb(x).Numbers()));
        using var one = new Generator(3);
        using var other = new Generator(3);
        Assert.That(Normal.Sample(mu, sigma, other).Numbers(), Is.EqualTo(new Normal(mu, sigma).Sample(one).Numbers()));
    }
}
