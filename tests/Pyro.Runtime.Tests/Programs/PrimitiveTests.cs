using Pyro.Distributions;
using Pyro.Infer;
using Pyro.Optim;
using Pyro.Poutines;
using Pyro.Programs;
using static Pyro.Primitives;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Programs;

public class PrimitiveTests
{
    [Test]
    public void AFactorAddsToTheDensity()
    {
        var trace = Runs.TraceOf(() =>
        {
            Factor("f", tensor(-2.5));
            using (IArange("n", 10, 2))
                Factor("g", tensor(new[] { 1.0, 2.0 }));
        });
        Assert.That(trace["f"].Kind, Is.EqualTo(SiteKind.Observed));
        Assert.That(trace.LogPdf("f").Number(), Is.EqualTo(-2.5));
        Assert.That(trace.LogPdf("g").Number(), Is.EqualTo(15));
    }

    [Test]
    public void AFactorThatDoesNotFitItsPlateNamesItself() =>
        Assert.That(Runs.Fails(() =>
        {
            using (IArange("n", 3))
                Factor("f", zeros(4));
        }).Site, Is.EqualTo("f"));

    [Test]
    public void AFactorMovesThePosterior()
    {
        // N(0, 1) times exp(z): the density of N(1, 1), whose evidence is e^½.
        var model = Runs.Program(() => Factor("tilt", Sample("z", new Normal(tensor(0.0), 1))));
        var guide = Runs.Program(() => Sample("z", new Normal(tensor(1.0), 1)));
        Numeric.Close(-0.5, new SVI<Unit>(model, guide, new Adam(), new ELBO(), Runs.Context()).EvaluateLoss(default));
    }

    [Test]
    public void ADeterministicValueIsRecordedAndCostsNothing()
    {
        var trace = Runs.TraceOf(() =>
        {
            var x = Sample("x", new Normal(0, 1));
            Deterministic("twice", x * 2);
        });
        Numeric.Close(2 * trace["x"].Value!.Number(), trace["twice"].Value!.Number());
        Assert.That(trace.LogPdf().Number(), Is.EqualTo(trace.LogPdf("x").Number()));
        Assert.That(Runs.Fails(() => { Deterministic("x", zeros(1)); Sample("x", new Normal(0, 1)); }).Message, Does.Contain("deterministic"));
    }

    [Test]
    public void AValueMayBeThereOrNot()
    {
        static IEnumerable<string> Latent(Tensor? data) => Runs.TraceOf(() => Sample("x", new Normal(0, 1), obs: data)).StochasticNodes;
        Assert.That(Latent(null), Is.EqualTo(["x"]));
        Assert.That(Latent(tensor(1f)), Is.Empty);
    }

    [Test]
    public void MapDataVisitsABatchOfATensor()
    {
        var data = arange(0, 4 * 5 * 7, ScalarType.Float32).reshape(4, 5, 7);
        foreach (var dim in new[] { 0, 1 })
            Runs.TraceOf(() => MapData("d", data, (indices, batch) =>
            {
                Assert.That(indices.shape[0], Is.EqualTo(3));
                Assert.That(batch.shape[dim], Is.EqualTo(3));
                Assert.That(batch.allclose(data.index_select(dim, indices)), Is.True);
            }, batchSize: 3, batchDim: dim));
    }

    [Test]
    public void MapDataCountsDimensionsFromTheLastToo()
    {
        var data = arange(0, 6).reshape(2, 3);
        Runs.TraceOf(() => MapData("d", data, (indices, batch) =>
        {
            Assert.That(indices.shape[0], Is.EqualTo(3));
            Assert.That(batch.shape, Is.EqualTo([2, 3]));
        }, batchDim: -1));
        foreach (var fails in new Action[] { () => Over(data, 2), () => Over(data, -3), () => Over(tensor(1), 0) })
        {
            var error = Assert.Throws<ModelException>(fails);
            Assert.That(error.Site, Is.EqualTo("d"));
        }
        Assert.That(Runs.Fails(() => MapData<int>("d", [1, 2], (_, _) => { }, batchSize: -1)).Message, Does.Contain("-1 of them"));

        static void Over(Tensor data, int dimension) => Runs.TraceOf(() => MapData("d", data, (_, _) => { }, batchDim: dimension));
    }

