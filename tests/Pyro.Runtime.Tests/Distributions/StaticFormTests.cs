using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Distributions;

/// <summary>Every family has two forms of use, an object and static functions, which agree; and parameters may be tensors, numbers or a mix in both.</summary>
public class StaticFormTests
{
    // Made of others, or of samples: there is no function of tensors alone. Categorical of values is scored by its numbers'.
    private static readonly string[] s_composed =
        [nameof(Empirical), nameof(Mixture), nameof(TransformedDistribution), nameof(ZeroInflated), typeof(Categorical<>).Name];

    public static IEnumerable<string> Names => Catalogue.All.Where(form => form.Static is not null).Select(form => form.Name);

    [Test]
    public void EveryFamilyHasBoth() => Assert.That(
        Catalogue.ByClass.Where(forms => forms.All(form => form.Static is null)).Select(forms => forms.Key.Name), Is.EquivalentTo(s_composed));

    [TestCaseSource(nameof(Names))]
    public void TheyAgree(string name)
    {
        var form = Catalogue.Find(name).Static!;
        var distribution = form.Make(form.Parameters);
        using var one = new Generator(3);
        using var other = new Generator(3);
        var x = distribution.Sample(one);
        Assert.That(form.Sample(form.Parameters, other).Numbers(), Is.EqualTo(x.Numbers()));
        Assert.That(form.LogProb(x, form.Parameters).Numbers(), Is.EqualTo(distribution.LogProb(x).Numbers()));
        Numeric.Close(distribution.LogPdf(x).Number(), form.LogPdf(x, form.Parameters).Number(), 1e-12);

        // Where the value is impossible, and where it is of another dtype.
        var far = x + 1e6;
        Assert.That(form.LogProb(far, form.Parameters).Numbers(), Is.EqualTo(distribution.LogProb(far).Numbers()));
        if (distribution.Support.IsDiscrete)
            Assert.That(form.LogProb(x.to_type(ScalarType.Int64), form.Parameters).Numbers(), Is.EqualTo(distribution.LogProb(x).Numbers()));
    }

    [Test]
    public void TheyAllocateTensorsAlone()
    {
        var (x, mu, sigma) = (tensor(0.3), tensor(0.1), tensor(2.0));
        static long Bytes(Func<Tensor> call)
        {
            for (var i = 0; i < 20; i++)
                call().Dispose();
            var before = GC.GetAllocatedBytesForCurrentThread();
            using (NewDisposeScope())
                for (var i = 0; i < 100; i++)
                    call();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
        var operations = Bytes(() => ((x - mu) / sigma).square() * -0.5 - sigma.log() - 0.91893853320467274178);
        Assert.That(Bytes(() => Normal.LogProb(x, mu, sigma)), Is.InRange(0, operations));
        Assert.That(Bytes(() => Normal.LogPdf(x, mu, sigma)), Is.InRange(0, operations));
    }

    [Test]
    public void Numbers_OfAnyType_FollowTheDefaultDtypeOrTheTensorsBesideThem()
    {
        Assert.That(Normal.Sample(0, 1).dtype, Is.EqualTo(ScalarType.Float32));
        Assert.That(Normal.Sample(0.5, 1L).dtype, Is.EqualTo(ScalarType.Float32));
        Assert.That(Normal.Sample(0, ones(3, ScalarType.Float64)).dtype, Is.EqualTo(ScalarType.Float64));
        Assert.That(Poisson.Sample(3).dtype, Is.EqualTo(ScalarType.Float32));
        Numeric.Close(-0.5 * Math.Log(2 * Math.PI) - 0.5, Normal.LogProb(tensor(1.0), 0, 1).Number(), 1e-7);
        Numeric.Close(-1, Gamma.LogPdf(tensor(1.0), 2, 1).Number(), 1e-7);
        Numeric.Close(-Math.Log(4), Uniform.LogPdf(tensor(1.0), -1, 3).Number(), 1e-7);
        Numeric.Close(0, Beta.LogProb(tensor(0.25), 1, 1).Number(), 1e-7);
    }
}
