using Pyro.Distributions;
using Pyro.Distributions.Transforms;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Distributions;

/// <summary>
/// At all edges of the domains at once, and at values far out, densities are finite or −∞, and no derivative, by the value or by a parameter, is NaN: of a
/// value that is impossible as well, which a batch may have beside others.
/// </summary>
public class EdgeTests
{
    private static readonly double[] s_real = [0, 1, -1e4, 1e4, -1e30, 1e30];
    private static readonly double[] s_positive = [1, 1e-3, 1e-6, 1e6];
    private static readonly double[] s_scale = [1, 1e-30, 1e-6, 1e6, 1e30];
    private static readonly double[] s_unit = [0, 1, 0.5, 1e-30];
    private static readonly double[] s_logits = [0, 30, -200, 1e4, -1e4];
    private static readonly double[] s_count = [0, 1, 5];
    private static readonly double[] s_values = [-1e30, -1e4, -1, -1e-30, 0, 1e-30, 1e-6, 0.25, 0.5, 1, 2, 5, 1e4, 1e30, double.PositiveInfinity, double.NegativeInfinity];

    private static readonly Dictionary<string, (Func<Tensor[], Distribution> Make, double[][] Parameters)> s_families = new()
    {
        ["Bernoulli"] = (p => new Bernoulli(ps: p[0]), [s_unit]),
        ["Bernoulli (logits)"] = (p => new Bernoulli(logits: p[0]), [s_logits]),
        ["Bernoulli (soft)"] = (p => new Bernoulli(ps: p[0], softValues: true), [s_unit]),
        ["Bernoulli (soft logits)"] = (p => new Bernoulli(logits: p[0], softValues: true), [s_logits]),
        ["Beta"] = (p => new Beta(p[0], p[1]), [s_positive, s_positive]),
        ["BetaBinomial"] = (p => new BetaBinomial(p[0], p[1], p[2].detach()), [s_positive, s_positive, s_count]),
        ["Binomial"] = (p => new Binomial(p[1].detach(), ps: p[0]), [s_unit, s_count]),
        ["Binomial (logits)"] = (p => new Binomial(p[1].detach(), logits: p[0]), [s_logits, s_count]),
        ["Cauchy"] = (p => new Cauchy(p[0], p[1]), [s_real, s_scale]),
        ["Chi2"] = (p => new Chi2(p[0]), [s_positive]),
        ["ContinuousBernoulli"] = (p => new ContinuousBernoulli(ps: p[0]), [[0.5, 1e-30, 0.999999]]),
        ["ContinuousBernoulli (logits)"] = (p => new ContinuousBernoulli(logits: p[0]), [s_logits]),
        ["Exponential"] = (p => new Exponential(p[0]), [s_scale]),
        ["Gamma"] = (p => new Gamma(p[0], p[1]), [s_positive, s_scale]),
        ["Geometric"] = (p => new Geometric(ps: p[0]), [s_unit]),
        ["Geometric (logits)"] = (p => new Geometric(logits: p[0]), [s_logits]),
        ["Gumbel"] = (p => new Gumbel(p[0], p[1]), [s_real, s_scale]),
        ["HalfCauchy"] = (p => new HalfCauchy(p[0], p[1]), [s_real, s_scale]),
        ["HalfNormal"] = (p => new HalfNormal(p[0]), [s_scale]),
        ["InverseGamma"] = (p => new InverseGamma(p[0], p[1]), [s_positive, s_scale]),
        ["Laplace"] = (p => new Laplace(p[0], p[1]), [s_real, s_scale]),
        ["LogNormal"] = (p => new LogNormal(p[0], p[1]), [s_real, s_scale]),
        ["Logistic"] = (p => new Logistic(p[0], p[1]), [s_real, s_scale]),
        ["NegativeBinomial"] = (p => new NegativeBinomial(p[0], ps: p[1]), [s_positive, s_unit]),
        ["NegativeBinomial (logits)"] = (p => new NegativeBinomial(p[0], logits: p[1]), [s_positive, s_logits]),
        ["Normal"] = (p => new Normal(p[0], p[1]), [s_real, s_scale]),
        ["Pareto"] = (p => new Pareto(p[0], p[1]), [s_scale, s_positive]),
        ["Poisson"] = (p => new Poisson(p[0]), [[0, .. s_scale]]),
        ["RelaxedBernoulli"] = (p => new RelaxedBernoulli(p[0], ps: p[1]), [s_positive, s_unit]),
        ["RelaxedBernoulli (logits)"] = (p => new RelaxedBernoulli(p[0], logits: p[1]), [s_positive, s_logits]),
        ["StudentT"] = (p => new StudentT(p[0], p[1], p[2]), [s_positive, s_real, s_scale]),
        ["Uniform"] = (p => new Uniform(p[0], p[0].abs() * 2 + p[1]), [s_real, [1, 1e4, 1e30]]),
        ["VonMises"] = (p => new VonMises(p[0], p[1]), [s_real, s_scale]),
        ["Weibull"] = (p => new Weibull(p[0], p[1]), [s_scale, s_positive]),
        ["ZeroInflated Poisson"] = (p => new ZeroInflated(new Poisson(p[0]), p[1]), [[0, .. s_scale], s_unit]),
        ["ZeroInflated Binomial"] = (p => new ZeroInflated(new Binomial(5, ps: p[0]), p[1]), [s_unit, s_unit]),
        ["Mixture of Normal"] = (p => new Mixture(new Normal(Two(p[0], p[0] + 1), p[1].unsqueeze(-1)), ps: Two(p[2], 1 - p[2])), [s_real, s_positive, s_unit]),
        ["Mixture of Gamma"] = (p => new Mixture(new Gamma(Two(p[0], p[0] + 1), p[1].unsqueeze(-1)), ps: Two(p[2], 1 - p[2])), [s_positive, s_positive, s_unit]),
        ["Mixture of Uniform (logits)"] = (p => new Mixture(new Uniform(Two(p[0], p[0] + 1), Two(p[0] + 3, p[0] + 4)), logits: Two(p[1], -p[1])), [[0, 1, 100], s_logits]),
        ["Delta"] = (p => new Delta(p[0]), [s_real]),
        ["Transformed by exp"] = (p => new TransformedDistribution(new Normal(p[0], p[1]), Exp.Instance), [s_real, s_positive]),
        ["Transformed by sigmoid"] = (p => new TransformedDistribution(new Normal(p[0], p[1]), Sigmoid.Instance), [s_real, s_positive]),
        ["Transformed by softplus"] = (p => new TransformedDistribution(new Normal(p[0], p[1]), Softplus.Instance), [s_real, s_positive]),
        ["Transformed by tanh"] = (p => new TransformedDistribution(new Normal(p[0], p[1]), Tanh.Instance), [s_real, s_positive]),
        ["Transformed mixture"] = (p => new TransformedDistribution(new Mixture(new Uniform(Two(p[0], p[0] + 1), Two(p[0] + 3, p[0] + 4)), ps: Two(p[1], 1 - p[1])), Exp.Instance), [[0, 1, -5], s_unit]),
    };

