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
    private static readonly double[] s_values = [-1e30, -1e4, -1, -1e-30, 0, 1e-30, 1e-6, 0.25, 0.5, 1, 2, 5, 1e4, 1e30, double.PositiveInfinity, double.NegativeInfinity];

    // Forms beside those of the families' files, and distributions that are made of others.
    private static readonly Dictionary<string, (Func<Tensor[], Distribution> Make, double[][] Parameters)> s_more = new()
    {
        ["Bernoulli (soft)"] = (p => new Bernoulli(ps: p[0], softValues: true), [Edge.Unit]),
        ["Bernoulli (soft logits)"] = (p => new Bernoulli(logits: p[0], softValues: true), [Edge.Logits]),
        ["RelaxedBernoulli (logits)"] = (p => new RelaxedBernoulli(p[0], logits: p[1]), [Edge.Positive, Edge.Logits]),
        ["ZeroInflated Poisson"] = (p => new ZeroInflated(new Poisson(p[0]), p[1]), [[0, .. Edge.Scale], Edge.Unit]),
        ["ZeroInflated Binomial"] = (p => new ZeroInflated(new Binomial(5, ps: p[0]), p[1]), [Edge.Unit, Edge.Unit]),
        ["Mixture of Normal"] = (p => new Mixture(new Normal(Two(p[0], p[0] + 1), p[1].unsqueeze(-1)), ps: Two(p[2], 1 - p[2])), [Edge.Real, Edge.Positive, Edge.Unit]),
        ["Mixture of Gamma"] = (p => new Mixture(new Gamma(Two(p[0], p[0] + 1), p[1].unsqueeze(-1)), ps: Two(p[2], 1 - p[2])), [Edge.Positive, Edge.Positive, Edge.Unit]),
        ["Mixture of Uniform (logits)"] = (p => new Mixture(new Uniform(Two(p[0], p[0] + 1), Two(p[0] + 3, p[0] + 4)), logits: Two(p[1], -p[1])), [[0, 1, 100], Edge.Logits]),
        ["Delta"] = (p => new Delta(p[0]), [Edge.Real]),
        ["Transformed by exp"] = (p => new TransformedDistribution(new Normal(p[0], p[1]), Exp.Instance), [Edge.Real, Edge.Positive]),
        ["Transformed by sigmoid"] = (p => new TransformedDistribution(new Normal(p[0], p[1]), Sigmoid.Instance), [Edge.Real, Edge.Positive]),
        ["Transformed by softplus"] = (p => new TransformedDistribution(new Normal(p[0], p[1]), Softplus.Instance), [Edge.Real, Edge.Positive]),
        ["Transformed by tanh"] = (p => new TransformedDistribution(new Normal(p[0], p[1]), Tanh.Instance), [Edge.Real, Edge.Positive]),
        ["Transformed mixture"] = (p => new TransformedDistribution(new Mixture(new Uniform(Two(p[0], p[0] + 1), Two(p[0] + 3, p[0] + 4)), ps: Two(p[1], 1 - p[1])), Exp.Instance), [[0, 1, -5], Edge.Unit]),
    };

    public static IEnumerable<string> Names => [.. Catalogue.Univariate.Select(family => family.Name), .. s_more.Keys];

    private static Tensor Two(Tensor a, Tensor b) => stack([a, b], -1);

    [Test]
    public void Edges_EveryUnivariateForm_HasThem() =>
        Assert.That(Catalogue.Univariate.Where(family => family.Edges.Length == 0).Select(family => family.Name), Is.Empty);

    [TestCaseSource(nameof(Names))]
    public void DensitiesAndTheirDerivativesAreNumbers(string name)
    {
        using var scope = NewDisposeScope();
        var (make, lists) = s_more.TryGetValue(name, out var more) ? more : (Catalogue.Find(name).AtEdges, Catalogue.Find(name).Edges);
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
