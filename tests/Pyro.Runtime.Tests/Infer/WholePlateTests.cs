using Pyro.Distributions;
using Pyro.Infer;
using Pyro.Programs;
using static Pyro.Primitives;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Infer;

/// <summary>Posteriors and predictions of programs that subsample: of all elements, each at its own place.</summary>
public class WholePlateTests
{
    private static Tensor Places => arange(0, 6, ScalarType.Float64) * 10;

    private static readonly Program<Unit> s_model = Runs.Program(() =>
    {
        using var plate = IArange("n", 6, 2);
        var z = Sample("z", new Normal(zeros(1, ScalarType.Float64), 100));
        Observe("x", new Normal(z, 0.001), plate.Each(Places));
    });

    private static readonly Program<Unit> s_guide = Runs.Program(() =>
    {
        using (var plate = IArange("n", 6, 2))
            Sample("z", new Normal(plate.Each(Places), 0.001));
        // Entered again, with what was asked before.
        using (IArange("n", 6, 2))
            Deterministic("twice", ones(1));
    });

    private static void AreThePlaces(Posterior posterior, string site)
    {
        Assert.That(posterior[site].shape, Is.EqualTo([60, 6]));
        Assert.That(posterior[site].allclose(Places.expand(60, 6), rtol: 0, atol: 0.02), Is.True);
    }

    [Test]
    public void AGuidesSamplesAreOfAllElements() => AreThePlaces(Posterior.Sample(s_guide, default, 60, Runs.Context()), "z");

    [Test]
    public void PredictionsAreOfAllElements()
    {
        AreThePlaces(new Predictive<Unit>(s_model, s_guide, 60).Run(default, Runs.Context()), "x");
        AreThePlaces(new Predictive<Unit>(s_model, Posterior.Sample(s_guide, default, 60, Runs.Context())).Run(default, Runs.Context()), "x");
    }

    [Test]
    public void WeightedRunsAreOfAllElements()
    {
        using var scope = NewDisposeScope();
        var posterior = new Importance<Unit>(s_model, s_guide, 20).Run(default, Runs.Context());
        Assert.That(posterior.ToPosterior()["z"].shape, Is.EqualTo([20, 6]));

        // Without latent sites each run has the evidence itself.
        var data = tensor(new[] { 0.0, 1, 2, 3 });
        var known = Runs.Program(() =>
        {
            using var plate = IArange("n", 4, 2);
            Observe("x", new Normal(0, 1), plate.Each(data));
        });
        var exact = -2 * Math.Log(2 * Math.PI) - 7;
        Numeric.Close(exact, new Importance<Unit>(known, numSamples: 3).Run(default, Runs.Context()).LogEvidence, 1e-6);
        Numeric.Close(exact, new Search<Unit>(known).Run(default, Runs.Context()).LogEvidence, 1e-6);
    }

    [Test]
    public void AnExactSearchIsOfAllElements()
    {
        // Two data at 0 and two at 10 tell nothing; any two of them would.
        var data = tensor(new[] { 0.0, 0, 10, 10 });
        var model = Runs.Program(() =>
        {
            var z = Sample("z", new Bernoulli(ps: tensor(0.5)));
            using var plate = IArange("n", 4, 2);
            Observe("x", new Normal(10 * z, 1), plate.Each(data));
        });
        Numeric.Close(0.5, new Search<Unit>(model).Run(default, Runs.Context()).Mean(trace => trace["z"].Value!.Number()), 1e-9);
    }

    [Test]
    public void ElementsThatTheCallerHasChosenStayChosen()
    {
        var guide = Runs.Program(() =>
        {
            using var plate = IArange("n", 6, subsample: tensor(new long[] { 4, 5 }));
            Sample("z", new Normal(plate.Each(Places), 0.001));
        });
        Assert.That(Posterior.Sample(guide, default, 9, Runs.Context())["z"].allclose(tensor(new[] { 40.0, 50 }).expand(9, 2), rtol: 0, atol: 0.02), Is.True);
        // The model, which subsamples by itself, has the guide's.
        foreach (var size in new int?[] { 2, null })
        {
            var model = Runs.Program(() =>
            {
                using var plate = IArange("n", 6, size);
                Sample("z", new Normal(plate.Each(Places), 0.001));
            });
            Numeric.Close(0, new ELBO().Loss(Runs.Context(), model, guide, default), 1e-9);
        }
        var other = Runs.Program(() =>
        {
            using var plate = IArange("n", 6, subsample: tensor(new long[] { 4, 3 }));
            Sample("z", new Normal(plate.Each(Places), 0.001));
        });
        var error = Assert.Throws<ModelException>(() => new ELBO().Loss(Runs.Context(), other, guide, default));
        Assert.That(error.Site, Is.EqualTo("n"));
        Numeric.Close(0, new ELBO().Loss(Runs.Context(), guide, guide, default), 1e-9);
    }

    [Test]
    public void NestedPlatesOfOneSizeAreNotMixedUp()
    {
        var model = Runs.Program(() =>
        {
            using (IArange("a", 2))
            using (IArange("b", 2))
                Observe("x", new Normal(tensor(new[] { 0.0, 100 }), 0.001), tensor(new[,] { { 0.0, 0 }, { 100, 100 } }));
        });
        var predicted = new Predictive<Unit>(model, null, 5).Run(default, Runs.Context())["x"];
        Assert.That(predicted.allclose(tensor(new[,] { { 0.0, 0 }, { 100, 100 } }).expand(5, 2, 2), rtol: 0, atol: 0.02), Is.True);
    }
}
