using Pyro.Distributions;
using Pyro.Distributions.Transforms;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Distributions;

/// <summary>What must hold for families whose draws are rows, and for those made of others.</summary>
public class RowFamilyTests
{
    private sealed record Case(string Name, Func<Tensor[], Distribution> Make, params Tensor[] Parameters)
    {
        public bool HasMoments { get; init; } = true;
    }

    private static Tensor Rows(double[,] rows) => tensor(rows);

    private static Tensor Ps => Rows(new[,] { { 0.2, 0.3, 0.5 }, { 0.1, 0.1, 0.8 } });
    private static Tensor Logits => Rows(new[,] { { 0.2, -0.3, 1.5 }, { -1, 2, 0.5 } });
    private static Tensor Pair => Numeric.Double(0.7, 1.9);
    private static Tensor Grid => Rows(new[,] { { 0.5, 1.5, 3 }, { 2, 0.8, 1.2 } });

    private static Tensor Square => Rows(new[,] { { 0.9, 0.1, -0.4 }, { 0.3, -0.8, 0.2 }, { -0.5, 0.6, 0.7 } });

    private static readonly Case[] s_cases =
    [
        new("Categorical (logits)", p => new Categorical(logits: p[0]), Logits) { HasMoments = false },
        new("Categorical of values", p => new Categorical<string>(["a", "b", "c"], logits: p[0]), Logits) { HasMoments = false },
        new("OneHotCategorical (logits)", p => new OneHotCategorical(logits: p[0]), Logits),
        new("Multinomial (logits)", p => new Multinomial(Numeric.Double(5, 9), logits: p[0]), Logits),
        new("Dirichlet", p => new Dirichlet(p[0]), Grid),
        new("RelaxedOneHotCategorical", p => new RelaxedOneHotCategorical(p[0], logits: p[1]), Numeric.Scalar(0.8), Logits) { HasMoments = false },
        new("Mixture of Normal", p => new Mixture(new Normal(p[0], p[1]), logits: p[2]), Logits, Grid, Logits),
        new("Mixture of Normal, shared weights", p => new Mixture(new Normal(p[0], p[1]), logits: p[2]), Logits, Grid, Logits[0]),
        new("Mixture of Poisson", p => new Mixture(new Poisson(p[0]), logits: p[1]), Grid, Logits),
        new("Mixture of Uniform", p => new Mixture(new Uniform(p[0], p[0] + p[1]), logits: p[2]), Logits, Grid, Logits),
        new("Mixture of rows", p => new Mixture(new Normal(p[0], p[1]).ToEvent(1), logits: p[2]), Logits, Grid, Pair),
        new("ZeroInflated Poisson", p => new ZeroInflated(new Poisson(p[0]), p[1]), Pair, Numeric.Scalar(0.3)),
        new("ToEvent", p => new Normal(p[0], p[1]).ToEvent(1), Logits, Grid),
        new("ToEvent(2)", p => new Normal(p[0], p[1]).ToEvent(), Logits, Grid),
        new("ToEvent of rows", p => new Dirichlet(p[0]).ToEvent(1), Grid),
        new("MultivariateNormal", p => new MultivariateNormal(p[0], p[1].matmul(p[1].mT) + eye(3, dtype: ScalarType.Float64)), Logits, Square),
        new("MultivariateNormal (precision)", p => new MultivariateNormal(p[0], precision: p[1].matmul(p[1].mT) + eye(3, dtype: ScalarType.Float64)), Logits, Square),
        new("MultivariateNormal (factor)", p => new MultivariateNormal(p[0], scaleTril: LowerCholesky.Instance.Forward(p[1])), Logits, Square),
        new("LowRankMultivariateNormal", p => new LowRankMultivariateNormal(p[0], p[1], p[2]), Logits, Square.narrow(-1, 0, 2), Grid),
        new("LKJCholesky", p => new LKJCholesky(3, p[0]), Pair) { HasMoments = false },
        new("TransformedDistribution", p => new TransformedDistribution(new Normal(p[0], p[1]), Ordered.Instance), Logits, Grid) { HasMoments = false },
        new("Masked", p => new Normal(p[0], p[1]).Mask(tensor(new[] { true, false, true })), Logits, Grid),
    ];

    public static IEnumerable<string> Names => s_cases.Select(c => c.Name);

    /// <summary>The classes that these tests hold.</summary>
    public static IEnumerable<Type> Families => s_cases.Select(c => c.Make(c.Parameters).GetType());

