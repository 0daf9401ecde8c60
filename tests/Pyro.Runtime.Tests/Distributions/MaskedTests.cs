using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Distributions;

/// <summary>Masks of distributions: booleans and weights.</summary>
public class MaskedTests
{
    private static readonly double[] s_weights = [0.3, 5, 0, 1];

    private static Tensor Weights => tensor(s_weights);

    [TestCase(ScalarType.Float32)]
    [TestCase(ScalarType.Float64)]
    public void Mask_OfWeights_MultipliesTheLogDensity(ScalarType dtype)
    {
        // One family by a kernel, one by operations, one of rows.
        var x = tensor(new[] { 0.5, 1.5, 2.5, 3.5 }).to_type(dtype);
        var rows = ones(4, 3, dtype) / 3;
        foreach (var (plain, value) in new (Distribution, Tensor)[]
        {
            (new Normal(zeros(4, dtype), 2), x), (new Weibull(ones(4, dtype), 2), x), (new Dirichlet(ones(4, 3, dtype) * 2), rows), (new Categorical(rows), arange(4, ScalarType.Int64) % 3),
        })
        {
            var expected = plain.LogProb(value).Numbers().Select((density, i) => density * s_weights[i]).ToArray();
            var masked = plain.Mask(Weights);
            Numeric.Close(expected, masked.LogProb(value).Numbers(), 1e-6);
            Numeric.Close(expected.Sum(), masked.LogPdf(value).Number(), 1e-6);
            Numeric.Close(expected.Sum(), masked.BatchLogPdf(value).sum().Number(), 1e-6);
            Numeric.Close(expected.Sum(), masked.ToEvent(1).LogPdf(value).Number(), 1e-6);
            long[] larger = [2, 4];
            Numeric.Close(2 * expected.Sum(), masked.Expand(larger).LogPdf(value.expand([2, .. value.shape])).Number(), 1e-6);
        }
    }

    [Test]
    public void Mask_OfWeights_MultipliesGradientsAndEntropy()
    {
        var mu = zeros(4, ScalarType.Float64, requires_grad: true);
        var x = tensor(new[] { 0.5, 1.5, 2.5, 3.5 });
        var masked = new Normal(mu, 1).Mask(Weights);
        masked.LogPdf(x).backward();
        Numeric.Close([0.15, 7.5, 0, 3.5], mu.grad!.Numbers(), 1e-12);
        var entropy = 0.5 * Math.Log(2 * Math.PI * Math.E);
        Numeric.Close([0.3 * entropy, 5 * entropy, 0, entropy], masked.Entropy().Numbers(), 1e-12);
    }

    [Test]
    public void Mask_OfLearnedWeights_HasTheirGradients()
    {
        var weights = Weights.requires_grad_();
        var x = tensor(new[] { 0.5, 1.5, 2.5, double.PositiveInfinity });
        var normal = new Normal(zeros(4, ScalarType.Float64), 1);
        normal.Mask(weights * tensor(new[] { 1.0, 1, 1, 0 })).LogPdf(x).backward();
        var expected = normal.LogProb(x).Numbers();
        Numeric.Close([expected[0], expected[1], expected[2], 0], weights.grad!.Numbers(), 1e-12);
    }

    [Test]
    public void Mask_OfWeightZero_LeavesOutWhatIsImpossible()
    {
        var x = tensor(new[] { 1.0, 1, -1, 1 });
        var alpha = (ones(4, ScalarType.Float64) * 2).requires_grad_();
        var masked = new Gamma(alpha, 1).Mask(Weights);
        Numeric.Close(-6.3, masked.LogPdf(x).Number(), 1e-12);
        masked.LogPdf(x).backward();
        Assert.That(alpha.grad!.Numbers(), Has.All.Matches<double>(double.IsFinite));
        Assert.That(new Gamma(2, 1).Expand(4).Mask(tensor(new[] { 1.0, 1, 1e-9, 1 })).LogPdf(x.to_type(ScalarType.Float32)).Number(), Is.EqualTo(double.NegativeInfinity));
    }

    [Test]
    public void Mask_LargerThanTheDistribution_SaysToExpandIt()
    {
        Assert.That(() => new Normal(0, 1).Mask(Weights), Throws.ArgumentException.With.Message.Contains(".Expand(4).Mask("));
        Assert.That(() => new Normal(zeros(2, 1), 1).Mask(Weights), Throws.ArgumentException.With.Message.Contains(".Expand(2, 4).Mask("));
        Assert.That(() => new Normal(zeros(3), 1).Mask(Weights), Throws.ArgumentException.With.Message.Contains("broadcasts"));
    }
}
