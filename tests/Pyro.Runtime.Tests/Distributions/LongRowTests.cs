using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Distributions;

/// <summary>Rows of many parts: their sums keep their last digits, and what rounds a row to a sum beside 1 does not put it outside the simplex.</summary>
public class LongRowTests
{
    public static IEnumerable<long> Sizes => [2, 3, 7, 64, 65, 100, 999, 1000, 1023, 2000, 2999, 3000, 3001, 100_000];

    [TestCaseSource(nameof(Sizes))]
    public void UniformRows_AreOnTheSimplex_InBothPrecisions(long size)
    {
        using var scope = NewDisposeScope();
        foreach (var dtype in new[] { ScalarType.Float32, ScalarType.Float64 })
        {
            // By kernels, and for one row by operations.
            foreach (var rows in new long[] { 1, 8 })
            {
                var uniform = full([rows, size], 1.0 / size, dtype);
                Assert.That(new Dirichlet(ones(rows, size, dtype)).LogProb(uniform).isfinite().all().Number(), Is.EqualTo(1), $"{rows} rows");
                Assert.That(Constraints.Simplex.Check(uniform).all().Number(), Is.EqualTo(1));
                Assert.That(Constraints.Simplex.Check(uniform * 1.01).any().Number(), Is.EqualTo(0));
                Assert.That(new Dirichlet(ones(rows, size, dtype)).LogProb(uniform * 1.01).isneginf().all().Number(), Is.EqualTo(1), $"{rows} rows");
            }
        }
    }

    [TestCaseSource(nameof(Sizes))]
    public void Samples_AreOnTheSimplex(long size)
    {
        using var scope = NewDisposeScope();
        var generator = new Generator(1);
        foreach (var alpha in new[] { 0.5, 2, 1e4 })
        {
            var distribution = new Dirichlet(full([4, size], alpha, ScalarType.Float32));
            var sample = distribution.Sample(generator);
            Assert.That(Constraints.Simplex.Check(sample).all().Number(), Is.EqualTo(1), $"{alpha}");
            Assert.That(distribution.LogProb(sample).isfinite().all().Number(), Is.EqualTo(1), $"{alpha}");
        }
    }

    [Test]
    public void SumsOfFloats_OneAfterAnother_NormalizeRows()
    {
        using var scope = NewDisposeScope();
        foreach (var size in new[] { 3001, 30_000 })
        {
            // The rounding of such a sum goes one way where all terms are alike.
            var sum = 0f;
            for (var i = 0; i < size; i++)
                sum += 0.1f;
            var row = full([8, size], 0.1f / sum, ScalarType.Float32);
            Assert.That(Constraints.Simplex.Check(row).all().Number(), Is.EqualTo(1), $"{size}");
        }
    }

    [TestCase(4, 2000)]
    [TestCase(1, 2000)]
    [TestCase(8, 3001)]
    public void DensitiesOfLongRows_InSingle_AreThoseInDouble(int rows, int size)
    {
        using var scope = NewDisposeScope();
        var generator = new Generator(2);
        var alpha = (rand([rows, size], generator: generator) * 3 + 0.2f).requires_grad_();
        var x = new Dirichlet(alpha.detach()).Sample(generator);
        var exact = alpha.detach().to_type(ScalarType.Float64).requires_grad_();
        var expected = new Dirichlet(exact).LogProb(x.to_type(ScalarType.Float64));
        var actual = new Dirichlet(alpha).LogProb(x);
        expected.sum().backward();
        actual.sum().backward();

        Numeric.Close(expected.Numbers(), actual.Numbers(), 1e-5);
        Numeric.Close(exact.grad!.Numbers(), alpha.grad!.Numbers(), 1e-4);
    }

    [Test]
    public void CountsOfLongRows_AddUp()
    {
        using var scope = NewDisposeScope();
        var ps = full([8, 3000], 1f / 3000, ScalarType.Float32);
        var counts = ones(8, 3000) * 5;
        foreach (var dtype in new[] { ScalarType.Float32, ScalarType.Float64 })
        {
            // ln 15000! − 3000 ln 5! − 15000 ln 3000 by Stirling's series.
            var density = new Multinomial(15_000, ps: ps.to_type(dtype)).LogProb(counts.to_type(dtype));
            var expected = LogFactorial(15_000) - 3000 * Math.Log(120) - 15_000 * Math.Log(3000);
            Assert.That(density.Numbers(), Is.All.EqualTo(expected).Within(1e-5 * (1 + Math.Abs(expected))));
        }
    }

    private static double LogFactorial(double n) => (n + 0.5) * Math.Log(n) - n + 0.5 * Math.Log(2 * Math.PI) + 1 / (12 * n);
}