    private static Case Find(string name) => s_cases.Single(c => c.Name == name);

    [TestCaseSource(nameof(Names))]
    public void ShapesAgree(string name)
    {
        var distribution = Find(name).Make(Find(name).Parameters);
        var x = distribution.Sample();
        Assert.That(x.shape, Is.EqualTo(distribution.Shape));
        Assert.That(distribution.BatchShape.Concat(distribution.EventShape), Is.EqualTo(distribution.Shape));
        var density = distribution.LogProb(x);
        Assert.That(density.shape, Is.EqualTo(distribution.Shape[..^distribution.EventRank]));
        Assert.That(distribution.BatchLogPdf(x).shape, Is.EqualTo([.. distribution.BatchShape, 1]));
        Assert.That(distribution.LogPdf(x).shape, Is.Empty);
        Assert.That(distribution.Support.Check(x).all().item<bool>(), Is.True);
        Assert.That(distribution.Support.Find(x), Is.Null);

        long[] batch = [4, .. density.shape];
        var expanded = distribution.Expand(batch);
        Assert.That(expanded.Shape, Is.EqualTo([4, .. distribution.Shape]));
        Assert.That(expanded.Sample().shape, Is.EqualTo([4, .. distribution.Shape]));
        long[] larger = [4, .. distribution.Shape];
        Numeric.Close(distribution.LogProb(x.expand(larger)).Numbers(), expanded.LogProb(x.expand(larger)).Numbers());
        Assert.That(expanded.LogProb(x.expand(larger)).shape, Is.EqualTo(batch));
        Assert.Throws<ArgumentException>(() => distribution.LogProb(ones(7, 7)));
    }

    [TestCaseSource(nameof(Names))]
    public void GradientOfTheDensityIsRight(string name)
    {
        var (make, parameters) = (Find(name).Make, Find(name).Parameters);
        using var generator = new Generator(11);
        var x = make(parameters).Sample(generator).detach();
        Numeric.GradientIsRight(p => make(p).LogPdf(x), 1e-5, parameters);
    }

    [TestCaseSource(nameof(Names))]
    public void MomentsAreThoseOfSamples(string name)
    {
        if (!Find(name).HasMoments)
            return;
        const int Count = 20000;
        var distribution = Find(name).Make(Find(name).Parameters);
        using var generator = new Generator(12);
        using var noGrad = no_grad();
        var x = distribution.Expand([Count, .. distribution.Shape[..^distribution.EventRank]]).Sample(generator);
        var (mean, variance) = (distribution.AnalyticMean.Numbers(), distribution.AnalyticVar.Numbers());
        var error = (x.var(0L) / Count).sqrt().Numbers();
        var found = x.mean([0L]).Numbers();
        var foundVariance = x.var(0L).Numbers();
        for (var i = 0; i < found.Length; i++)
        {
            Assert.That(Math.Abs(found[i] - mean[i]) < 5 * error[i], $"{name}: mean {found[i]} ± {error[i]}, expected {mean[i]}");
            Numeric.Close(variance[i], foundVariance[i], 0.12);
        }
    }

    [TestCase("Dirichlet")]
    [TestCase("ToEvent")]
    [TestCase("RelaxedOneHotCategorical")]
    [TestCase("MultivariateNormal")]
    [TestCase("MultivariateNormal (precision)")]
    [TestCase("LowRankMultivariateNormal")]
    [TestCase("LKJCholesky")]
    [TestCase("TransformedDistribution")]
    public void GradientOfSamplesIsRight(string name)
    {
        // By the same random numbers: the derivative of a mean over many samples against the difference of two such means.
        var (make, parameters) = (Find(name).Make, Find(name).Parameters);
        Assert.That(make(parameters).Reparameterized, Is.True);
        const int Count = 100000;
        var k = parameters.Length - 1;
        Tensor Mean(Tensor parameter, long seed)
        {
            using var generator = new Generator((ulong)seed);
            var at = make([.. parameters[..k], parameter]);
            long[] batch = [Count, .. at.Shape[..^at.EventRank]];
            return at.Expand(batch).Sample(generator).square().mean([0L]).reshape(-1)[0];
        }
        var leaf = parameters[k].clone().requires_grad_();
        Mean(leaf, 1).backward();
        using var noGrad = no_grad();
        var bump = zeros_like(parameters[k]);
        bump.reshape(-1)[0].fill_(0.05);
        var difference = 0.0;
        for (var seed = 2; seed < 12; seed++)
            difference += (Mean(parameters[k] + bump, seed).Number() - Mean(parameters[k] - bump, seed).Number()) / 0.1 / 10;
        Numeric.Close(difference, leaf.grad!.reshape(-1)[0].Number(), 0.03);
    }

