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
    [Fact]
    public void AFactorAddsToTheDensity()
    {
        var trace = Runs.TraceOf(() =>
        {
            Factor("f", tensor(-2.5));
            using (IArange("n", 10, 2))
                Factor("g", tensor(new[] { 1.0, 2.0 }));
        });
        Assert.Equal(SiteKind.Observed, trace["f"].Kind);
        Assert.Equal(-2.5, trace.LogPdf("f").Number());
        Assert.Equal(15, trace.LogPdf("g").Number());
    }

    [Fact]
    public void AFactorThatDoesNotFitItsPlateNamesItself() =>
        Assert.Equal("f", Runs.Fails(() =>
        {
            using (IArange("n", 3))
                Factor("f", zeros(4));
        }).Site);

    [Fact]
    public void AFactorMovesThePosterior()
    {
        // N(0, 1) times exp(z): the density of N(1, 1), whose evidence is e^½.
        var model = Runs.Program(() => Factor("tilt", Sample("z", new Normal(tensor(0.0), 1))));
        var guide = Runs.Program(() => Sample("z", new Normal(tensor(1.0), 1)));
        Numeric.Close(-0.5, new SVI<Unit>(model, guide, new Adam(), new ELBO(), Runs.Context()).EvaluateLoss(default));
    }

    [Fact]
    public void ADeterministicValueIsRecordedAndCostsNothing()
    {
        var trace = Runs.TraceOf(() =>
        {
            var x = Sample("x", new Normal(0, 1));
            Deterministic("twice", x * 2);
        });
        Numeric.Close(2 * trace["x"].Value!.Number(), trace["twice"].Value!.Number());
        Assert.Equal(trace.LogPdf("x").Number(), trace.LogPdf().Number());
        Assert.Contains("deterministic", Runs.Fails(() => { Deterministic("x", zeros(1)); Sample("x", new Normal(0, 1)); }).Message);
    }

    [Fact]
    public void AValueMayBeThereOrNot()
    {
        static IEnumerable<string> Latent(Tensor? data) => Runs.TraceOf(() => Sample("x", new Normal(0, 1), obs: data)).StochasticNodes;
        Assert.Equal(["x"], Latent(null));
        Assert.Empty(Latent(tensor(1f)));
    }

    [Fact]
    public void MapDataVisitsABatchOfATensor()
    {
        var data = arange(0, 4 * 5 * 7, ScalarType.Float32).reshape(4, 5, 7);
        foreach (var dim in new[] { 0, 1 })
            Runs.TraceOf(() => MapData("d", data, (indices, batch) =>
            {
                Assert.Equal(3, indices.shape[0]);
                Assert.Equal(3, batch.shape[dim]);
                Assert.True(batch.allclose(data.index_select(dim, indices)));
            }, batchSize: 3, batchDim: dim));
    }

    [Fact]
    public void MapDataCountsDimensionsFromTheLastToo()
    {
        var data = arange(0, 6).reshape(2, 3);
        Runs.TraceOf(() => MapData("d", data, (indices, batch) =>
        {
            Assert.Equal(3, indices.shape[0]);
            Assert.Equal([2, 3], batch.shape);
        }, batchDim: -1));
        foreach (var fails in new Action[] { () => Over(data, 2), () => Over(data, -3), () => Over(tensor(1), 0) })
        {
            var error = Assert.Throws<ModelException>(fails);
            Assert.Equal("d", error.Site);
        }
        Assert.Contains("-1 of them", Runs.Fails(() => MapData<int>("d", [1, 2], (_, _) => { }, batchSize: -1)).Message);

        static void Over(Tensor data, int dimension) => Runs.TraceOf(() => MapData("d", data, (_, _) => { }, batchDim: dimension));
    }

    [Fact]
    public void TheSameSeedGivesTheSameNumbersInAndOutOfRuns()
    {
        var program = Runs.Program(() => Sample("x", new Normal(0, 1)));
        double[][] first = [Draw(), Draw()];
        Assert.Equal(first[0], first[1]);

        // On a thread of its own, which has made no plain call yet.
        double[]? other = null;
        var thread = new Thread(() => other = Draw());
        thread.Start();
        thread.Join();
        Assert.Equal(first[0], other);

        double[] Draw()
        {
            SetRngSeed(7);
            return [Sample("x", new Normal(0, 1)).Number(), program.Trace(default)["x"].Value!.Number(), Sample("x", new Normal(0, 1)).Number()];
        }
    }

    [Fact]
    public void AParameterWithoutItsInitialValueIsRefused()
    {
        foreach (var body in new Action[] { () => Param("w", (Tensor)null!), () => Param("w", (Func<Tensor>)null!), () => Param("w", () => null!) })
            Assert.Equal("w", Runs.Fails(body).Site);
    }

    [Fact]
    public void AGivenParameterIsCheckedAgainstItsConstraint()
    {
        var program = Runs.Program(() => Param("w", ones(3), Constraints.Positive));
        Assert.Equal("w", Assert.Throws<ModelException>(() => Given(-ones(3))).Site);
        Assert.Contains("(2)", Assert.Throws<ModelException>(() => Given(ones(2))).Message);
        Assert.Equal([2, 2, 2], Given(2 * ones(3)));

        double[] Given(Tensor value) =>
            program.Substitute(new Dictionary<string, Tensor> { ["w"] = value }).Trace(default, Runs.Context())["w"].Value!.Numbers();
    }

    [Fact]
    public void MapDataVisitsElementsOfAList()
    {
        var results = Array.Empty<string>();
        var trace = Runs.TraceOf(() => results = [.. MapData("d", ["a", "b", "c"], (i, text) =>
        {
            Sample(text, new Normal(0, 1));
            return text + i;
        })]);
        Assert.Equal(["a0", "b1", "c2"], results);
        Assert.Equal(["a", "b", "c"], trace.StochasticNodes);
        Assert.Equal(4, Runs.TraceOf(() => MapData<int>("d", Enumerable.Range(0, 8).ToArray(), (i, _) => Sample($"z_{i}", new Normal(0, 1)), 2))
            .First(site => site.Kind == SiteKind.Latent).Scale);
    }

    [Fact]
    public void MapsOfDataMultiplyTheirScales()
    {
        // The reference's: 2 of 8 outside, 3 of 6 inside.
        var trace = Runs.TraceOf(() => MapData<int>("outer", [.. Enumerable.Range(0, 8)], (i, _) =>
            MapData<int>("inner", [.. Enumerable.Range(0, 6)], (j, _) => Sample($"z_{i}_{j}", new Normal(0, 1)), 3), 2));
        Assert.Equal(6, trace.StochasticNodes.Count());
        Assert.All(trace.Where(site => site.Kind == SiteKind.Latent), site => Assert.Equal(8, site.Scale));
    }

    [Fact]
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
        Assert.Null(trace["after"].Plate);
        Assert.Equal(1, trace["after"].Scale);
    }

    [Fact]
    public void AProgramInsideAPlate()
    {
        var program = Runs.Program(() => Sample("z", new Normal(0, 1)));
        Assert.Equal([4], program.Indep("n", vectorized: true, size: 4).Trace(default, Runs.Context())["z"].Value!.shape);
        var second = program.Indep("n", vectorized: false, size: 4, iteration: 1).Trace(default, Runs.Context())["z"];
        Assert.Equal(1, second.Plate!.Iteration);
    }
}
