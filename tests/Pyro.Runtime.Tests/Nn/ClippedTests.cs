using Pyro.Nn;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Nn;

/// <summary>The reference's tests of its clipped functions: bounds at ε = 10⁻⁵, and sums of one.</summary>
public class ClippedTests
{
    private const double Eps = 1e-5;

    [TestCase(ScalarType.Float32)]
    [TestCase(ScalarType.Float64)]
    public void ASoftmaxStaysAboveItsLeastAndSumsToOne(ScalarType type)
    {
        using var layer = new ClippedSoftmax(Eps);
        var far = tensor(new[,] { { -1e4, 0, 1e4 }, { 1e30, -1e30, 0 } }).to_type(type);
        foreach (var input in new[] { far, rand(5, 3, type) })
        {
            var output = layer.call(input);
            Assert.That(output.Numbers(), Has.All.InRange(Eps * (1 - 1e-6), 1 - 2 * Eps * (1 - 1e-2)));
            foreach (var sum in output.sum(-1L).Numbers())
                Numeric.Close(1, sum, 1e-6);
        }
        using var along = new ClippedSoftmax(0.1, dim: 0);
        foreach (var sum in along.call(rand(4, 2, type)).sum(0L).Numbers())
            Numeric.Close(1, sum, 1e-6);
        Assert.Throws<ArgumentException>(() => along.call(zeros(10, 2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ClippedSoftmax(1));
    }

    [TestCase(ScalarType.Float32)]
    [TestCase(ScalarType.Float64)]
    public void ASigmoidStaysBetweenItsBounds(ScalarType type)
    {
        using var layer = new ClippedSigmoid(Eps);
        var output = layer.call(tensor(new[] { -1e30, -3, 0, 3, 1e30 }).to_type(type)).Numbers();
        Assert.That(output, Has.All.InRange(Eps * (1 - 1e-6), 1 - Eps * (1 - 1e-2)));
        Numeric.Close(0.5, output[2], 1e-6);
        Assert.That(output, Is.EqualTo(output.Order()));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ClippedSigmoid(0.5));
    }
}
