using Pyro.Distributions;
using static Pyro.Primitives;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Distributions;

/// <summary>Values between 0 and 1: the density of them, and the cross entropy that a Bernoulli scores them with when it is asked to.</summary>
public class ContinuousBernoulliTests
{
    // With A = ln((exp ℓ − 1)/ℓ), in 50 digits: ℓx − A at x = 0.3, A' = 1/(1 − exp −ℓ) − 1/ℓ, A'' = 1/ℓ² − 1/(4 sinh²(ℓ/2)), (exp ℓx − 1)/(exp ℓ − 1),
    // ln(1 + u (exp ℓ − 1))/ℓ at u = 0.3 and 0.75, A − ℓA', and x − A'.
    [TestCase(0, 0.0, 0.5, 0.083333333333333333, 0.29999999999999999, 0.29999999999999999, 0.75, 0.0, -0.20000000000000001)]
    [TestCase(1e-9, -2.0000000004166669e-10, 0.50000000008333333, 0.083333333333333333, 0.29999999989499999, 0.30000000010499999, 0.75000000009375, -4.1666666666666672e-20, -0.20000000008333334)]
    [TestCase(-1e-4, 1.999958333333337e-5, 0.49999166666666806, 0.083333333291666667, 0.30001050006999815, 0.29998950014000226, 0.74999062484375098, -4.1666666656250004e-10, -0.19999166666666807)]
    [TestCase(0.19, -0.039503714422310739, 0.51582381512521943, 0.083183131872573076, 0.28031504505723188, 0.32043841201866244, 0.76724298375651168, -0.0015028104514809555, -0.21582381512521944)]
    [TestCase(-0.21, 0.040163174808943639, 0.48251284900924839, 0.083149904400211303, 0.3223413312350821, 0.27858640636595411, 0.72963441977606343, -0.0018354765170014767, -0.1825128490092484)]
    [TestCase(0.5, -0.11039505099275674, 0.54149408253679828, 0.082301910967236235, 0.2494665275174723, 0.35565022787527126, 0.79290382608590112, -0.010351990275642405, -0.2414940825367983)]
    [TestCase(-3, 0.24968146961081131, 0.28093763684207738, 0.055970105609051348, 0.62452353625633519, 0.11185402740763738, 0.41569601563347802, -0.30686855908457913, 0.019062363157922608)]
    [TestCase(29.5, -17.265609736654072, 0.96610169491540852, 0.0011490950874642193, 1.0758622627295654e-9, 0.95918736256523471, 0.99024806534061934, -2.3843902633504797, -0.66610169491540853)]
    [TestCase(-31, -5.866012795514819, 0.032258064516094607, 0.0010405827262923182, 0.99990857576855625, 0.011505643352861858, 0.044719172939347979, -2.4339872044862478, 0.26774193548390538)]
    [TestCase(200, -134.70168263345197, 0.995, 2.5e-5, 1.5804200602736095e-61, 0.99398013597837032, 0.9985615896377411, -4.2983173665480367, -0.69500000000000001)]
    [TestCase(-1000, -293.09224472101785, 0.001, 1.0e-6, 1.0, 0.00035667494393873236, 0.0013862943611198906, -5.9077552789821371, 0.29899999999999999)]
    public void EachFunction_AtOneParameter_IsTheClosedForm(
        double logits, double density, double mean, double variance, double cdf, double quantile, double high, double entropy, double slope)
    {
        foreach (var (dtype, tolerance) in new[] { (ScalarType.Float64, 1e-12), (ScalarType.Float32, 1e-5) })
        {
            var parameter = tensor(logits).to_type(dtype).requires_grad_();
            var distribution = new ContinuousBernoulli(logits: parameter);
            var x = tensor(0.3).to_type(dtype);
            // The values are those of numbers in double precision.
            var further = dtype == ScalarType.Float32 ? 1e-7 * Math.Abs(logits) : 0;
            Numeric.Close(density, distribution.LogProb(x).Number(), tolerance + further);
            Numeric.Close(mean, distribution.AnalyticMean.Number(), tolerance);
            Numeric.Close(variance, distribution.AnalyticVar.Number(), tolerance);
            Numeric.Close(cdf, distribution.Cdf(x).Number(), tolerance);
            Numeric.Close(quantile, distribution.Icdf(x).Number(), tolerance);
            Numeric.Close(high, distribution.Icdf(tensor(0.75).to_type(dtype)).Number(), tolerance);
            Numeric.Close(entropy, distribution.Entropy().Number(), tolerance);
            distribution.LogProb(x).backward();
            Numeric.Close(slope, parameter.grad!.Number(), tolerance);
        }
    }

    [Test]
    public void SoftValues_OfABernoulli_AreScoredByTheCrossEntropy()
    {
        var x = tensor(new[] { 0, 0.25, 1 });
        double[] expected = [Math.Log(0.7), 0.25 * Math.Log(0.3) + 0.75 * Math.Log(0.7), Math.Log(0.3)];
        Numeric.Close(expected, new Bernoulli(0.3, softValues: true).Expand(3).LogProb(x).Numbers(), 1e-6);
        Numeric.Close(expected, new Bernoulli(logits: tensor(Math.Log(0.3 / 0.7)), softValues: true).LogProb(x).Numbers(), 1e-12);
        Numeric.Close(expected.Sum(), Runs.TraceOf(() => Observe("x", new Bernoulli(tensor(0.3), softValues: true), x)).LogPdf().Number(), 1e-12);
        Assert.That(new Bernoulli(0.3, softValues: true).LogProb(tensor(1.5)).Number(), Is.EqualTo(double.NegativeInfinity));
        // Draws are 0 and 1 all the same.
        Assert.That(new Bernoulli(tensor(0.3), softValues: true).Expand(100).Sample().Numbers(), Has.All.EqualTo(0).Or.EqualTo(1));
    }

    [Test]
    public void SoftValue_OfAPlainBernoulli_LeadsToTheTwo()
    {
        var error = Runs.Fails(() => Observe("x", new Bernoulli(ones(2) / 2).ToEvent(1), tensor(new[] { 0, 0.25f })));
        Assert.That(error.Message, Does.Contain("0.25").And.Contain("ContinuousBernoulli").And.Contain("softValues: true"));
    }
}
