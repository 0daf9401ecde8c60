using Pyro.Distributions;
using Pyro.Distributions.Transforms;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Distributions;

/// <summary>Distributions of what maps make of others: the fixture of the reference, and its defects (B10), which are absent.</summary>
public class TransformedDistributionTests
{
    private static TransformedDistribution LogNormal(Tensor mu, Tensor sigma) =>
        new(new Normal(zeros_like(mu), 1), new Affine(mu, sigma), Exp.Instance);

    [Test]
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

    [Test]
    public void OutsideItsRangeIsMinusInfinityWithoutNaN()
    {
        var mu = tensor(0.3, ScalarType.Float64, requires_grad: true);
        var density = LogNormal(mu, Numeric.Scalar(1)).Expand(3).LogProb(Numeric.Double(-1, 0, 2));
        Assert.That(density.Numbers()[..2], Is.EqualTo([double.NegativeInfinity, double.NegativeInfinity]));
        density[2].backward();
        Assert.That(double.IsFinite(mu.grad!.Number()), Is.True);
        var shifted = new TransformedDistribution(new Normal(0, 1), new Compose(Exp.Instance, new Affine(3, 1)));
        Assert.That(shifted.LogProb(tensor(2.9f)).Number(), Is.EqualTo(double.NegativeInfinity));
        Assert.That(double.IsFinite(shifted.LogProb(tensor(3.1f)).Number()), Is.True);
    }

    [TestCase("Sigmoid")]
    [TestCase("Softplus")]
    [TestCase("Tanh")]
    [TestCase("Affine")]
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

    [Test]
    public void ShapesAreThoseOfWhatIsMade()
    {
        var rows = new TransformedDistribution(new Normal(zeros(5, 3, ScalarType.Float64), 1), StickBreaking.Instance);
        Assert.That(rows.Shape, Is.EqualTo([5, 4]));
        Assert.That(rows.BatchShape, Is.EqualTo([5]));
        Assert.That(rows.EventShape, Is.EqualTo([4]));
        var y = rows.Sample();
        Assert.That(Constraints.Simplex.Check(y).all().item<bool>(), Is.True);
        Assert.That(rows.LogProb(y).shape, Is.EqualTo([5]));
        Assert.That(rows.BatchLogPdf(y).shape, Is.EqualTo([5, 1]));
        var expanded = rows.Expand(7, 5);
        Assert.That(expanded.Sample().shape, Is.EqualTo([7, 5, 4]));
        Numeric.Close(rows.LogProb(y).sum().Number() * 7, expanded.LogPdf(y.expand(7, 5, 4)).Number());
        Assert.Throws<ArgumentException>(() => new TransformedDistribution(new Normal(0, 1), new Affine(zeros(3), 1)));
        Assert.Throws<ArgumentException>(() => new TransformedDistribution(new Normal(0, 1), Ordered.Instance));
        Assert.Throws<ArgumentException>(() => new TransformedDistribution(new Poisson(1), Exp.Instance));
    }

    [Test]
    public void SamplesAreScoredAnyNumberOfTimesAndSoIsAnythingElse()
    {
        var made = new TransformedDistribution(new Normal(zeros(3, ScalarType.Float64), 1), Ordered.Instance);
        var y = made.Sample();
        var first = made.LogProb(y).Number();
        Assert.That(made.LogProb(y).Number(), Is.EqualTo(first));
        Numeric.Close(first, made.LogProb(y.clone()).Number(), 1e-8);
    }

    [Test]
    public void ASourceThatItsScopeHasFreedIsComputedAgain()
    {
        var made = new TransformedDistribution(new Normal(zeros(3, ScalarType.Float64), 1), Exp.Instance);
        Tensor y;
        using (NewDisposeScope())
            y = made.Sample().MoveToOuterDisposeScope();
        Numeric.Close(new LogNormal(zeros(3, ScalarType.Float64), 1).LogProb(y).Numbers(), made.LogProb(y).Numbers(), 1e-8);
    }

    [Test]
    public void GradientsFlowThroughSamplesWhereTheyDoInTheSource()
    {
        var mu = tensor(0.3, ScalarType.Float64, requires_grad: true);
        new TransformedDistribution(new Normal(mu, 1), Exp.Instance).Sample().log().backward();
        Numeric.Close(1, mu.grad!.Number());
        Assert.That(new TransformedDistribution(new Normal(mu, 1, reparameterized: false), Exp.Instance).Sample().requires_grad, Is.False);
    }
}