    public static IEnumerable<string> Names => s_families.Keys;

    private static Tensor Two(Tensor a, Tensor b) => stack([a, b], -1);

    [Test]
    public void EveryUnivariateFamilyIsHere() =>
        Assert.That(Catalogue.Univariate.Select(family => family.Name).Except(s_families.Keys), Is.Empty);

    [TestCaseSource(nameof(Names))]
    public void DensitiesAndTheirDerivativesAreNumbers(string name)
    {
        using var scope = NewDisposeScope();
        var (make, lists) = s_families[name];
        double[][] rows = [[]];
        foreach (var list in lists.Prepend(s_values))
            rows = [.. from row in rows from value in list select (double[])[.. row, value]];
        foreach (var dtype in new[] { ScalarType.Float32, ScalarType.Float64 })
        {
            var columns = Enumerable.Range(0, rows[0].Length).Select(k => tensor(rows.Select(row => row[k]).ToArray(), dtype).requires_grad_()).ToArray();
            var distribution = make(columns[1..]);
            var density = distribution.LogProb(distribution.Support.IsDiscrete ? columns[0].detach() : columns[0]);
            Holds("the density", density, value => !double.IsNaN(value));
            if (!name.StartsWith("Beta", StringComparison.Ordinal))
                Holds("the density", density, value => !double.IsPositiveInfinity(value));
            if (!density.requires_grad)
                continue;
            density.sum().backward();
            for (var k = 0; k < columns.Length; k++)
                if (columns[k].grad is { } gradient)
                    Holds(k == 0 ? "the derivative by the value" : $"the derivative by parameter {k}", gradient, value => !double.IsNaN(value));

            void Holds(string what, Tensor numbers, Predicate<double> property)
            {
                var values = numbers.Numbers();
                var at = Array.FindIndex(values, value => !property(value));
                Assert.That(at < 0, at < 0 ? "" : $"{name} in {dtype}: {what} at ({string.Join(", ", rows[at])}) is {values[at]}");
            }
        }
    }

