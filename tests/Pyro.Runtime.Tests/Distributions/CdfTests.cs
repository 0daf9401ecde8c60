using System.Text.Json;
using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Distributions;

/// <summary>
/// Distribution functions and quantiles against numbers of 50 digits (Data/cdf.json, which eng/accuracy-cdf.py writes), at parameters from 1e-6 to 1e8 and in
/// both tails: values, and derivatives by the point or the probability and by each parameter.
/// </summary>
public class CdfTests
{
    // Sixteen last digits of the numbers given, which computations are in double of.
    private const double Ulps = 16 * 2.2e-16;

    private static readonly Lazy<JsonElement[]> s_rows = new(() =>
    {
        using var stream = typeof(CdfTests).Assembly.GetManifestResourceStream("cdf.json")!;
        using var document = JsonDocument.Parse(stream);
        return [.. document.RootElement.Clone().EnumerateArray(), .. Catalogue.All.SelectMany(form => JsonElement.Parse(form.CdfRows).EnumerateArray())];
    });

    public static IEnumerable<string> Names => s_rows.Value.Select(Family).Distinct();

    [Test]
    public void Families_WithADistributionFunction_AreHere()
    {
        foreach (var family in Catalogue.Univariate)
            // Those of one trial have tests of their own.
            if (HasCdf(family.Make(family.Draw(new Random(1)))) && !family.Name.Contains("Bernoulli", StringComparison.Ordinal))
                Assert.That(Names.Any(name => family.Name == name || family.Name == name + " (logits)"), Is.True, family.Name);
    }

    [TestCaseSource(nameof(Names))]
    public void Cdf_BulkAndTails_HasItsDigitsAndDerivatives(string name) => Each(name, "x", (row, dtype, digits) =>
    {
        var (x, value) = (row.GetProperty("x").GetDouble(), row.GetProperty("cdf").GetDouble());
        var (leaves, at) = Leaves(row, x, dtype);
        var made = Catalogue.Find(name).Whole(leaves).Cdf(at);
        Assert.That(made.dtype, Is.EqualTo(dtype));
        var condition = Math.Abs(x * row.GetProperty("slope").GetDouble() / value);
        Near(value, made.Number(), Math.Max(digits, Ulps * condition), dtype, $"{row}: the value");
        if (made.requires_grad)
            made.backward();
        if (!Catalogue.Find(name).Example().Support.IsDiscrete)
            Near(row.GetProperty("slope").GetDouble(), at.grad!.Number(), digits * 100, dtype, $"{row}: the derivative by x");
        Derivatives(row.GetProperty("slopes"), leaves, digits * 100, dtype, $"{row}");
    });

    [TestCaseSource(nameof(Names))]
    public void Icdf_BothTails_HasItsDigitsAndDerivatives(string name) => Each(name, "quantile", (row, dtype, digits) =>
    {
        var (p, value) = (row.GetProperty("p").GetDouble(), row.GetProperty("quantile").GetDouble());
        var (leaves, at) = Leaves(row, p, dtype);
        var made = Catalogue.Find(name).Whole(leaves).Icdf(at);
        var size = row.GetProperty("parameters").EnumerateArray().Select(e => Math.Abs(e.GetDouble())).First();
        // A location is added: the quantile is held to its last digits. LogNormal has one that is not added.
        var example = Catalogue.Find(name).Example();
        var isLocation = example.Parameters[0].Constraint == Constraints.Real && example.Support != Constraints.Positive;
        var condition = row.GetProperty("by").EnumerateArray().Zip(row.GetProperty("parameters").EnumerateArray(), (by, at) => Math.Abs(by.GetDouble() * at.GetDouble()))
            .Append(Math.Abs(p * row.GetProperty("byP").GetDouble())).Max() / Math.Abs(value);
        Near(value, made.Number(), isLocation ? digits : Math.Max(digits, Ulps * condition), dtype, $"{row}: the quantile", isLocation ? size : 0);
        made.backward();
        Near(row.GetProperty("byP").GetDouble(), at.grad!.Number(), digits * 100, dtype, $"{row}: the derivative by p");
        Derivatives(row.GetProperty("by"), leaves, digits * 100, dtype, $"{row}");
    });

