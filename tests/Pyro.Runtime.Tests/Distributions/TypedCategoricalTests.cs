using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Distributions;

/// <summary>Categorical over values of any type: strings, enums, records.</summary>
public class TypedCategoricalTests
{
    private enum Colour
    {
        Red,
        Green,
        Blue,
    }

    private sealed record Move(int X, int Y);

    [Test]
    public void ValuesHaveTheirProbabilities()
    {
        var colours = new Categorical<Colour>([Colour.Blue, Colour.Red, Colour.Green], ps: Numeric.Double(0.1, 0.6, 0.3));
        Numeric.Close(Math.Log(0.6), colours.LogProb(Colour.Red).Number());
        Assert.That(colours.IndexOf(Colour.Red).Number(), Is.EqualTo(1));
        Assert.That(colours.ValueOf(tensor(2)), Is.EqualTo(Colour.Green));
        var moves = new Categorical<Move>([new(0, 1), new(1, 0)], logits: Numeric.Double(0, 0));
        Numeric.Close(Math.Log(0.5), moves.LogProb(new Move(1, 0)).Number());
        Assert.That(moves.LogProb(new Move(2, 2)).Number(), Is.EqualTo(double.NegativeInfinity));
        Assert.Throws<ArgumentException>(() => moves.IndexOf(new Move(2, 2)));
    }

    [Test]
    public void TheReferencesStrings()
    {
        // ps = [.1, .6, .3] over strings: the support in order; a batch is scored for each row.
        var letters = new Categorical<string>(["a", "b", "c"], ps: tensor(new[,] { { 0.1, 0.6, 0.3 }, { 0.2, 0.4, 0.4 } }));
        Assert.That(letters.Values, Is.EqualTo(["a", "b", "c"]));
        Numeric.Close([Math.Log(0.6), Math.Log(0.4)], letters.LogProb("b").Numbers());
        Assert.That(letters.ValuesOf(tensor(new long[] { 0, 2 })), Is.EqualTo(["a", "c"]));
        Numeric.Close([Math.Log(0.1), Math.Log(0.4)], letters.Index.LogProb(letters.IndicesOf(["a", "c"])).Numbers());
        Assert.That(() => letters.Sample(), Throws.TypeOf<ArgumentException>().With.Message.Contains("Index"));
        Assert.Throws<ArgumentException>(() => new Categorical<string>(["a", "a"], ps: Numeric.Double(0.5, 0.5)));
        Assert.Throws<ArgumentException>(() => new Categorical<string>(["a"], ps: Numeric.Double(0.5, 0.5)));
    }

    [Test]
    public void SamplesAreValues()
    {
        using var generator = new Generator(4);
        var letters = new Categorical<string>(["a", "b"], ps: Numeric.Double(0.25, 0.75));
        var found = Enumerable.Range(0, 4000).Count(_ => letters.Sample(generator) == "a") / 4000.0;
        Assert.That(found, Is.InRange(0.21, 0.29));
    }
}
