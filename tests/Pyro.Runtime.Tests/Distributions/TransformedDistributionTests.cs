using Pyro.Distributions;
using Pyro.Distributions.Transforms;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Distributions;

/// <summary>Distributions of what maps make of others: the fixture of the reference, and its defects (B10), which are absent.</summary>
public class TransformedDistributionTests
{
    private static TransformedDistribution LogNormal(Tensor mu, Tensor sigma) =>
        new(new Normal(zeros_like(mu), 1), new Affine(mu, sigma), Exp.Instance);

    [Fact]
    public void AffineExpIsLogNormal()
    {
        var (mu, sigma) = (Numeric.Scalar(1.4), Numeric.Scalar(0.4));
        var made = LogNormal(mu, sigma);
        Numeric.Close(-1.9976190177, made.LogPdf(Numeric.Scalar(5.5)).Number(), 1e-9);
        using var generator = new Generator(2);
        var x = made.Expand(40000).Sample(generator);
        Numeric.Close(4.3929456809, x.mean().Number(), 0.02);
        Numeric.Close(3.3484078877, x.var().Number(), 0.1);
        Numeric.Close(new LogNormal(mu, sigma).LogProb(x).Numbers(), made.Expand(40000).LogProb(x).Numbers(), 1e-9);
    }

    [Fact]
    public void OutsideItsRangeIsMinusInfinityWithoutNaN()
    {
        var mu = tensor(0.3, ScalarType.Float64, requires_grad: true);
        var density = LogNormal(mu, Numeric.Scalar(1)).Expand(3).LogProb(Numeric.Double(-1, 0, 2));
        Assert.Equal([double.NegativeInfinity, double.NegativeInfinity], density.Numbers()[..2]);
        density[2].backward();
        Assert.True(double.IsFinite(mu.grad!.Number()));
        var shifted = new TransformedDistribution(new Normal(0, 1), new Compose(Exp.Instance, new Affine(3, 1)));
        Assert.True(double.IsNegativeInfinity(shifted.LogProb(tensor(2.9f)).Number()));
        Assert.True(double.IsFinite(shifted.LogProb(tensor(3.1f)).Number()));
    }

    [Theory]
    [InlineData("Sigmoid")]
    [InlineData("Softplus")]
    [InlineData("Tanh")]
    [InlineData("Affine")]
    public void DensityIsNormalised(string name)
    {
        Bijector map = name switch
        {
            "Sigmoid" => Sigmoid.Instance,
            "Softplus" => Softplus.Instance,
            "Tanh" => Tanh.Instance,
            _ => new Affine(2, -3),
        };
        Numeric.Close(1, new Mass(new TransformedDistribution(new Normal(Numeric.Scalar(0.5), 1.5), map), 0).Total, 1e-6);
    }

    [Fact]
    public void ShapesAreThoseOfWhatIsMade()
    {
        var rows = new TransformedDistribution(new Normal(zeros(5, 3, ScalarType.Float64), 1), StickBreaking.Instance);
        Assert.Equal([5, 4], rows.Shape);
        Assert.Equal([5], rows.BatchShape);
        Assert.Equal([4], rows.EventShape);
        var y = rows.Sample();
        Assert.True(Constraints.Simplex.Check(y).all().item<bool>());
        Assert.Equal([5], rows.LogProb(y).shape);
        Assert.Equal([5, 1], rows.BatchLogPdf(y).shape);
        var expanded = rows.Expand(7, 5);
        Assert.Equal([7, 5, 4], expanded.Sample().shape);
        Numeric.Close(rows.LogProb(y).sum().Number() * 7, expanded.LogPdf(y.expand(7, 5, 4)).Number());
        Assert.Throws<ArgumentException>(() => new TransformedDistribution(new Normal(0, 1), new Affine(zeros(3), 1)));
        Assert.Throws<ArgumentException>(() => new TransformedDistribution(new Normal(0, 1), Ordered.Instance));
        Assert.Throws<ArgumentException>(() => new TransformedDistribution(new Poisson(1), Exp.Instance));
    }

    [Fact]
    public void SamplesAreScoredAnyNumberOfTimesAndSoIsAnythingElse()
    {
        var made = new TransformedDistribution(new Normal(zeros(3, ScalarType.Float64), 1), Ordered.Instance);
        var y = made.Sample();
        var first = made.LogProb(y).Number();
        Assert.Equal(first, made.LogProb(y).Number());
        Numeric.Close(first, made.LogProb(y.clone()).Number(), 1e-8);
    }

    [Fact]
    public void ASourceThatItsScopeHasFreedIsComputedAgain()
    {
        var made = new TransformedDistribution(new Normal(zeros(3, ScalarType.Float64), 1), Exp.Instance);
        Tensor y;
        using (NewDisposeScope())
            y = made.Sample().MoveToOuterDisposeScope();
        Numeric.Close(new LogNormal(zeros(3, ScalarType.Float64), 1).LogProb(y).Numbers(), made.LogProb(y).Numbers(), 1e-8);
    }

    [Fact]
    public void GradientsFlowThroughSamplesWhereTheyDoInTheSource()
    {
        var mu = tensor(0.3, ScalarType.Float64, requires_grad: true);
        new TransformedDistribution(new Normal(mu, 1), Exp.Instance).Sample().log().backward();
        Numeric.Close(1, mu.grad!.Number());
        Assert.False(new TransformedDistribution(new Normal(mu, 1, reparameterized: false), Exp.Instance).Sample().requires_grad);
    }
}
