using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Distributions;

/// <summary>Matrices of normal distributions that are none are refused by their entries; those off by rounding are not, and lose no digits.</summary>
public class MatrixFaultTests
{
    private static readonly ScalarType[] s_types = [ScalarType.Float32, ScalarType.Float64];

    private static void Refuses(Action act, string text) => Assert.That(() => act(), Throws.TypeOf<ArgumentException>().With.Message.Contains(text));

    [Test]
    public void MultivariateNormal_MatrixOfTwoHalves_IsRefused()
    {
        foreach (var dtype in s_types)
        {
            var (x, lopsided) = (zeros(2, dtype), tensor(new[,] { { 1.0, 0.5 }, { 0.2, 1 } }, dtype));
            Refuses(() => new MultivariateNormal(x, covariance: lopsided).LogProb(x), "covariance = [1, 0.5, 0.2, 1] (0.5 at (0, 1) and 0.2 at (1, 0)), which must be symmetric. Give (A + Aᵀ)/2");
            Refuses(() => new MultivariateNormal(x, precision: lopsided).Sample(), "precision = [1, 0.5, 0.2, 1]");
            var full = tensor(new[,] { { 1.0, 0.5 }, { 0.2, 1 } }, dtype);
            Refuses(() => new MultivariateNormal(x, scaleTril: full).LogProb(x), "scaleTril = [1, 0.5, 0.2, 1] (0.5 at (0, 1), above the diagonal), which must be lower triangular");
            Refuses(() => new MultivariateNormal(x, scaleTril: full).Sample(), "above the diagonal");
            Refuses(() => MultivariateNormal.LogProb(x, x, full), "above the diagonal");
            Refuses(() => MultivariateNormal.Sample(x, full), "above the diagonal");
            Refuses(() => MultivariateNormal.LogPdf(x, x, stack([eye(2, dtype: dtype), full])), "above the diagonal");
            Refuses(() => new MultivariateNormal(x, scaleTril: full.mT).Expand(3), "0.2 at (0, 1), above the diagonal");
            Refuses(() => new MultivariateNormal(x, scaleTril: tensor(new[,] { { 1.0, 0 }, { 0.2, -1 } }, dtype)).LogProb(x), "-1 at (1, 1), on the diagonal");
            Refuses(() => new MultivariateNormal(x, covariance: tensor(new[,] { { 1.0, 2 }, { 2, 1 } }, dtype)).LogProb(x), "an eigenvalue is not positive");
            Refuses(() => new LowRankMultivariateNormal(x, ones(2, 1, dtype), tensor(new[] { 1.0, -2 }, dtype)).LogProb(x), "diagonal = -2, which must be positive");
        }
    }

    [Test]
    public void MultivariateNormal_HalvesThatRoundingTold_AreTheirMean()
    {
        foreach (var dtype in s_types)
        {
            // Scales from 1e-3 to 1e4, in a covariance of single and double precision that a product of three matrices has made.
            using var generator = new Generator(3);
            var a = randn(6, 6, dtype, generator: generator) * tensor(new[] { 1e-3, 1e-2, 1, 10, 1e3, 1e4 }, dtype).unsqueeze(-1);
            var inner = randn(6, 6, dtype, generator: generator);
            var covariance = a.matmul(inner.matmul(inner.mT) + eye(6, dtype: dtype)).matmul(a.mT);
            var x = a.matmul(ones(6, dtype));
            var mean = (covariance + covariance.mT) / 2;
            Assert.That(covariance.eq(covariance.mT).all().item<bool>(), Is.False);
            Assert.That(Constraints.PositiveDefinite.Find(covariance), Is.Null);
            Assert.That(new MultivariateNormal(zeros(6, dtype), covariance: covariance).LogProb(x).Number(), Is.EqualTo(new MultivariateNormal(zeros(6, dtype), covariance: mean).LogProb(x).Number()));
            var inverse = linalg.inv(covariance);
            Assert.That(double.IsFinite(new MultivariateNormal(zeros(6, dtype), precision: inverse).LogProb(x).Number()));
        }

        // Scales far apart hide no asymmetry of the small ones.
        Assert.That(Constraints.PositiveDefinite.Find(tensor(new[,] { { 1e8, 0, 0 }, { 0, 1, 0.5 }, { 0, 0.1, 1 } })), Does.Contain("0.5 at (1, 2) and 0.1 at (2, 1)"));
    }

    [Test]
    public void LowRank_FactorFarAboveTheDiagonal_KeepsItsDigits()
    {
        // −½(zᵀS⁻¹z + ln|S| + 4 ln 2π) with S = W Wᵀ + diag D, by 50 digits.
        double[,] factor = { { 1000, 1000 }, { 1010, 1010.5 }, { 1020, 1021 }, { 1030, 1031.5 } };
        foreach (var dtype in s_types)
        {
            var x = tensor(new[] { 1003.25, 1012.5, 1019.75, 1031.125 }, dtype);
            var (w, d) = (tensor(factor, dtype), tensor(new[] { 1, 0.5, 2, 1.5 }, dtype));
            Numeric.Close(-15.034764076115634186, new LowRankMultivariateNormal(zeros(4, dtype), w, d).LogProb(x).Number(), dtype == ScalarType.Float32 ? 1e-6 : 1e-11);
            Numeric.Close([-15.034764076115634186, -15.034764076115634186], LowRankMultivariateNormal.LogProb(stack([x, x]), zeros(4, dtype), stack([w, w]), d).Numbers(), 1e-6);
        }
    }

    [Test]
    public void LowRank_Gradients_AreThoseOfDifferences()
    {
        using var generator = new Generator(9);
        var (w, d) = (30 * randn(4, 2, ScalarType.Float64, generator: generator), rand(4, ScalarType.Float64, generator: generator) + 0.3);
        Numeric.GradientIsRight(p => LowRankMultivariateNormal.LogPdf(p[0], p[1], p[2], p[3]), 1e-5, randn(3, 4, ScalarType.Float64, generator: generator), zeros(4, ScalarType.Float64), w, d);
    }
}
