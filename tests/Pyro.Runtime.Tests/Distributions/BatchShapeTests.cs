using Pyro.Distributions;
using static Pyro.Primitives;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Distributions;

/// <summary>Families whose parameters have a dimension that samples lack: all of a sample's dimensions are the batch.</summary>
public class BatchShapeTests
{
    private static Tensor Rows => ones(3, 4) / 4;

    private static IEnumerable<(Distribution Distribution, Tensor Value)> Families()
    {
        var index = tensor(new[] { 0L, 3, 1 });
        yield return (new Categorical(Rows), index);
        yield return (new Categorical(logits: Rows), index);
        yield return (new Categorical<string>(Rows, ["a", "b", "c", "d"]), index);
        yield return (new Categorical(Rows).Mask(tensor(new[] { true, false, true })), index);
        yield return (new Categorical(Rows[0]).Expand(3), index);
        yield return (new Mixture(new Normal(zeros(3, 4), 1), Rows), zeros(3));
    }

    [Test]
    public void BatchLogPdf_OfRowsOfParameters_HasOneNumberARow()
    {
        foreach (var (distribution, value) in Families())
        {
            Assert.That(distribution.BatchShape, Is.EqualTo([3]), distribution.Name);
            Assert.That(distribution.EventShape, Is.Empty, distribution.Name);
            Assert.That(distribution.EventDim, Is.EqualTo(0), distribution.Name);
            Assert.That(distribution.BatchLogPdf(value).shape, Is.EqualTo([3, 1]), distribution.Name);
            Numeric.Close(distribution.LogProb(value).Numbers(), distribution.BatchLogPdf(value).Numbers());
        }
    }

    [Test]
    public void BatchLogPdf_OfOneRow_HasOneNumber() =>
        Assert.That(new Categorical(Rows[0]).BatchLogPdf(tensor(1L)).shape, Is.EqualTo([1]));

    [Test]
    public void BatchLogPdf_OfATrace_AddsUpToLogPdf()
    {
        var trace = Runs.TraceOf(() =>
        {
            Sample("z", new Normal(zeros(3, 1), 1));
            Observe("x", new Categorical(Rows), tensor(new[] { 0L, 3, 1 }));
        });
        Assert.That(trace.BatchLogPdf().shape, Is.EqualTo([3, 1]));
        Numeric.Close(trace.LogPdf().Number(), trace.BatchLogPdf().sum().Number(), 1e-5);
    }
}
