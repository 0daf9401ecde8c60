using Pyro.Distributions;
using Pyro.Distributions.Transforms;
using static Pyro.Primitives;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Distributions;

/// <summary>
/// The defects of the reference that belong to distributions (pyro 0.1's list, by its numbers), each absent. B4's gradients are held against exact ones in
/// ScoreFunctionTests, its flags in ReferenceTests.
/// </summary>
public class DefectTests
{
    private static readonly double s_minusInfinity = double.NegativeInfinity;

    /// <summary>Samples of what is not reparameterised are detached, and inference reads the same flag as sampling (B8: it read the class's).</summary>
    [Fact]
    public void B4_B8_SamplingAndInferenceReadOneFlag()
    {
        var one = tensor(1f, requires_grad: true);
        foreach (var make in new Func<bool, Distribution>[]
        {
            r => new Normal(one, one, r), r => new LogNormal(one, one, r), r => new Exponential(one, r), r => new Uniform(one, 2 * one, r), r => new Gamma(one, one, r),
        })
            foreach (var flag in new[] { true, false })
                foreach (var distribution in new[] { make(flag), make(flag).Expand(3), make(flag).Mask(tensor(true)), make(flag).Expand(3).ToEvent(1) })
                {
                    Assert.Equal(flag, distribution.Sample().requires_grad);
                    var trace = Runs.TraceOf(() => Sample("z", distribution));
                    Assert.Equal(flag ? ["z"] : [], trace.ReparameterizedNodes);
                    Assert.Equal(flag ? [] : ["z"], trace.NonreparamStochasticNodes);
                }
    }

    [Fact]
    public void B9_TheSupportOfADeltaHasADimensionOfItsOwn()
    {
        var delta = new Delta(Numeric.Double(1, 2, 3));
        Assert.Equal([1, 3], delta.EnumerateSupport().shape);
        Assert.Equal([1.0, 2, 3], delta.EnumerateSupport()[0].Numbers());
        Assert.Equal([4, 3], delta.Expand(4, 3).Sample().shape);
    }

    [Fact]
    public void B10_MappedDistributionsHaveTheirShapesAndBatchDensities()
    {
        var made = new TransformedDistribution(new Normal(zeros(5, 3, ScalarType.Float64), 1), Ordered.Instance);
        Assert.Equal([5], made.BatchShape);
        Assert.Equal([3], made.EventShape);
        Assert.Equal([5, 1], made.BatchLogPdf(made.Sample()).shape);
    }

    [Fact]
    public void B10_SamplesOfAFlowAreScoredAnyNumberOfTimesAndSoIsAnythingElse()
    {
        var flow = new InverseAutoregressiveFlow(3, 10, dtype: ScalarType.Float64);
        var made = new TransformedDistribution(new Normal(zeros(3, ScalarType.Float64), 1), flow);
        var y = made.Sample();
        var first = made.LogProb(y).Number();
        Assert.Equal(first, made.LogProb(y).Number());
        Numeric.Close(first, made.LogProb(y.detach().clone()).Number(), 1e-9);
        Assert.True(double.IsFinite(made.LogProb(Numeric.Double(0.5, -0.5, 1)).Number()));
    }

    [Fact]
    public void B10_TheCacheOfAFlowDoesNotLeak()
    {
        var made = new TransformedDistribution(new Normal(zeros(3), 1), new InverseAutoregressiveFlow(3, 10));
        static WeakReference Draw(TransformedDistribution made)
        {
            using var scope = NewDisposeScope();
            return new WeakReference(made.Sample());
        }
        var samples = Enumerable.Range(0, 20).Select(_ => Draw(made)).ToArray();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.InRange(samples.Count(sample => sample.IsAlive), 0, 2);
    }

    [Fact]
    public void B13_ParametersAndValuesAreChecked()
    {
        static ModelException Fails(Action body) => Runs.Fails(body);
        Assert.Contains("sigma = -1", Fails(() => Sample("z", new Normal(0, -1))).Message);
        Assert.Contains("alpha = NaN", Fails(() => Observe("z", new Beta(double.NaN, 1), tensor(0.5f))).Message);
        Assert.Contains("-3", Fails(() => Observe("z", new HalfCauchy(0, 1), tensor(-3f))).Message);
    }

    [Fact]
    public void B13_BelowItsLocationAHalfCauchyHasNoDensity() =>
        Assert.Equal([s_minusInfinity], new HalfCauchy(0.5, 1).LogProb(tensor(new[] { 0.4f })).Numbers());

    [Fact]
    public void B13_OutsideTheUnitIntervalABetaHasNoDensity() =>
        Assert.Equal([s_minusInfinity, s_minusInfinity], new Beta(2.4, 2.5).LogProb(tensor(new[] { 5.5f, -1f })).Numbers());