    [Test]
    public void DiscreteFamiliesSumToOne()
    {
        foreach (var distribution in new Distribution[]
        {
            new Categorical(ps: Ps), new Categorical(logits: Logits), new OneHotCategorical(ps: Ps), new OneHotCategorical(logits: Logits),
        })
        {
            Assert.That(distribution.Enumerable, Is.True);
            var support = distribution.EnumerateSupport();
            Assert.That(support.shape, Is.EqualTo([3, .. distribution.Shape]));
            foreach (var sum in distribution.LogProb(support).exp().sum(0L).Numbers())
                Numeric.Close(1, sum);
        }
        var total = 0.0;
        for (var a = 0; a <= 5; a++)
            for (var b = 0; a + b <= 5; b++)
                total += Math.Exp(new Multinomial(5, ps: Ps[0]).LogProb(Numeric.Double(a, b, 5 - a - b)).Number());
        Numeric.Close(1, total);
        total = arange(0, 200, ScalarType.Float64) is { } counts ? new ZeroInflated(new Poisson(3.5), 0.3).LogProb(counts).exp().sum().Number() : 0;
        Numeric.Close(1, total, 1e-6);
    }

    [Test]
    public void FiniteSupportsAreEnumerated()
    {
        foreach (var distribution in new Distribution[]
        {
            new Categorical(logits: Logits), new OneHotCategorical(logits: Logits), new Multinomial(4, logits: Logits), new Multinomial(Numeric.Double(2, 5), logits: Logits),
            new Multinomial(0, logits: Logits), new BetaBinomial(Numeric.Double(1, 2), 3, Numeric.Double(4, 6)), new Binomial(Numeric.Double(0, 3), ps: 0.3), new Delta(Pair),
            new ZeroInflated(new Binomial(Numeric.Double(4, 4), ps: 0.3), 0.2), new Mixture(new Binomial(Numeric.Double(4, 2, 3), ps: 0.3), logits: Logits),
            new Mixture(new OneHotCategorical(logits: Logits), logits: Rows(new[,] { { 0.3, 1 }, { 0, 0 } })), new Categorical<string>(["a", "b", "c"], logits: Logits),
            new Bernoulli(logits: Logits).Mask(tensor(true)),
        })
        {
            Assert.That(distribution.Enumerable, Is.True);
            var support = distribution.EnumerateSupport();
            Assert.That(support.shape[1..], Is.EqualTo(distribution.Shape));
            foreach (var sum in distribution.LogProb(support).exp().sum(0L).Numbers())
                Numeric.Close(1, sum);
            Numeric.Close(-(distribution.LogProb(support).exp() * distribution.LogProb(support).nan_to_num(neginf: 0)).sum(0L).sum().Number(), distribution.Entropy().sum().Number(), 1e-9);
        }
        Assert.That(new Mixture(new Normal(Logits, 1), logits: Logits).Enumerable, Is.False);
        Assert.That(new Mixture(new Poisson(Grid), logits: Logits).Enumerable, Is.False);
        Assert.That(() => new Multinomial(100, ps: ones(8) / 8).EnumerateSupport(), Throws.TypeOf<NotSupportedException>().With.Message.Contains("Draw"));
    }

    [Test]
    public void DensitiesOnTheSimplexIntegrateToOne()
    {
        var grid = (arange(0, 400, ScalarType.Float64) + 0.5) / 400;
        var (a, b) = (grid.unsqueeze(1).expand(400, 400), grid.unsqueeze(0).expand(400, 400));
        var rows = stack([a, b, 1 - a - b], -1);
        foreach (var distribution in new Distribution[]
        {
            new Dirichlet(Numeric.Double(2, 3, 1.5)), new RelaxedOneHotCategorical(tensor(1.5), ps: Numeric.Double(0.2, 0.3, 0.5)),
        })
        {
            // Rows outside the simplex score −∞.
            var total = distribution.LogProb(rows).exp().sum().Number() / 160000;
            Numeric.Close(1, total, 0.01);
        }
    }

