using Pyro.Distributions;
using Pyro.Infer;
using Pyro.Params;
using static Pyro.Primitives;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Infer;

/// <summary>Defects of the reference that belong to inference (pyro 0.1's list, by its numbers) and have no test beside what they are about.</summary>
public class DefectTests
{
    /// <summary>A decaying average does not know the cost that it is subtracted from: at the first step, when it is zero, it changes nothing (B2: a gradient times β).</summary>
    [TestCase(0.9)]
    [TestCase(0.5)]
    public void B2_A_baseline_is_read_before_it_is_moved(double beta)
    {
        double Gradient(SiteOptions options) => Gradients(
            () => Sample("z", new Bernoulli(0.6)),
            () => Sample("z", new Bernoulli(Param("p", 0.3f, Constraints.UnitInterval)), options))["p"][0];
        var without = Gradient(new SiteOptions());
        Assert.That(without, Is.Not.EqualTo(0));
        Assert.That(Gradient(new SiteOptions { Baseline = new Baseline { UseDecayingAverage = true, Beta = beta } }), Is.EqualTo(without).Within(1e-6));
    }

    /// <summary>A latent site of the guide alone is refused (B12: it changed the loss in silence).</summary>
    [Test]
    public void B12_A_latent_of_the_guide_alone_is_refused()
    {
        var failure = Assert.Throws<ModelException>(() => Gradients(
            () => Sample("z", new Normal(0, 1)),
            () =>
            {
                Sample("z", new Normal(0, 1));
                Sample("more", new Normal(0, 1));
            }));
        Assert.That(failure.Site, Is.EqualTo("more"));
    }

    /// <summary>A wrong size in a plate is an error that names the site, the plate and both sizes (B15: nobody noticed).</summary>
    [Test]
    public void B15_A_wrong_size_in_a_plate_is_an_error()
    {
        var failure = Runs.Fails(() =>
        {
            using (IArange("rows", 4))
                Sample("x", new Normal(zeros(3), 1));
        });
        Assert.That(failure.Site, Is.EqualTo("x"));
        foreach (var part in (string[])["'x'", "'rows'", "4", "3"])
            Assert.That(failure.Message, Does.Contain(part));
    }

    /// <summary>In nested plates each element's score has its own costs (B15: one dimension only).</summary>
    [Test]
    public void B15_Elements_of_nested_plates_have_their_own_costs()
    {
        double[] Gradient(float last) => Gradients(
            () => Nested(tensor([0.2f, 0.4f, 0.6f, 0.3f, 0.7f, last]).reshape(2, 3)),
            () => Nested(Param("p", () => full(2, 3, 0.5f), Constraints.UnitInterval)))["p"];
        static void Nested(Tensor chance)
        {
            using (IArange("rows", 2))
            using (IArange("columns", 3))
                Sample("z", new Bernoulli(chance));
        }
        var (one, other) = (Gradient(0.9f), Gradient(0.001f));
        Assert.That(other[..5], Is.EqualTo(one[..5]));
        Assert.That(other[5], Is.Not.EqualTo(one[5]));
    }

    /// <summary>Values that are put into a part of a tensor are there (B16: the tutorial's six ones were lost in a temporary, and its data were zeros).</summary>
    [Test]
    public void B16_What_is_put_into_a_part_of_a_tensor_is_there()
    {
        var data = zeros(10);
        data[TensorIndex.Slice(0, 6)] = ones(6);
        Assert.That(data.sum().item<float>(), Is.EqualTo(6));
    }

    private static Dictionary<string, double[]> Gradients(Action model, Action guide)
    {
        using var scope = NewDisposeScope();
        var context = Runs.Context(seed: 4);
        var trained = new ParamSet();
        new ELBO().LossAndGrads(context, Runs.Program(model), Runs.Program(guide), Unit.Value, trained);
        return trained.ToDictionary(parameter => parameter.Name,
            parameter => parameter.Unconstrained.grad!.to_type(ScalarType.Float64).Numbers<double>());
    }
}
