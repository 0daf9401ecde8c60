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

    [Test]
    public void TracesHoldTheValues()
    {
        s_seen.Clear();
        var trace = Model.Trace(default, Runs.Context());
        Assert.That((trace["weather"].ValueAs<Weather>(), trace["trip"].ValueAs<Trip>()), Is.EqualTo(s_seen.Single()));
        Assert.That(() => trace["weather"].ValueAs<string>(), Throws.TypeOf<InvalidOperationException>().With.Message.Contains("String"));
        s_seen.Clear();
        Assert.That(Model.Replay(trace).Trace(default, Runs.Context(99)).Differences(trace), Is.Empty);
        Assert.That(s_seen[0].Item2, Is.EqualTo(trace["trip"].ValueAs<Trip>()));
    }

    [Test]
    public void HandlersTakeThem()
    {
        var given = new Dictionary<string, object> { ["weather"] = Weather.Rain };
        var observed = Model.Condition(given).Trace(default, Runs.Context());
        Assert.That(observed["weather"].Kind, Is.EqualTo(SiteKind.Observed));
        Assert.That(observed["weather"].ValueAs<Weather>(), Is.EqualTo(Weather.Rain));
        Numeric.Close(Math.Log(0.4), observed["weather"].LogPdf().Number());

        s_seen.Clear();
        Assert.That(Model.Do(given).Trace(default, Runs.Context()).Contains("weather"), Is.False);
        var substituted = Model.Substitute(given).Trace(default, Runs.Context());
        Assert.That((substituted["weather"].Kind, substituted["weather"].ValueAs<Weather>()), Is.EqualTo((SiteKind.Latent, Weather.Rain)));
        Assert.That(s_seen.Select(seen => seen.Item1), Has.All.EqualTo(Weather.Rain));

        var wrong = Assert.Throws<ModelException>(() => Model.Condition(new Dictionary<string, object> { ["trip"] = new Trip("home", 0) }).Trace(default, Runs.Context()));
        Assert.That(wrong.Site, Is.EqualTo("trip"));
        Assert.That(wrong.Message, Does.Contain("home"));
        Assert.That(wrong.Message, Does.Contain("museum"));
    }

    [Test]
    public void SearchGivesThemWithTheirProbabilities()
    {
        var posterior = new Search<Unit>(Model.Condition(new Dictionary<string, object> { ["trip"] = s_beach })).Run(default, Runs.Context());
        var weather = posterior.Marginal<Weather>("weather");
        Numeric.Close(0.6 * 0.9 / 0.62, weather.LogProb(Weather.Sun).exp().Number());
        Numeric.Close(Math.Log(0.62), posterior.LogEvidence);
        Assert.That(weather.Values, Is.EqualTo([Weather.Sun, Weather.Rain]));
        Numeric.Close(1, posterior.Marginal<Trip>("trip").LogProb(s_beach).exp().Number());
        Numeric.Close(0.6 * 0.9 / 0.62, posterior.ToPosterior().Marginal<Weather>("weather").LogProb(Weather.Sun).exp().Number());
        Assert.Throws<InvalidOperationException>(() => posterior.Marginal<string>("weather"));
    }

    [Test]
    public void PosteriorsAndPredictionsHaveThem()
    {
        using var scope = NewDisposeScope();
        var samples = Posterior.Sample(Model, default, 2000, Runs.Context());
        Assert.That(samples.Values<Trip>("trip").Count, Is.EqualTo(2000));
        Assert.That(samples.Marginal<Trip>("trip").LogProb(s_beach).exp().Number(), Is.InRange(0.57, 0.67));
        var predicted = new Predictive<Unit>(Model.Condition(new Dictionary<string, object> { ["weather"] = Weather.Rain }), guide: null, numSamples: 1000).Run(default, Runs.Context());
        Assert.That(predicted.Marginal<Trip>("trip").LogProb(s_beach).exp().Number(), Is.InRange(0.55, 0.69));
        Assert.Throws<InvalidOperationException>(() => samples.Values<string>("trip"));
    }

    [Test]
    public void ObservationsAreThem()
    {
        var coins = new Categorical<string>(["heads", "tails"], ps: tensor(new[] { 0.25, 0.75 }));
        var trace = Runs.TraceOf(() =>
        {
            Assert.That(Observe("one", coins, "tails"), Is.EqualTo("tails"));
            using (IArange("coins", 3))
                Observe("row", coins, ["heads", "tails", "tails"]);
        });
        Numeric.Close(Math.Log(0.75), trace["one"].LogPdf().Number());
        Numeric.Close(Math.Log(0.25 * 0.75 * 0.75), trace["row"].LogPdf().Number());
        Assert.That(trace["row"].ValueAs<string[]>(), Is.EqualTo(["heads", "tails", "tails"]));
        var wrong = Runs.Fails(() => Observe("one", coins, "edge"));
        Assert.That(wrong.Site, Is.EqualTo("one"));
        Assert.That(wrong.Message, Does.Contain("heads"));
    }

    [Test]
    public void PlatesHaveSeveral()
    {
        var coins = new Categorical<string>(["heads", "tails"], ps: tensor(new[] { 0.25, 0.75 }));
        string[] values = [];
        var trace = Runs.TraceOf(() =>
        {
            using (IArange("coins", 4))
                values = coins.ValuesOf(Sample("numbers", coins.Index));
        });
        Assert.That(values.Length, Is.EqualTo(4));
        Assert.That(trace["numbers"].Value!.shape, Is.EqualTo([4]));
        var wrong = Runs.Fails(() =>
        {
            using (IArange("coins", 4))
                Sample("values", coins);
        });
        Assert.That(wrong.Message, Does.Contain("ValuesOf"));
    }

    [Test]
    public void MasksAndEventsKeepThem()
    {
        var coins = new Categorical<string>(["heads", "tails"], ps: tensor(new[,] { { 0.25, 0.75 }, { 0.5, 0.5 } }));
        var trace = Runs.TraceOf(() => Sample("row", coins.Mask(tensor(new[] { true, false })).ToEvent(1)));
        Assert.That(trace["row"].ValueAs<string[]>().Length, Is.EqualTo(2));
        Assert.That(coins.ValuesOf(tensor(new long[] { 0, 1 })), Is.EqualTo(coins.Values));
    }

    [Test]
    public void TracesInFilesAreReplayed()
    {
        var path = Path.Combine(Path.GetTempPath(), $"typed-{Guid.NewGuid():N}.safetensors");
        try
        {
            var trace = Model.Trace(default, Runs.Context());
            trace.Save(path);
            var replayed = Model.Replay(Trace.Load(path)).Trace(default, Runs.Context(7));
            Assert.That(replayed["trip"].ValueAs<Trip>(), Is.EqualTo(trace["trip"].ValueAs<Trip>()));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