    [Test]
    public void Icdf_OfCounts_IsTheSmallestThatReaches()
    {
        foreach (var dtype in new[] { ScalarType.Float32, ScalarType.Float64 })
            foreach (var distribution in new Distribution[]
            {
                new Poisson(tensor(0.3, dtype)), new Poisson(tensor(40, dtype)), new Poisson(tensor(1e6, dtype)), new Geometric(ps: tensor(0.3, dtype)),
                new Geometric(logits: tensor(-8, dtype)), new Bernoulli(ps: tensor(0.3, dtype)), new Bernoulli(logits: tensor(3, dtype)),
                new Binomial(tensor(10, dtype), ps: tensor(0.3, dtype)), new Binomial(tensor(1e6, dtype), logits: tensor(4, dtype)),
                new NegativeBinomial(tensor(2.5, dtype), ps: tensor(0.6, dtype)), new NegativeBinomial(tensor(1e3, dtype), logits: tensor(-9, dtype)),
            })
            {
                var p = tensor(new[] { 0, 1e-6, 0.01, 0.3, 0.5, 0.7, 0.99, 0.9999 }, dtype);
                var k = distribution.Icdf(p);
                Assert.That(distribution.Cdf(k).ge(p).all().item<bool>() && distribution.Cdf(k - 1).lt(p).logical_or(k.eq(0)).all().item<bool>(), Is.True,
                    $"{distribution.Name} {dtype}: {string.Join(", ", k.Numbers())}");
                var some = distribution.Icdf(tensor(new[] { 0.2, 0.5, 0.8 }, dtype));
                Assert.That(distribution.Icdf(distribution.Cdf(some)).Numbers(), Is.EqualTo(some.Numbers()));
                Assert.That(distribution.Icdf(tensor(new[] { -0.1, 1.1, double.NaN }, dtype)).isnan().all().item<bool>(), Is.True, distribution.Name);
            }
        Assert.That(new Poisson(3).Icdf(tensor(1f)).Number(), Is.EqualTo(double.PositiveInfinity));
        Assert.That(new Bernoulli(ps: 0.3).Icdf(tensor(1f)).Number(), Is.EqualTo(1));
    }

    [Test]
    public void Icdf_OfBetaAndStudentT_GoesBackInBothTails()
    {
        foreach (var dtype in new[] { ScalarType.Float32, ScalarType.Float64 })
        {
            using var scope = NewDisposeScope();
            var p = tensor(new[] { 1e-8, 1e-3, 0.2, 0.5, 0.7, 0.999 }, dtype);
            var tolerance = dtype == ScalarType.Float32 ? 1e-4 : 1e-11;
            foreach (var distribution in new Distribution[]
            {
                new Beta(tensor(0.5, dtype), 0.5), new Beta(tensor(2, dtype), 30), new Beta(tensor(1e5, dtype), 2e5), new StudentT(tensor(1.0, dtype), 0, 3), new StudentT(tensor(0.3, dtype), 0, 1),
                new StudentT(tensor(1e6, dtype), 0, 1e-3),
            })
            {
                var back = distribution.Cdf(distribution.Icdf(p));
                Numeric.Close([1, 1, 1, 1, 1, 1], (back / p).Numbers(), tolerance);
            }
        }
    }

    [Test]
    public void Ends_OfDistributionFunctionsAndQuantiles_AreExact()
    {
        var ends = Numeric.Double(double.NegativeInfinity, double.PositiveInfinity);
        var outside = Numeric.Double(-0.1, 1.1, double.NaN);
        foreach (var family in Catalogue.Univariate)
        {
            using var scope = NewDisposeScope();
            var distribution = family.Make(family.Draw(new Random(1)));
            if (!HasCdf(distribution))
                continue;
            Assert.That(distribution.Cdf(ends).Numbers(), Is.EqualTo([0, 1]), family.Name);
            var quantiles = distribution.Icdf(Numeric.Double(0, 1)).Numbers();
            Assert.That(quantiles.Any(double.IsNaN), Is.False, family.Name);
            Assert.That(quantiles[0], Is.LessThan(quantiles[1]), family.Name);
        }
        Assert.That(new Gamma(2, 3.0).Icdf(outside).isnan().all().item<bool>(), Is.True);
        Numeric.Close([0.034310141366749703111, 0.046149134916501762267], new InverseGamma(Numeric.Scalar(3), 1).Icdf(Numeric.Double(1e-10, 1e-7)).Numbers(), 1e-13);
    }