    [Test]
    public void FrequenciesAreTheProbabilities()
    {
        using var generator = new Generator(3);
        const int Count = 30000;
        var draws = new Categorical(ps: Ps).Expand(Count, 2).Sample(generator);
        Assert.That(draws.dtype, Is.EqualTo(ScalarType.Int64));
        for (var row = 0; row < 2; row++)
            for (var k = 0; k < 3; k++)
            {
                var p = Ps[row, k].Number();
                var found = draws.select(1, row).eq(k).to_type(ScalarType.Float64).mean().Number();
                Assert.That(found, Is.InRange(p - 5 * Math.Sqrt(p / Count), p + 5 * Math.Sqrt(p / Count)));
            }
    }

    [Test]
    public void FixturesOfTheReference()
    {
        var two = Rows(new[,] { { 2.4, 3, 6 }, { 3.2, 1.2, 0.4 } });
        var x = Rows(new[,] { { 0.2, 0.45, 0.35 }, { 0.3, 0.4, 0.3 } });
        Numeric.Close([1.2557948396, -0.8249999122], new Dirichlet(two).LogProb(x).Numbers(), 1e-9);
        Numeric.Close(1.2557948396, new Dirichlet(two[0]).LogPdf(x[0]).Number(), 1e-9);
        var ps = Rows(new[,] { { 0.1, 0.6, 0.3 }, { 0.2, 0.4, 0.4 } });
        var oneHot = Rows(new[,] { { 0.0, 0, 1 }, { 1, 0, 0 } });
        foreach (var d in new[] { new OneHotCategorical(ps: ps), new OneHotCategorical(logits: ps.log()) })
            Numeric.Close([-1.2039728043, -1.6094379124], d.LogProb(oneHot).Numbers(), 1e-9);
        Numeric.Close([-1.2039728043, -1.6094379124], new Categorical(ps: ps).LogProb(tensor(new long[] { 2, 0 })).Numbers(), 1e-9);
        var counts = Rows(new[,] { { 2.0, 4, 2 }, { 1, 4, 3 } });
        Numeric.Close([-3.0161635784, -2.3886834324], new Multinomial(Numeric.Double(8, 8), ps: ps).LogProb(counts).Numbers(), 1e-9);
        Numeric.Close([0.8, 4.8, 2.4], new Multinomial(8, ps: ps[0]).AnalyticMean.Numbers());
        Numeric.Close([0.72, 1.92, 1.68], new Multinomial(8, ps: ps[0]).AnalyticVar.Numbers());
        Numeric.Close([0.2105263158, 0.2631578947, 0.5263157895], new Dirichlet(two[0]).AnalyticMean.Numbers(), 1e-9);
        Numeric.Close([0.0134036279, 0.0156375659, 0.0201054419], new Dirichlet(two).AnalyticVar[0].Numbers(), 1e-9);
    }

    [Test]
    public void LogitsAreNormalised() =>

        // Defect B13 of the reference: unnormalised logits were scored as they are.
        Numeric.Close(Math.Log(0.5), new Categorical(logits: Numeric.Double(1, 1)).LogProb(tensor(0)).Number());

    [Test]
    public void ImpossibleOutcomesAreMinusInfinityAndCertainOnesHaveNoGradient()
    {
        Assert.That(new Categorical(ps: Numeric.Double(0, 1)).LogProb(tensor(0)).Number(), Is.EqualTo(double.NegativeInfinity));
        Assert.That(new Categorical(ps: Numeric.Double(0.5, 0.5)).LogProb(tensor(2)).Number(), Is.EqualTo(double.NegativeInfinity));
        Assert.That(new OneHotCategorical(ps: Numeric.Double(0.5, 0.5)).LogProb(Numeric.Double(1, 1)).Number(), Is.EqualTo(double.NegativeInfinity));
        Assert.That(new Multinomial(3, ps: Numeric.Double(0.5, 0.5)).LogProb(Numeric.Double(1, 1)).Number(), Is.EqualTo(double.NegativeInfinity));
        Assert.That(new Dirichlet(Numeric.Double(2, 2)).LogProb(Numeric.Double(0.5, 0.6)).Number(), Is.EqualTo(double.NegativeInfinity));
        var p = Numeric.Double(0, 1).requires_grad_();
        var density = new OneHotCategorical(ps: p).LogProb(Numeric.Double(0, 1));
        density.backward();
        Assert.That(density.Number(), Is.EqualTo(0));
        Assert.That(p.grad![0].Number(), Is.EqualTo(0));
        var logits = Numeric.Double(double.NegativeInfinity, 0).requires_grad_();
        density = new OneHotCategorical(logits: logits).LogProb(Numeric.Double(0, 1));
        density.backward();
        Assert.That(density.Number(), Is.EqualTo(0));
        Assert.That(logits.grad![0].Number(), Is.EqualTo(0));
    }