    [Test]
    public void HeavyTailsGoOnWhereSquaresEnd()
    {
        // ln p = −2 ln x − ln π far out, in single precision as well.
        var x = tensor(new[] { 1e20f, 1e30f, -1e25f });
        var expected = x.Numbers().Select(value => -2 * Math.Log(Math.Abs(value)) - Math.Log(Math.PI)).ToArray();
        Numeric.Close(expected, new Cauchy(0, 1).LogProb(x).Numbers(), 1e-6);
        Numeric.Close(expected, new StudentT(1, 0, 1).LogProb(x).Numbers(), 1e-6);
        Numeric.Close(expected[0] + Math.Log(2), new HalfCauchy(0, 1).LogProb(x)[0].Number(), 1e-6);

        // The same by operations, which other dtypes come to.
        Numeric.Close(expected, new Cauchy(tensor(0f), 1).LogProb(x.to_type(ScalarType.Float64)).Numbers(), 1e-6);
        var leaf = x.clone().requires_grad_();
        new StudentT(1, 0, 1).LogProb(leaf).sum().backward();
        Numeric.Close(x.Numbers().Select(value => -2 / value).ToArray(), leaf.grad!.Numbers(), 1e-6);
    }

    [Test]
    public void AWeightOfNothingHasASlope()
    {
        // d ln(w p₀ + (1 − w) p₁)/dw at w = 0 is (p₀ − p₁)/p₁.
        foreach (var x in new[] { 0.3, -2, 5 })
        {
            var weight = Numeric.Scalar(0).requires_grad_();
            var mixture = new Mixture(new Normal(Numeric.Double(0, 1), Numeric.Double(1, 2)), ps: stack([weight, 1 - weight]));
            mixture.LogProb(Numeric.Scalar(x)).backward();
            var (first, second) = (new Normal(Numeric.Scalar(0), 1).LogProb(Numeric.Scalar(x)).Number(), new Normal(Numeric.Scalar(1), 2).LogProb(Numeric.Scalar(x)).Number());
            Numeric.Close(Math.Exp(first - second) - 1, weight.grad!.Number(), 1e-12);
        }
        var gate = Numeric.Scalar(0).requires_grad_();
        new ZeroInflated(new Poisson(Numeric.Scalar(2)), gate).LogProb(Numeric.Scalar(0)).backward();
        Numeric.Close(Math.Exp(2) - 1, gate.grad!.Number(), 1e-12);

        // Where counts make zero next to impossible, but do not rule it out.
        Numeric.Close(-2000, new ZeroInflated(new Poisson(Numeric.Scalar(2000)), 0).LogProb(Numeric.Scalar(0)).Number());
    }

    [Test]
    public void VariancesKeepTheirDigits()
    {
        // A mixture far from 0, and a Weibull whose Γ(1 + 2/k) overflows or is next to Γ(1 + 1/k)².
        Numeric.Close(1.25, new Mixture(new Normal(Numeric.Double(1e8, 1e8 + 1), 1), ps: Numeric.Double(0.5, 0.5)).AnalyticVar.Number(), 1e-9);
        Assert.That(new Weibull(1, 1e-6).AnalyticVar.Number(), Is.EqualTo(double.PositiveInfinity));
        Numeric.Close(Math.PI * Math.PI / 6, new Weibull(Numeric.Scalar(1), 1e4).AnalyticVar.Number() * 1e8, 1e-3);
    }

