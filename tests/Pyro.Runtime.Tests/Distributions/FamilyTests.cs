using FsCheck;
using FsCheck.Fluent;
using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Distributions;

/// <summary>What must hold for every univariate family, at random parameters and shapes.</summary>
public class FamilyTests
{
    private static readonly long[][] s_shapes = [[], [1], [3], [2, 3], [1, 2], [2, 1, 3], [0], [2, 0]];

    public static IEnumerable<string> Names => Catalogue.Univariate.Select(f => f.Name);

    public static IEnumerable<string> Continuous => Catalogue.Univariate.Where(f => !f.Example().Support.IsDiscrete).Select(f => f.Name);

    public static IEnumerable<string> Reparameterized => Catalogue.Univariate.Where(f => f.Example().Reparameterized).Select(f => f.Name);

    public static IEnumerable<string> Enumerable => Catalogue.Univariate.Where(f => f.Example().Enumerable).Select(f => f.Name);

    [TestCaseSource(nameof(Names))]
    public void DensityIsNormalised(string name) => ForAll(name, 5, (family, random) =>
    {
        var distribution = family.Make(family.Draw(random));
        Numeric.Close(1, new Mass(distribution, family.Largest).Total, 1e-6);
    });

    [TestCaseSource(nameof(Names))]
    public void MomentsAreThoseOfTheDensity(string name) => ForAll(name, 5, (family, random) =>
    {
        if (!family.HasMoments)
            return;
        var distribution = family.Make(family.Draw(random));
        var mass = new Mass(distribution, family.Largest);
        var mean = mass.Expect(x => x);
        Numeric.Close(mean, distribution.AnalyticMean.Number(), 1e-5);
        Numeric.Close(mass.Expect(x => (x - mean) * (x - mean)), distribution.AnalyticVar.Number(), 1e-5);
    });

    [TestCaseSource(nameof(Names))]
    public void SamplesFollowTheDensity(string name) => ForAll(name, 3, (family, random) =>
    {
        const int Count = 20000;
        var parameters = family.Draw(random);
        var distribution = family.Make(parameters).Expand(Count);
        using var generator = new Generator((ulong)random.NextInt64());
        using var noGrad = no_grad();
        var samples = distribution.Sample(generator);
        Assert.That(distribution.Support.Check(samples).all().item<bool>(), Is.True);

        // Kolmogorov and Smirnov: the distance exceeds 2.2/√n once in 16,000 times.
        var distance = new Mass(family.Make(parameters), family.Largest).Distance(samples.Numbers());
        Assert.That(distance < 2.2 / Math.Sqrt(Count), $"{family.Name}: distance {distance}");
    });

    [TestCaseSource(nameof(Names))]
    public void GradientOfTheDensityIsRight(string name) => ForAll(name, 5, (family, random) =>
    {
        var parameters = family.Draw(random, 3);
        using var generator = new Generator((ulong)random.NextInt64());
        var x = family.Make(parameters).Sample(generator).detach();
        Numeric.GradientIsRight(p => family.Make(p).LogPdf(x), 1e-5, parameters);
        if (!family.Make(parameters).Support.IsDiscrete)
            Numeric.GradientIsRight(v => family.Make(parameters).LogPdf(v[0]), 1e-4, x.Interior(family.Make(parameters)));
    });

    [TestCaseSource(nameof(Reparameterized))]
    public void GradientOfSamplesIsRight(string name) => ForAll(name, 3, (family, random) =>
    {
        // The gradient of E[f] by samples against the difference of integrals, for a bounded f that feels the whole support.
        const int Count = 20000;
        static double F(double x) => 1 / (1 + Math.Exp(-x));
        var parameters = family.Draw(random);
        for (var k = 0; k < parameters.Length; k++)
        {
            var leaves = parameters.Select(p => p.expand(Count).clone().requires_grad_()).ToArray();
            using var generator = new Generator((ulong)random.NextInt64());
            family.Make(leaves).Sample(generator).sigmoid().sum().backward();
            var draws = leaves[k].grad!.Numbers();
            var mean = draws.Average();
            var error = Math.Sqrt(draws.Sum(d => (d - mean) * (d - mean)) / Count / Count);

            var h = 1e-3;
            double Expectation(double step) => new Mass(
                family.Make([.. parameters.Select((p, i) => i == k ? p + step : p)]), family.Largest).Expect(F);
            var expected = (Expectation(h) - Expectation(-h)) / (2 * h);
            Assert.That(Math.Abs(mean - expected) < 4.5 * error + 1e-4, $"{family.Name}, parameter {k}: {mean} ± {error}, expected {expected}");
        }
    });

    [TestCaseSource(nameof(Names))]
    public void ShapesAgree(string name) => ForAll(name, 12, (family, random) =>
    {
        var shape = s_shapes[random.Next(s_shapes.Length)];
        var distribution = family.Make(family.Draw(random, shape));
        Assert.That(distribution.Shape, Is.EqualTo(shape));
        Assert.That(distribution.BatchShape.Concat(distribution.EventShape), Is.EqualTo(distribution.Shape));
        Assert.That(distribution.EventDim, Is.EqualTo(distribution.EventShape.Length));
        var x = distribution.Sample();
        Assert.That(x.shape, Is.EqualTo(shape));
        Assert.That(distribution.LogProb(x).shape, Is.EqualTo(shape));
        Assert.That(distribution.BatchLogPdf(x).shape, Is.EqualTo([.. distribution.BatchShape, 1]));
        Assert.That(distribution.LogPdf(x).shape, Is.Empty);
        Numeric.Close(distribution.LogProb(x).sum().Number(), distribution.BatchLogPdf(x).sum().Number(), 1e-9);

        long[] larger = [4, .. shape];
        var expanded = distribution.Expand(larger);
        Assert.That(expanded.Shape, Is.EqualTo(larger));
        Assert.That(distribution.GetType(), Is.EqualTo(expanded.GetType()));
        Numeric.Close(distribution.LogProb(x.expand(larger)).Numbers(), expanded.LogProb(x.expand(larger)).Numbers());
        Assert.That(expanded.Reparameterized, Is.EqualTo(distribution.Reparameterized));
    });

