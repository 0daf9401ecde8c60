using Pyro.Distributions;
using Pyro.Infer;
using Pyro.Poutines;
using Pyro.Programs;
using Pyro.Traces;
using static Pyro.Primitives;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Programs;

/// <summary>Sites over strings, enums and records: the program, its traces, the handlers and the posterior have their values, not numbers.</summary>
public class TypedSiteTests
{
    private enum Weather
    {
        Sun,
        Rain,
    }

    private sealed record Trip(string Place, int Days);

    private static readonly Trip s_beach = new("beach", 3);
    private static readonly Trip s_museum = new("museum", 1);

    private static readonly List<(Weather, Trip)> s_seen = [];

    // P(beach | sun) = 0.9, P(beach | rain) = 0.2, P(sun) = 0.6; then P(beach) = 0.62.
    private static void Travel()
    {
        var weather = Sample("weather", new Categorical<Weather>(tensor(new[] { 0.6, 0.4 }), [Weather.Sun, Weather.Rain]));
        var p = weather == Weather.Sun ? 0.9 : 0.2;
        var trip = Sample("trip", new Categorical<Trip>([s_beach, s_museum], ps: tensor(new[] { p, 1 - p })));
        s_seen.Add((weather, trip));
    }

    private static Program<Unit> Model => Runs.Program(Travel);

    [Fact]
    public void TracesHoldTheValues()
    {
        s_seen.Clear();
        var trace = Model.Trace(default, Runs.Context());
        Assert.Equal(Assert.Single(s_seen), (trace["weather"].ValueAs<Weather>(), trace["trip"].ValueAs<Trip>()));
        Assert.Contains("String", Assert.Throws<InvalidOperationException>(() => trace["weather"].ValueAs<string>()).Message);
        s_seen.Clear();
        Assert.Empty(Model.Replay(trace).Trace(default, Runs.Context(99)).Differences(trace));
        Assert.Equal(trace["trip"].ValueAs<Trip>(), s_seen[0].Item2);
    }

    [Fact]
    public void HandlersTakeThem()
    {
        var given = new Dictionary<string, object> { ["weather"] = Weather.Rain };
        var observed = Model.Condition(given).Trace(default, Runs.Context());
        Assert.Equal(SiteKind.Observed, observed["weather"].Kind);
        Assert.Equal(Weather.Rain, observed["weather"].ValueAs<Weather>());
        Numeric.Close(Math.Log(0.4), observed["weather"].LogPdf().Number());

        s_seen.Clear();
        Assert.False(Model.Do(given).Trace(default, Runs.Context()).Contains("weather"));
        var substituted = Model.Substitute(given).Trace(default, Runs.Context());
        Assert.Equal((SiteKind.Latent, Weather.Rain), (substituted["weather"].Kind, substituted["weather"].ValueAs<Weather>()));
        Assert.All(s_seen, seen => Assert.Equal(Weather.Rain, seen.Item1));

        var wrong = Assert.Throws<ModelException>(() => Model.Condition(new Dictionary<string, object> { ["trip"] = new Trip("home", 0) }).Trace(default, Runs.Context()));
        Assert.Equal("trip", wrong.Site);
        Assert.Contains("home", wrong.Message);
        Assert.Contains("museum", wrong.Message);
    }

    [Fact]
    public void SearchGivesThemWithTheirProbabilities()
    {
        var posterior = new Search<Unit>(Model.Condition(new Dictionary<string, object> { ["trip"] = s_beach })).Run(default, Runs.Context());
        var weather = posterior.Marginal<Weather>("weather");
        Numeric.Close(0.6 * 0.9 / 0.62, weather.LogProb(Weather.Sun).exp().Number());
        Numeric.Close(Math.Log(0.62), posterior.LogEvidence);
        Assert.Equal([Weather.Sun, Weather.Rain], weather.Values);
        Numeric.Close(1, posterior.Marginal<Trip>("trip").LogProb(s_beach).exp().Number());
        Numeric.Close(0.6 * 0.9 / 0.62, posterior.ToPosterior().Marginal<Weather>("weather").LogProb(Weather.Sun).exp().Number());
        Assert.Throws<InvalidOperationException>(() => posterior.Marginal<string>("weather"));
    }

