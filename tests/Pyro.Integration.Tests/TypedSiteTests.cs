using Pyro.Distributions;
using Pyro.Infer;
using Pyro.Params;
using Pyro.Poutines;
using Pyro.Programs;
using static Pyro.Primitives;
using static TorchSharp.torch;

namespace Pyro.Integration.Tests;

/// <summary>Sites over values of any type in a program that the generator compiled.</summary>
public partial class TypedSiteTests
{
    public enum Weather
    {
        Sun,
        Rain,
    }

    private enum Mood
    {
        Calm,
        Wild,
    }

    [Model]
    public static Tensor Hidden()
    {
        var mood = Sample("mood", new Categorical<Mood>(new[] { 0.5f, 0.5f }, [Mood.Calm, Mood.Wild]));
        return Sample("x", new Normal(mood == Mood.Wild ? 3f : 0f, 1f));
    }

    [Test]
    public void Explain_says_how_to_get_what_the_build_left_out()
    {
        var text = CompiledHidden.Explain();
        Assert.That(text, Does.Contain("Sites\n").And.Contain("Graph (DOT)").And.Contain("<ProbCompilerExplain>true</ProbCompilerExplain>"));
        Assert.That(CompiledHidden.Body, Is.Empty);
        Assert.That(DynamicProgram.Of(() => { }).Explain(), Does.Not.Contain("ProbCompilerExplain"));
    }

    [Test]
    public void Values_of_a_private_type_are_objects_outside()
    {
        using var scope = NewDisposeScope();
        var trace = CompiledHidden.Condition(new HiddenTrace { Mood = Mood.Wild }).Trace(default, new RunContext(new ParamStore(), seed: 3));
        Assert.That(new HiddenTrace(trace).Mood, Is.EqualTo(Mood.Wild));
        Assert.That(trace["mood"].ValueAs<Mood>(), Is.EqualTo(Mood.Wild));
    }

    [Model]
    public static string Travel(double sunny)
    {
        var weather = Sample("weather", new Categorical<Weather>(new[] { sunny, 1 - sunny }, [Weather.Sun, Weather.Rain]));
        var places = new Categorical<string>(["beach", "museum"], ps: weather == Weather.Sun ? tensor(new[] { 0.9, 0.1 }) : tensor(new[] { 0.2, 0.8 }));
        return Sample("place", places);
    }

    [Test]
    public void The_compiled_program_gives_and_takes_them()
    {
        var context = new RunContext(new ParamStore(), seed: 3);
        using var scope = NewDisposeScope();
        var trace = CompiledTravel.Trace(0.6, context);
        var values = new TravelTrace(trace);
        Assert.That(values.Place, Is.EqualTo(trace["place"].ValueAs<string>()));
        Assert.That(CompiledTravel.Replay(trace).Trace(0.6, context)["place"].ValueAs<string>(), Is.EqualTo(values.Place));

        var given = CompiledTravel.Condition(new TravelTrace { Place = "beach" });
        var posterior = new Search<double>(given).Run(0.6, context);
        Assert.That(posterior.Marginal<Weather>("weather").LogProb(Weather.Sun).exp().item<double>(), Is.EqualTo(0.6 * 0.9 / 0.62).Within(1e-9));

        var done = CompiledTravel.Do(new TravelTrace { Weather = Weather.Rain }).Trace(0.6, context);
        Assert.That(done.Contains("weather"), Is.False);
        Assert.That(CompiledTravel.Graph.Edges.Select(edge => (edge.From, edge.To)), Is.EqualTo([(0, 1)]));
        Assert.That(CompiledTravel.Sites["weather"].Enumerable, Is.True);
    }
}