    [TestCaseSource(nameof(Names))]
    public void ValuesOfTheWrongShapeAreRefused(string name) => ForAll(name, 4, (family, random) =>
    {
        var distribution = family.Make(family.Draw(random, 3));
        Assert.Throws<ArgumentException>(() => distribution.LogProb(ones(3, 1, ScalarType.Float64)));
        Assert.Throws<ArgumentException>(() => distribution.LogProb(ones(4, ScalarType.Float64)));
        Assert.Throws<ArgumentException>(() => distribution.LogProb(ones([], ScalarType.Float64)));
        Assert.Throws<ArgumentException>(() => distribution.Expand(4));
    });

    [TestCaseSource(nameof(Names))]
    public void OutsideTheSupportIsMinusInfinity(string name) => ForAll(name, 4, (family, random) =>
    {
        var parameters = family.Draw(random);
        var values = Numeric.Double(-1e30, -1e4, -7.5, -1, -1e-30, 0, 1e-30, 0.5, 1, 1.5, 2, 1e4, 1e30);
        foreach (var dtype in new[] { ScalarType.Float64, ScalarType.Float32 })
        {
            var x = values.to_type(dtype);
            var at = family.Make([.. parameters.Select(p => p.to_type(dtype))]);
            var density = at.LogProb(x).Numbers();
            var inside = at.Support.Check(x).Numbers<bool>();
            for (var i = 0; i < density.Length; i++)
            {
                Assert.That(density[i], Is.Not.NaN, $"{family.Name} at {x[i].Number()}: {density[i]}");
                if (!inside[i])
                    Assert.That(density[i], Is.EqualTo(double.NegativeInfinity), $"{family.Name} at {x[i].Number()}: {density[i]}");
            }
        }
    });

    [TestCaseSource(nameof(Continuous))]
    public void GradientOutsideTheSupportIsNotNaN(string name) => ForAll(name, 4, (family, random) =>
    {
        var leaves = family.Draw(random).Select(p => p.requires_grad_()).ToArray();
        var density = family.Make(leaves).LogProb(Numeric.Double(-5, 0.5, 5));
        where(density.isfinite(), density, zeros_like(density)).sum().backward();
        Assert.That(leaves.Select(leaf => leaf.grad!.Number()), Has.All.Not.NaN);
    });

    [TestCaseSource(nameof(Enumerable))]
    public void EnumerationCoversTheMass(string name) => ForAll(name, 8, (family, random) =>
    {
        var shape = s_shapes[random.Next(s_shapes.Length)];
        var distribution = family.Make(family.Draw(random, shape));
        var support = distribution.EnumerateSupport();
        Assert.That(support.shape[1..], Is.EqualTo(shape));
        foreach (var total in distribution.LogProb(support).exp().sum(0L).Numbers())
            Numeric.Close(1, total);
    });

    [TestCaseSource(nameof(Names))]
    public void ParametersHaveNamesAndDomains(string name) => ForAll(name, 2, (family, random) =>
    {
        var parameters = family.Make(family.Draw(random)).Parameters;
        Assert.That(parameters, Is.Not.Empty);
        Assert.That(parameters.Select(p => p.Constraint.Find(p.Value)), Has.All.Null);
        Assert.That(parameters.Select(p => p.Constraint.Find(p.Value * double.NaN)), Has.All.Not.Null);
    });

    [TestCaseSource(nameof(Names))]
    public void FloatAndDoubleAgree(string name) => ForAll(name, 4, (family, random) =>
    {
        var parameters = family.Draw(random, 4);
        var singles = parameters.Select(p => p.to_type(ScalarType.Float32)).ToArray();
        var single = family.Make(singles);
        var x = single.Sample();
        Assert.That(x.dtype, Is.EqualTo(ScalarType.Float32));
        var density = single.LogProb(x);
        Assert.That(density.dtype, Is.EqualTo(ScalarType.Float32));
        var exact = family.Make([.. singles.Select(p => p.to_type(ScalarType.Float64))]).LogProb(x.to_type(ScalarType.Float64));
        Numeric.Close(exact.Numbers(), density.Numbers(), 2e-5);
    });

    private static void ForAll(string name, int cases, Action<Family, Random> property)
    {
        var family = Catalogue.Find(name);
        var config = Config.QuickThrowOnFailure.WithMaxTest(cases).WithReplay(20180225, 1);

        // In a scope: a tensor that none holds may be freed while an operation reads it.
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
        {
            using var scope = NewDisposeScope();
            property(family, new Random(seed));
        }).Check(config);
    }
}

internal static class Interiors
{
    /// <summary>Values moved a little off the edges of the support, where differences cannot be taken.</summary>
    public static Tensor Interior(this Tensor x, Distribution distribution)
    {
        var map = distribution.Support.TransformTo();
        return map.Forward(map.Inverse(x).clamp(-4.0, 4.0));
    }
}