    [Test]
    public void DeltaIsAPoint()
    {
        var v = Numeric.Double(1, 2).requires_grad_();
        var delta = new Delta(v);
        Assert.That(delta.Reparameterized, Is.True);
        Assert.That(delta.Sample(), Is.SameAs(v));
        Assert.That(delta.LogProb(Numeric.Double(1, 3)).Numbers(), Is.EqualTo([0, double.NegativeInfinity]));
        Assert.That(delta.EnumerateSupport().shape, Is.EqualTo([1, 2]));
        Assert.That(delta.AnalyticVar.Numbers(), Is.EqualTo([0.0, 0]));
        Assert.That(delta.Expand(3, 2).Sample().shape, Is.EqualTo([3, 2]));
        delta.Sample().sum().backward();
        Assert.That(v.grad!.Numbers(), Is.EqualTo([1.0, 1]));
    }

    [Test]
    public void MaskingDropsElements()
    {
        var normal = new Normal(zeros(3, ScalarType.Float64), 1);
        var x = Numeric.Double(0.5, 100, double.NaN);
        var masked = normal.Mask(tensor(new[] { true, false, false })).LogProb(x);
        Numeric.Close([normal.LogProb(Numeric.Double(0.5, 0, 0))[0].Number(), 0, 0], masked.Numbers());
        Assert.Throws<ArgumentException>(() => normal.Mask(ones(4)));
    }

    [Test]
    public void ParametersOfTwoTypesMeetInTheWiderOne()
    {
        var (narrow, wide) = (tensor(new[] { 0.1f, 1 }), Numeric.Double(0.1, 1));
        foreach (var distribution in new Distribution[]
        {
            new MultivariateNormal(wide, eye(2)), new MultivariateNormal(narrow, eye(2, dtype: ScalarType.Float64)), new MultivariateNormal(wide, eye(2).to_type(ScalarType.Int64)),
            new LowRankMultivariateNormal(wide, ones(2, 1), narrow), new LowRankMultivariateNormal(narrow, ones(2, 1), wide), new Beta(narrow, wide), new StudentT(3, narrow, wide),
        })
            Assert.That(distribution.Parameters.Select(parameter => parameter.Value.dtype), Has.All.EqualTo(ScalarType.Float64));

        // So do a value and the parameters.
        foreach (var distribution in new Distribution[] { new MultivariateNormal(narrow, eye(2)), new LowRankMultivariateNormal(narrow, ones(2, 1), ones(2)), new Dirichlet(narrow), new Normal(narrow, 1) })
            Assert.That(distribution.LogProb(Numeric.Double(0.4, 0.6)).dtype, Is.EqualTo(ScalarType.Float64));
    }

    [Test]
    public void AGateBroadcastsWithItsCounts()
    {
        var gates = Numeric.Double(0.1, 0.2, 0.3);
        var inflated = new ZeroInflated(new Poisson(Numeric.Scalar(2)), gates);
        Assert.That(inflated.Shape, Is.EqualTo([3]));
        Assert.That(inflated.Sample().shape, Is.EqualTo([3]));
        for (var i = 0; i < 3; i++)
            Numeric.Close(new ZeroInflated(new Poisson(Numeric.Scalar(2)), gates[i]).LogProb(Numeric.Scalar(0)).Number(), inflated.LogProb(zeros(3, ScalarType.Float64))[i].Number());
        Assert.That(new ZeroInflated(new Poisson(ones(2, 1)), gates).Shape, Is.EqualTo([2, 3]));
        Assert.Throws<ArgumentException>(() => new ZeroInflated(new Poisson(ones(2)), gates));
    }

    [Test]
    public void ArgumentsAreChecked()
    {
        Assert.Throws<ArgumentException>(() => new Categorical(ps: 0.5));
        Assert.Throws<ArgumentException>(() => new Categorical());
        Assert.Throws<ArgumentException>(() => new Dirichlet(1));
        Assert.Throws<ArgumentException>(() => new Mixture(new Normal(zeros(2), 1), ps: ones(3) / 3));
        Assert.Throws<ArgumentException>(() => new ZeroInflated(new Normal(0, 1), 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Normal(zeros(2), 1).ToEvent(2));
        Assert.Throws<NotSupportedException>(() => new Normal(0, 1).EnumerateSupport());
        Assert.Throws<NotSupportedException>(() => _ = new Cauchy(0, 1).AnalyticMean);
    }
}
