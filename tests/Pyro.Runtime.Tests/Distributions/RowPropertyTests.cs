using FsCheck;
using FsCheck.Fluent;
using Pyro.Distributions;
using Pyro.Distributions.Transforms;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Distributions;

/// <summary>What must hold for families whose draws are rows or matrices, and for those made of others, at random parameters, sizes and batches.</summary>
public class RowPropertyTests
{
    private static readonly long[][] s_batches = [[], [1], [3], [2, 3], [0], [2, 1]];

    // By name: a distribution with a batch, whose events have the size K.
    private static readonly Dictionary<string, Func<Draws, long[], long, Distribution>> s_families = new()
    {
        ["Categorical"] = (d, b, k) => new Categorical(ps: d.Simplex(b, k)),
        ["Categorical (logits)"] = (d, b, k) => new Categorical(logits: d.Real(b, k)),
        ["Categorical of values"] = (d, b, k) => new Categorical<string>([.. Enumerable.Range(0, (int)k).Select(i => $"v{i}")], logits: d.Real(b, k)),
        ["OneHotCategorical"] = (d, b, k) => new OneHotCategorical(ps: d.Simplex(b, k)),
        ["OneHotCategorical (logits)"] = (d, b, k) => new OneHotCategorical(logits: d.Real(b, k)),
        ["Multinomial"] = (d, b, k) => new Multinomial(d.Counts(b), ps: d.Simplex(b, k)),
        ["Multinomial (logits)"] = (d, b, k) => new Multinomial(4, logits: d.Real(b, k)),
        ["Dirichlet"] = (d, b, k) => new Dirichlet(d.Positive(b, k)),
        ["RelaxedOneHotCategorical"] = (d, b, k) => new RelaxedOneHotCategorical(0.7, logits: d.Real(b, k)),
        ["MultivariateNormal"] = (d, b, k) => new MultivariateNormal(d.Real(b, k), d.Definite(b, k)),
        ["MultivariateNormal (precision)"] = (d, b, k) => new MultivariateNormal(d.Real(b, k), precision: d.Definite(b, k)),
        ["MultivariateNormal (factor)"] = (d, b, k) => new MultivariateNormal(d.Real(b, k), scaleTril: LowerCholesky.Instance.Forward(d.Real(b, k, k))),
        ["LowRankMultivariateNormal"] = (d, b, k) => new LowRankMultivariateNormal(d.Real(b, k), d.Real(b, k, 2), d.Positive(b, k)),
        ["LKJCholesky"] = (d, b, k) => new LKJCholesky(k, d.Positive(b)),
        ["Mixture of Normal"] = (d, b, k) => new Mixture(new Normal(d.Real(b, k), d.Positive(b, k)), logits: d.Real(b, k)),
        ["Mixture of Gamma"] = (d, b, k) => new Mixture(new Gamma(d.Positive(b, k), d.Positive(b, k)), ps: d.Simplex(b, k)),
        ["Mixture of Dirichlet"] = (d, b, k) => new Mixture(new Dirichlet(d.Positive(b, 2, k)), ps: d.Simplex(b, 2)),
        ["Mixture of Binomial"] = (d, b, k) => new Mixture(new Binomial(3, logits: d.Real(b, k)), ps: d.Simplex(b, k)),
        ["ZeroInflated"] = (d, b, k) => new ZeroInflated(new Poisson(d.Positive(b)), d.Unit(b)),
        ["ZeroInflated Binomial"] = (d, b, k) => new ZeroInflated(new Binomial(4, logits: d.Real(b)), d.Unit(b)),
        ["ToEvent"] = (d, b, k) => new Normal(d.Real(b, k), d.Positive(b, k)).ToEvent(1),
        ["Masked"] = (d, b, k) => new Normal(d.Real(b, k), 1).Mask(d.Real(b, k).gt(0)),
        ["Delta"] = (d, b, k) => new Delta(d.Real(b, k)),
        ["Empirical"] = (d, b, k) => new Empirical(d.Real([5], k), d.Real([5])).Expand(b),
        ["TransformedDistribution"] = (d, b, k) => new TransformedDistribution(new Normal(d.Real(b, k), d.Positive(b, k)), new Affine(1, -2), Softplus.Instance),
        ["TransformedDistribution of rows"] = (d, b, k) => new TransformedDistribution(new Normal(d.Real(b, k), d.Positive(b, k)), StickBreaking.Instance),
    };

    public static IEnumerable<string> Names => s_families.Keys;

    [Test]
    public void EveryFamilyThatIsNotUnivariateIsHere()
    {
        var univariate = Catalogue.Univariate.Select(family => family.Example().GetType());
        var here = s_families.Values.Select(make => make(new Draws(new Random(1)), [], 3).GetType().Name);
        Assert.That(Catalogue.Classes.Select(type => type.Name).Except(univariate.Select(type => type.Name)).Except(here), Is.Empty);
    }