    [Test]
    public void AnImpossiblePartOfARowOutweighsAPole()
    {
        foreach (var dtype in new[] { ScalarType.Float32, ScalarType.Float64 })
        {
            var alpha = tensor(new[] { 1e-3, 1, 5 }, dtype);
            Assert.That(new Dirichlet(alpha).LogProb(tensor(new[] { 0.0, 1, 0 }, dtype)).Number(), Is.EqualTo(double.NegativeInfinity));
            Assert.That(new Dirichlet(alpha).LogProb(tensor(new[] { 0, 0.5, 0.5 }, dtype)).Number(), Is.EqualTo(double.PositiveInfinity));
        }
    }

    [Test]
    public void CertainPartsOfRelaxedRowsHaveNoDerivative()
    {
        var (ps, heat) = (Numeric.Double(0, 0.4, 0.6).requires_grad_(), Numeric.Scalar(0.5).requires_grad_());
        var relaxed = new RelaxedOneHotCategorical(heat, ps: ps);
        Assert.That(relaxed.LogProb(Numeric.Double(0.2, 0.3, 0.5)).Number(), Is.EqualTo(double.NegativeInfinity));
        relaxed.Sample().select(0, 1).log().backward();
        Assert.That(((double[])[.. ps.grad!.Numbers(), heat.grad!.Number()]).Select(value => double.IsFinite(value)), Has.All.True);
        Assert.That(ps.grad![0].Number(), Is.EqualTo(0));
        foreach (var certain in new[] { 0.0, 1 })
        {
            var p = Numeric.Scalar(certain).requires_grad_();
            var sample = new RelaxedBernoulli(heat, ps: p).Sample();
            Numeric.Close(certain, sample.Number(), 1e-9);
            sample.backward();
            Assert.That(double.IsFinite(heat.grad!.Number()) && double.IsFinite(p.grad!.Number()));
        }
    }

    [Test]
    public void RowsOutsideTheSupportHaveNoDerivative()
    {
        foreach (var dtype in new[] { ScalarType.Float32, ScalarType.Float64 })
            foreach (var map in new Bijector[] { StickBreaking.Instance, Ordered.Instance })
            {
                var mu = zeros(2, 3, dtype).requires_grad_();
                var made = new TransformedDistribution(new Normal(mu, 1), map);
                var inside = made.Sample().detach();
                var x = stack([inside[0], zeros_like(inside[0])]).requires_grad_();
                var density = made.LogProb(x);
                Assert.That(double.IsNegativeInfinity(density[1].Number()) && double.IsFinite(density[0].Number()));
                density.sum().backward();
                Assert.That(x.grad!.isnan().any().item<bool>() || mu.grad!.isnan().any().item<bool>(), Is.False);
                Assert.That(mu.grad![1].abs().sum().Number(), Is.EqualTo(0));
            }
    }

    [Test]
    public void OutcomesThatAreImpossibleAreNotDrawn()
    {
        // Probabilities of single precision, whose sum is 1 up to rounding: what is left of it must not reach the outcomes after the last possible one.
        using var generator = new Generator(1);
        var random = new Random(5);
        for (var i = 0; i < 100; i++)
        {
            var weights = Enumerable.Range(0, 30).Select(_ => random.NextSingle()).ToArray();
            var ps = tensor((float[])[.. weights.Select(weight => weight / weights.Sum()), 0, 0]);
            var x = new Multinomial(10_000_000, ps: ps).Sample(generator);
            Assert.That(x.Numbers()[30..], Is.EqualTo([0, 0]));
        }
    }

    [Test]
    public void CountsBeyondSixtyFourBitsAreNotNegative()
    {
        using var generator = new Generator(2);
        foreach (var rate in new[] { 1e16, 1e18, 1e19, 1e30 })
            Numeric.Close(1, new Poisson(Numeric.Scalar(rate)).Sample(generator).Number() / rate, 1e-6);
        Assert.That(new NegativeBinomial(Numeric.Scalar(3), logits: 100).Sample(generator).Number() > 1e40);
    }
}