    [Fact]
    public void PosteriorsAndPredictionsHaveThem()
    {
        using var scope = NewDisposeScope();
        var samples = Posterior.Sample(Model, default, 2000, Runs.Context());
        Assert.Equal(2000, samples.Values<Trip>("trip").Count);
        Assert.InRange(samples.Marginal<Trip>("trip").LogProb(s_beach).exp().Number(), 0.57, 0.67);
        var predicted = new Predictive<Unit>(Model.Condition(new Dictionary<string, object> { ["weather"] = Weather.Rain }), guide: null, numSamples: 1000).Run(default, Runs.Context());
        Assert.InRange(predicted.Marginal<Trip>("trip").LogProb(s_beach).exp().Number(), 0.55, 0.69);
        Assert.Throws<InvalidOperationException>(() => samples.Values<string>("trip"));
    }

    [Fact]
    public void ObservationsAreThem()
    {
        var coins = new Categorical<string>(["heads", "tails"], ps: tensor(new[] { 0.25, 0.75 }));
        var trace = Runs.TraceOf(() =>
        {
            Assert.Equal("tails", Observe("one", coins, "tails"));
            using (IArange("coins", 3))
                Observe("row", coins, ["heads", "tails", "tails"]);
        });
        Numeric.Close(Math.Log(0.75), trace["one"].LogPdf().Number());
        Numeric.Close(Math.Log(0.25 * 0.75 * 0.75), trace["row"].LogPdf().Number());
        Assert.Equal(["heads", "tails", "tails"], trace["row"].ValueAs<string[]>());
        var wrong = Runs.Fails(() => Observe("one", coins, "edge"));
        Assert.Equal("one", wrong.Site);
        Assert.Contains("heads", wrong.Message);
    }

    [Fact]
    public void PlatesHaveSeveral()
    {
        var coins = new Categorical<string>(["heads", "tails"], ps: tensor(new[] { 0.25, 0.75 }));
        string[] values = [];
        var trace = Runs.TraceOf(() =>
        {
            using (IArange("coins", 4))
                values = coins.ValuesOf(Sample("numbers", coins.Index));
        });
        Assert.Equal(4, values.Length);
        Assert.Equal([4], trace["numbers"].Value!.shape);
        var wrong = Runs.Fails(() =>
        {
            using (IArange("coins", 4))
                Sample("values", coins);
        });
        Assert.Contains("ValuesOf", wrong.Message);
    }

    [Fact]
    public void MasksAndEventsKeepThem()
    {
        var coins = new Categorical<string>(["heads", "tails"], ps: tensor(new[,] { { 0.25, 0.75 }, { 0.5, 0.5 } }));
        var trace = Runs.TraceOf(() => Sample("row", coins.Mask(tensor(new[] { true, false })).ToEvent(1)));
        Assert.Equal(2, trace["row"].ValueAs<string[]>().Length);
        Assert.Equal(coins.Values, coins.ValuesOf(tensor(new long[] { 0, 1 })));
    }

    [Fact]
    public void TracesInFilesAreReplayed()
    {
        var path = Path.Combine(Path.GetTempPath(), $"typed-{Guid.NewGuid():N}.safetensors");
        try
        {
            var trace = Model.Trace(default, Runs.Context());
            trace.Save(path);
            var replayed = Model.Replay(Trace.Load(path)).Trace(default, Runs.Context(7));
            Assert.Equal(trace["trip"].ValueAs<Trip>(), replayed["trip"].ValueAs<Trip>());
        }
        finally
        {
            File.Delete(path);
        }
    }
}