    [Test]
    public void TheSameSeedGivesTheSameNumbersInAndOutOfRuns()
    {
        var program = Runs.Program(() => Sample("x", new Normal(0, 1)));
        double[][] first = [Draw(), Draw()];
        Assert.That(first[1], Is.EqualTo(first[0]));

        // On a thread of its own, which has made no plain call yet.
        double[]? other = null;
        var thread = new Thread(() => other = Draw());
        thread.Start();
        thread.Join();
        Assert.That(other, Is.EqualTo(first[0]));

        double[] Draw()
        {
            SetRngSeed(7);
            return [Sample("x", new Normal(0, 1)).Number(), program.Trace(default)["x"].Value!.Number(), Sample("x", new Normal(0, 1)).Number()];
        }
    }

    [Test]
    public void AParameterWithoutItsInitialValueIsRefused()
    {
        foreach (var body in new Action[] { () => Param("w", (Tensor)null!), () => Param("w", (Func<Tensor>)null!), () => Param("w", () => null!) })
            Assert.That(Runs.Fails(body).Site, Is.EqualTo("w"));
    }

    [Test]
    public void AGivenParameterIsCheckedAgainstItsConstraint()
    {
        var program = Runs.Program(() => Param("w", ones(3), Constraints.Positive));
        Assert.That(Assert.Throws<ModelException>(() => Given(-ones(3))).Site, Is.EqualTo("w"));
        Assert.That(() => Given(ones(2)), Throws.TypeOf<ModelException>().With.Message.Contains("(2)"));
        Assert.That(Given(2 * ones(3)), Is.EqualTo([2, 2, 2]));

        double[] Given(Tensor value) =>
            program.Substitute(new Dictionary<string, Tensor> { ["w"] = value }).Trace(default, Runs.Context())["w"].Value!.Numbers();
    }

    [Test]
    public void MapDataVisitsElementsOfAList()
    {
        var results = Array.Empty<string>();
        var trace = Runs.TraceOf(() => results = [.. MapData("d", ["a", "b", "c"], (i, text) =>
        {
            Sample(text, new Normal(0, 1));
            return text + i;
        })]);
        Assert.That(results, Is.EqualTo(["a0", "b1", "c2"]));
        Assert.That(trace.StochasticNodes, Is.EqualTo(["a", "b", "c"]));
        Assert.That(Runs.TraceOf(() => MapData<int>("d", Enumerable.Range(0, 8).ToArray(), (i, _) => Sample($"z_{i}", new Normal(0, 1)), 2))
            .First(site => site.Kind == SiteKind.Latent).Scale, Is.EqualTo(4));
    }

    [Test]
    public void MapsOfDataMultiplyTheirScales()
    {
        // The reference's: 2 of 8 outside, 3 of 6 inside.
        var trace = Runs.TraceOf(() => MapData<int>("outer", [.. Enumerable.Range(0, 8)], (i, _) =>
            MapData<int>("inner", [.. Enumerable.Range(0, 6)], (j, _) => Sample($"z_{i}_{j}", new Normal(0, 1)), 3), 2));
        Assert.That(trace.StochasticNodes.Count(), Is.EqualTo(6));
        Assert.That(trace.Where(site => site.Kind == SiteKind.Latent).Select(site => site.Scale), Has.All.EqualTo(8));
    }

    [Test]
    public void ALoopThatIsLeftEarlyLeavesNothingBehind()
    {
        // Defect B14 of the reference: two handlers stayed on its stack.
        var trace = Runs.TraceOf(() =>
        {
            foreach (var i in IRange("n", 10, 5))
            {
                if (i >= 0)
                    break;
            }
            Sample("after", new Normal(0, 1));
        });
        Assert.That(trace["after"].Plate, Is.Null);
        Assert.That(trace["after"].Scale, Is.EqualTo(1));
    }

    [Test]
    public void AProgramInsideAPlate()
    {
        var program = Runs.Program(() => Sample("z", new Normal(0, 1)));
        Assert.That(program.Indep("n", vectorized: true, size: 4).Trace(default, Runs.Context())["z"].Value!.shape, Is.EqualTo([4]));
        var second = program.Indep("n", vectorized: false, size: 4, iteration: 1).Trace(default, Runs.Context())["z"];
        Assert.That(second.Plate!.Iteration, Is.EqualTo(1));
    }
}
