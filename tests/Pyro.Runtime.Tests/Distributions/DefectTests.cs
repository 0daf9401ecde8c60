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
    [Test]
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
                    Assert.That(distribution.Sample().requires_grad, Is.EqualTo(flag));
                    var trace = Runs.TraceOf(() => Sample("z", distribution));
                    Assert.That(trace.ReparameterizedNodes, Is.EqualTo((string[])(flag ? ["z"] : [])));
                    Assert.That(trace.NonreparamStochasticNodes, Is.EqualTo((string[])(flag ? [] : ["z"])));
                }
    }

    [Test]
    public void B9_TheSupportOfADeltaHasADimensionOfItsOwn()
    {
        var delta = new Delta(Numeric.Double(1, 2, 3));
        Assert.That(delta.EnumerateSupport().shape, Is.EqualTo([1, 3]));
        Assert.That(delta.EnumerateSupport()[0].Numbers(), Is.EqualTo([1.0, 2, 3]));
        Assert.That(delta.Expand(4, 3).Sample().shape, Is.EqualTo([4, 3]));
    }

    [Test]
    public void B10_MappedDistributionsHaveTheirShapesAndBatchDensities()
    {
        var made = new TransformedDistribution(new Normal(zeros(5, 3, ScalarType.Float64), 1), Ordered.Instance);
        Assert.That(made.BatchShape, Is.EqualTo([5]));
        Assert.That(made.EventShape, Is.EqualTo([3]));
        Assert.That(made.BatchLogPdf(made.Sample()).shape, Is.EqualTo([5, 1]));
    }

    [Test]
    public void B10_SamplesOfAFlowAreScoredAnyNumberOfTimesAndSoIsAnythingElse()
    {
        var flow = new InverseAutoregressiveFlow(3, 10, dtype: ScalarType.Float64);
        var made = new TransformedDistribution(new Normal(zeros(3, ScalarType.Float64), 1), flow);
        var y = made.Sample();
        var first = made.LogProb(y).Number();
        Assert.That(made.LogProb(y).Number(), Is.EqualTo(first));
        Numeric.Close(first, made.LogProb(y.detach().clone()).Number(), 1e-9);
        Assert.That(double.IsFinite(made.LogProb(Numeric.Double(0.5, -0.5, 1)).Number()), Is.True);
    }

    [Test]
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
        Assert.That(samples.Count(sample => sample.IsAlive), Is.InRange(0, 2));
    }

    [Test]
    public void B13_ParametersAndValuesAreChecked()
    {
        static ModelException Fails(Action body) => Runs.Fails(body);
        Assert.That(Fails(() => Sample("z", new Normal(0, -1))).Message, Does.Contain("sigma = -1"));
        Assert.That(Fails(() => Observe("z", new Beta(double.NaN, 1), tensor(0.5f))).Message, Does.Contain("alpha = NaN"));
        Assert.That(Fails(() => Observe("z", new HalfCauchy(0, 1), tensor(-3f))).Message, Does.Contain("-3"));
    }

    [Test]
    public void B13_BelowItsLocationAHalfCauchyHasNoDensity() =>
        Assert.That(new HalfCauchy(0.5, 1).LogProb(tensor(new[] { 0.4f })).Numbers(), Is.EqualTo([s_minusInfinity]));

    [Test]
    public void B13_OutsideTheUnitIntervalABetaHasNoDensity() =>
        Assert.That(new Beta(2.4, 2.5).LogProb(tensor(new[] { 5.5f, -1f })).Numbers(), Is.EqualTo([s_minusInfinity, s_minusInfinity]));

    [Test]
    public void B13_LogitsAreNormalised()
    {
        Numeric.Close(Math.Log(0.5), new Categorical(logits: Numeric.Double(1, 1)).LogProb(tensor(0)).Number());
        Numeric.Close(Math.Log(0.5), new OneHotCategorical(logits: Numeric.Double(1, 1)).LogProb(Numeric.Double(1, 0)).Number());
        Numeric.Close(2 * Math.Log(0.5), new Multinomial(2, logits: Numeric.Double(1, 1)).LogProb(Numeric.Double(0, 2)).Number());
    }

    [Test]
    public void B13_WhatIsImpossibleIsMinusInfinity()
    {
        Assert.That(new Bernoulli(ps: 0).LogProb(tensor(1f)).Number(), Is.EqualTo(s_minusInfinity));
        Assert.That(new Categorical(ps: Numeric.Double(0, 1)).LogProb(tensor(0)).Number(), Is.EqualTo(s_minusInfinity));
        Assert.That(new OneHotCategorical(ps: Numeric.Double(0, 1)).LogProb(Numeric.Double(1, 0)).Number(), Is.EqualTo(s_minusInfinity));
        Assert.That(new Multinomial(2, ps: Numeric.Double(0, 1)).LogProb(Numeric.Double(1, 1)).Number(), Is.EqualTo(s_minusInfinity));
        Assert.That(new Exponential(1).LogProb(tensor(-1f)).Number(), Is.EqualTo(s_minusInfinity));
        Assert.That(new Poisson(2).LogProb(tensor(0.5f)).Number(), Is.EqualTo(s_minusInfinity));
    }

    [Test]
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

    [Test]
    public void B17_EachRowOfAMultinomialHasItsOwnNumberOfDraws()
    {
        var rows = new Multinomial(Numeric.Double(3, 8), ps: Numeric.Double(0.2, 0.3, 0.5));
        Assert.That(rows.Sample().sum(-1).Numbers(), Is.EqualTo([3.0, 8]));
        Assert.That(rows.LogProb(tensor(new[,] { { 1.0, 1, 1 }, { 1, 1, 1 } }))[1].reshape(1).Numbers(), Is.EqualTo([s_minusInfinity]));
    }

    [Test]
    public void B17_LogSumExpOfRowsIsThatOfEach()
    {
        // A mixture's density of a matrix of values against that of each value.
        var mixture = new Mixture(new Normal(Numeric.Double(0, 3), Numeric.Double(1, 2)), ps: Numeric.Double(0.3, 0.7));
        var x = tensor(new[,] { { 0.1, 2.0, -4 }, { 7, 0, 1 } });
        Numeric.Close(x.Numbers().Select(value => mixture.LogProb(Numeric.Scalar(value)).Number()).ToArray(), mixture.LogProb(x).Numbers());
    }

    /// <summary>Samples are scored as they are, although they are of integers (section 7.4).</summary>
    [Test]
    public void SamplesOfIntegersAreScored()
    {
        Assert.That(double.IsFinite(new Multinomial(8, ps: Numeric.Double(0.2, 0.8)).LogProb(tensor(new long[] { 3, 5 })).Number()), Is.True);
        var index = new Categorical(ps: Numeric.Double(0.2, 0.8));
        Assert.That(double.IsFinite(index.LogProb(index.Sample()).Number()), Is.True);
    }

    /// <summary>An exponential sample is finite: its uniform number is never 0 (section 7.4).</summary>
    [Test]
    public void ExponentialSamplesAreFinite()
    {
        using var generator = new Generator(2);
        Assert.That(new Exponential(1).Expand(1_000_000).Sample(generator).isinf().any().item<bool>(), Is.False);
    }

    /// <summary>Shape is batch + event for an index too, and several values of one outcome are refused (section 7.5).</summary>
    [Test]
    public void CategoricalsOfIndicesAndValuesAreWhole()
    {
        var index = new Categorical(ps: tensor(new[,] { { 0.2, 0.8 }, { 0.5, 0.5 } }));
        Assert.That(index.BatchShape.Concat(index.EventShape), Is.EqualTo(index.Shape));
        Assert.That(index.Sample().shape, Is.EqualTo(index.Shape));
        Numeric.Close(Math.Log(0.5), new Categorical<string>(["a", "b"], logits: Numeric.Double(1, 1)).LogProb("a").Number());
        Assert.Throws<ArgumentException>(() => new Categorical<int>([4, 4], ps: Numeric.Double(0.5, 0.5)));
    }
}