    [Fact]
    public void B13_LogitsAreNormalised()
    {
        Numeric.Close(Math.Log(0.5), new Categorical(logits: Numeric.Double(1, 1)).LogProb(tensor(0)).Number());
        Numeric.Close(Math.Log(0.5), new OneHotCategorical(logits: Numeric.Double(1, 1)).LogProb(Numeric.Double(1, 0)).Number());
        Numeric.Close(2 * Math.Log(0.5), new Multinomial(2, logits: Numeric.Double(1, 1)).LogProb(Numeric.Double(0, 2)).Number());
    }

    [Fact]
    public void B13_WhatIsImpossibleIsMinusInfinity()
    {
        Assert.Equal(s_minusInfinity, new Bernoulli(ps: 0).LogProb(tensor(1f)).Number());
        Assert.Equal(s_minusInfinity, new Categorical(ps: Numeric.Double(0, 1)).LogProb(tensor(0)).Number());
        Assert.Equal(s_minusInfinity, new OneHotCategorical(ps: Numeric.Double(0, 1)).LogProb(Numeric.Double(1, 0)).Number());
        Assert.Equal(s_minusInfinity, new Multinomial(2, ps: Numeric.Double(0, 1)).LogProb(Numeric.Double(1, 1)).Number());
        Assert.Equal(s_minusInfinity, new Exponential(1).LogProb(tensor(-1f)).Number());
        Assert.Equal(s_minusInfinity, new Poisson(2).LogProb(tensor(0.5f)).Number());
    }

    [Fact]
    public void B17_MomentsOfABatchOfDirichletsAreThoseOfEach()
    {
        var alpha = tensor(new[,] { { 2.4, 3, 6 }, { 3.2, 1.2, 0.4 } });
        var batch = new Dirichlet(alpha);
        for (var i = 0; i < 2; i++)
        {
            Numeric.Close(new Dirichlet(alpha[i]).AnalyticMean.Numbers(), batch.AnalyticMean[i].Numbers());
            Numeric.Close(new Dirichlet(alpha[i]).AnalyticVar.Numbers(), batch.AnalyticVar[i].Numbers());
        }
    }

    [Fact]
    public void B17_EachRowOfAMultinomialHasItsOwnNumberOfDraws()
    {
        var rows = new Multinomial(Numeric.Double(3, 8), ps: Numeric.Double(0.2, 0.3, 0.5));
        Assert.Equal([3.0, 8], rows.Sample().sum(-1).Numbers());
        Assert.Equal([s_minusInfinity], rows.LogProb(tensor(new[,] { { 1.0, 1, 1 }, { 1, 1, 1 } }))[1].reshape(1).Numbers());
    }

    [Fact]
    public void B17_LogSumExpOfRowsIsThatOfEach()
    {
        // A mixture's density of a matrix of values against that of each value.
        var mixture = new Mixture(new Normal(Numeric.Double(0, 3), Numeric.Double(1, 2)), ps: Numeric.Double(0.3, 0.7));
        var x = tensor(new[,] { { 0.1, 2.0, -4 }, { 7, 0, 1 } });
        Numeric.Close(x.Numbers().Select(value => mixture.LogProb(Numeric.Scalar(value)).Number()).ToArray(), mixture.LogProb(x).Numbers());
    }

    /// <summary>Samples are scored as they are, although they are of integers (section 7.4).</summary>
    [Fact]
    public void SamplesOfIntegersAreScored()
    {
        Assert.True(double.IsFinite(new Multinomial(8, ps: Numeric.Double(0.2, 0.8)).LogProb(tensor(new long[] { 3, 5 })).Number()));
        var index = new Categorical(ps: Numeric.Double(0.2, 0.8));
        Assert.True(double.IsFinite(index.LogProb(index.Sample()).Number()));
    }

    /// <summary>An exponential sample is finite: its uniform number is never 0 (section 7.4).</summary>
    [Fact]
    public void ExponentialSamplesAreFinite()
    {
        using var generator = new Generator(2);
        Assert.False(new Exponential(1).Expand(1_000_000).Sample(generator).isinf().any().item<bool>());
    }

    /// <summary>Shape is batch + event for an index too, and several values of one outcome are refused (section 7.5).</summary>
    [Fact]
    public void CategoricalsOfIndicesAndValuesAreWhole()
    {
        var index = new Categorical(ps: tensor(new[,] { { 0.2, 0.8 }, { 0.5, 0.5 } }));
        Assert.Equal(index.Shape, index.BatchShape.Concat(index.EventShape));
        Assert.Equal(index.Shape, index.Sample().shape);
        Numeric.Close(Math.Log(0.5), new Categorical<string>(["a", "b"], logits: Numeric.Double(1, 1)).LogProb("a").Number());
        Assert.Throws<ArgumentException>(() => new Categorical<int>([4, 4], ps: Numeric.Double(0.5, 0.5)));
    }
}
