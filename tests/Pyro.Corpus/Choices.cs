namespace Pyro.Corpus.Types;

internal static partial class TypedChoices
{
    internal enum Weather
    {
        Sun,
        Rain,
    }

    private static readonly string[] s_places = ["beach", "museum", "cinema"];

    [Model]
    internal static void Model()
    {
        var weather = Sample("weather", new Categorical<Weather>(new[] { 0.7f, 0.3f }, [Weather.Sun, Weather.Rain]));
        var place = Sample("place", new Categorical<string>(s_places, logits: weather == Weather.Sun ? tensor([2f, 0f, 0f]) : tensor([-1f, 1f, 1f])));
        var joy = Sample("joy", new Normal(place == "beach" ? 1f : 0f, 1f));
        Observe("again", new Categorical<string>(s_places, logits: stack([joy, joy.zeros_like(), -joy])), "museum");
    }
}