    [Test]
    public void Gradients_OfCensoredData_AreThere()
    {
        // A lifetime that is known to be above 4: the log of 1 − P(α, 4β).
        Numeric.GradientIsRight(p => (1 - new Gamma(p[0], p[1]).Cdf(Numeric.Scalar(4))).log(), 1e-7, Numeric.Scalar(2.3), Numeric.Scalar(0.7));
        Numeric.GradientIsRight(p => (1 - new Chi2(p[0]).Cdf(Numeric.Scalar(4))).log(), 1e-7, Numeric.Scalar(2.3));
        Numeric.GradientIsRight(p => (1 - new InverseGamma(p[0], p[1]).Cdf(Numeric.Scalar(4))).log(), 1e-7, Numeric.Scalar(2.3), Numeric.Scalar(0.7));
        Numeric.GradientIsRight(p => new Gamma(p[0], p[1]).Icdf(Numeric.Double(0.2, 0.9)).sum(), 1e-6, Numeric.Scalar(2.3), Numeric.Scalar(0.7));
        Numeric.GradientIsRight(p => new Beta(p[0], p[1]).Icdf(Numeric.Double(0.2, 0.9)).sum(), 1e-6, Numeric.Scalar(2.3), Numeric.Scalar(0.7));
        Numeric.GradientIsRight(p => new StudentT(p[0], p[1], p[2]).Cdf(Numeric.Double(-3, 0.4, 5)).sum(), 1e-6, Numeric.Scalar(2.3), Numeric.Scalar(0.7), Numeric.Scalar(1.2));
        Numeric.GradientIsRight(p => new StudentT(p[0], p[1], p[2]).Icdf(Numeric.Double(0.2, 0.9)).sum(), 1e-6, Numeric.Scalar(2.3), Numeric.Scalar(0.7), Numeric.Scalar(1.2));
        Numeric.GradientIsRight(p => new Gamma(p[0], p[1].unsqueeze(-1)).Cdf(p[2]).sum(), 1e-6, Numeric.Double(1, 2, 3), Numeric.Double(0.5, 2), Numeric.Scalar(1.5));
    }

    private static void Each(string name, string property, Action<JsonElement, ScalarType, double> check)
    {
        Assert.Multiple(() =>
        {
            foreach (var row in s_rows.Value.Where(row => Family(row) == name && row.TryGetProperty(property, out _)))
            {
                using var scope = NewDisposeScope();
                check(row, ScalarType.Float64, 1e-12);
                check(row, ScalarType.Float32, 1e-6);
            }
        });
    }

    private static string Family(JsonElement row) => row.GetProperty("family").GetString()!;

    private static (Tensor[] Parameters, Tensor At) Leaves(JsonElement row, double at, ScalarType dtype) =>
        ([.. row.GetProperty("parameters").EnumerateArray().Select(e => tensor(e.GetDouble(), dtype).requires_grad_())], tensor(at, dtype).requires_grad_());

    private static void Derivatives(JsonElement expected, Tensor[] leaves, double tolerance, ScalarType dtype, string text)
    {
        // One that goes through zero is the difference of numbers as large as another one.
        var largest = expected.EnumerateArray().Max(e => Math.Abs(e.GetDouble()));
        for (var i = 0; i < leaves.Length; i++)
            if (leaves[i].grad is { } gradient)
                Near(expected[i].GetDouble(), gradient.Number(), tolerance, dtype, $"{text}: the derivative by parameter {i}", 1e-3 * largest);
    }

    // Relative, but for what is below the smallest number or, where a location is added, below a last digit of that.
    private static void Near(double expected, double actual, double tolerance, ScalarType dtype, string text, double size = 0)
    {
        var least = dtype == ScalarType.Float32 ? 1e-37 : 1e-300;
        if (dtype == ScalarType.Float32 && Math.Abs(expected) > 3.4e38)
            Assert.That(double.IsInfinity(actual), text);
        else
            Assert.That(Math.Abs(expected - actual) <= tolerance * Math.Max(Math.Abs(expected), size) + least, $"{text} in {dtype} is {actual:R}");
    }

    private static bool HasCdf(Distribution distribution)
    {
        try
        {
            return distribution.Cdf(zeros(1, ScalarType.Float64)) is not null;
        }
        catch (NotSupportedException)
        {
            return false;
        }
    }
}