    [TestCaseSource(nameof(Names))]
    public void ShapesAgree(string name) => ForAll(name, 12, (distribution, batch, random) =>
    {
        using var generator = new Generator((ulong)random.NextInt64());
        var x = distribution.Sample(generator);
        Assert.That(x.shape, Is.EqualTo(distribution.Shape));
        Assert.That(distribution.BatchShape.Concat(distribution.EventShape), Is.EqualTo(distribution.Shape));
        var density = distribution.LogProb(x);
        Assert.That(density.shape, Is.EqualTo(distribution.Shape[..^distribution.EventRank]));
        Assert.That(distribution.BatchLogPdf(x).shape, Is.EqualTo([.. distribution.BatchShape, 1]));
        Assert.That(distribution.LogPdf(x).shape, Is.Empty);
        Numeric.Close(density.sum().Number(), distribution.BatchLogPdf(x).sum().Number());
        Numeric.Close(density.sum().Number(), distribution.LogPdf(x).Number());

        long[] larger = [2, .. density.shape];
        var expanded = distribution.Expand(larger);
        Assert.That(expanded.Sample(generator).shape, Is.EqualTo([2, .. distribution.Shape]));
        Numeric.Close(density.expand(larger).contiguous().Numbers(), expanded.LogProb(x.expand([2, .. distribution.Shape])).Numbers());
    });

    [TestCaseSource(nameof(Names))]
    public void SamplesHaveADensity(string name) => ForAll(name, 10, (distribution, batch, random) =>
    {
        using var generator = new Generator((ulong)random.NextInt64());
        long[] many = [50, .. distribution.Shape[..^distribution.EventRank]];
        var x = distribution.Expand(many).Sample(generator);
        Assert.That(distribution.Support.Find(x), Is.Null);
        foreach (var density in distribution.LogProb(x).Numbers())
            Assert.That(double.IsFinite(density), Is.True, $"{density}");
        Assert.That(distribution.Parameters.Select(p => p.Constraint.Find(p.Value)), Has.All.Null);
    });

    [TestCaseSource(nameof(Names))]
    public void EnumerationCoversTheMass(string name) => ForAll(name, 8, (distribution, batch, random) =>
    {
        if (!distribution.Enumerable)
        {
            Assert.Throws<NotSupportedException>(() => distribution.EnumerateSupport());
            return;
        }
        var support = distribution.EnumerateSupport();
        Assert.That(support.shape[1..], Is.EqualTo(distribution.Shape));
        foreach (var total in distribution.LogProb(support).exp().sum(0L).Numbers())
            Numeric.Close(1, total);
    });

    [TestCaseSource(nameof(Names))]
    public void RowsAreScoredOneByOne(string name) => ForAll(name, 8, (distribution, batch, random) =>
    {
        // A value with more rows: each row has the density that it has alone.
        using var generator = new Generator((ulong)random.NextInt64());
        var x = distribution.Expand([3, .. distribution.Shape[..^distribution.EventRank]]).Sample(generator);
        var density = distribution.LogProb(x);
        for (var i = 0; i < 3; i++)
            Numeric.Close(distribution.LogProb(x[i].clone()).Numbers(), density[i].Numbers());
    });

    private static void ForAll(string name, int cases, Action<Distribution, long[], Random> property)
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(cases).WithReplay(20180226, 1);
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
        {
            using var scope = NewDisposeScope();
            var random = new Random(seed);
            var batch = s_batches[random.Next(s_batches.Length)];
            property(s_families[name](new Draws(random), batch, random.Next(2, 6)), batch, random);
        }).Check(config);
    }

    /// <summary>Random parameters of a batch and further dimensions.</summary>
    private sealed class Draws(Random random)
    {
        public Tensor Real(long[] batch, params long[] own) => Numbers(batch, own, () => 4 * random.NextDouble() - 2);

        public Tensor Positive(long[] batch, params long[] own) => Numbers(batch, own, () => 0.3 + 3 * random.NextDouble());

        public Tensor Unit(long[] batch, params long[] own) => Numbers(batch, own, random.NextDouble);

        public Tensor Counts(long[] batch, params long[] own) => Numbers(batch, own, () => random.Next(5));

        public Tensor Simplex(long[] batch, long count) => Positive(batch, count) is var weights ? weights / weights.sum(-1, keepdim: true) : weights;

        public Tensor Definite(long[] batch, long size)
        {
            var factor = Real(batch, size, size);
            return factor.matmul(factor.mT) + eye(size, dtype: ScalarType.Float64);
        }

        private static Tensor Numbers(long[] batch, long[] own, Func<double> draw)
        {
            long[] shape = [.. batch, .. own];
            var count = (int)shape.Aggregate(1L, (product, size) => product * size);
            return tensor(Enumerable.Range(0, count).Select(_ => draw()).ToArray(), ScalarType.Float64).reshape(shape);
        }
    }
}
