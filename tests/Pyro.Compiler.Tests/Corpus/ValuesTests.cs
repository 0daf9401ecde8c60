using Pyro.Corpus.Loops;
using Pyro.Corpus.Models;
using Pyro.Corpus.StraightLine;
using Pyro.Params;
using Pyro.Poutines;
using Pyro.Programs;
using static TorchSharp.torch;

namespace Pyro.Compiler.Tests.Corpus;

/// <summary>The generated class of a program's values: sites are properties, families indexers, and handlers take it.</summary>
public class ValuesTests
{
    [Test]
    public void A_run_is_read_by_property_and_index()
    {
        using var scope = NewDisposeScope();
        var trace = Markov.CompiledModel.Trace(default, Context());
        var values = new Markov.ModelTrace(trace);
        Assert.That(values.Z_1[2].item<float>(), Is.EqualTo(trace["z_2"].Value!.item<float>()));
        Assert.That(values.Z.item<float>(), Is.EqualTo(trace["z"].Value!.item<float>()));
        Assert.That(values.X[3].item<float>(), Is.EqualTo(1.5f));
    }

    [Test]
    public void Condition_Do_and_Substitute_take_values()
    {
        using var scope = NewDisposeScope();
        var fair = new CoinFlip.ModelTrace { Fairness = tensor(0.5f) };
        var flips = CoinFlip.Args;
        Assert.That(CoinFlip.CompiledModel.Condition(fair).Trace(flips, Context())["fairness"].Kind, Is.EqualTo(SiteKind.Observed));
        Assert.That(CoinFlip.CompiledModel.Substitute(fair).Trace(flips, Context())["fairness"].Kind, Is.EqualTo(SiteKind.Latent));
        Assert.That(CoinFlip.CompiledModel.Substitute(fair).Trace(flips, Context())["fairness"].Value!.item<float>(), Is.EqualTo(0.5f));
        Assert.That(CoinFlip.CompiledModel.Do(fair).Trace(flips, Context()).LogPdf().item<float>(), Is.EqualTo(3 * Math.Log(0.5)).Within(1e-5));
    }

    [Test]
    public void Replay_takes_the_values_of_a_run()
    {
        using var scope = NewDisposeScope();
        var first = Chain.CompiledModel.Trace(default, Context());
        var again = Chain.CompiledModel.Replay(new Chain.ModelTrace(first)).Trace(default, new RunContext(new ParamStore(), seed: 6));
        Assert.That(again.LogPdf().item<float>(), Is.EqualTo(first.LogPdf().item<float>()));
        var partly = Chain.CompiledModel.Replay(new Chain.ModelTrace { A = first["a"].Value! }).Trace(default, new RunContext(new ParamStore(), seed: 6));
        Assert.That(partly["a"].Value!.item<float>(), Is.EqualTo(first["a"].Value!.item<float>()));
        Assert.That(partly["b"].Value!.item<float>(), Is.Not.EqualTo(first["b"].Value!.item<float>()));
        Assert.That(partly["a"].Kind, Is.EqualTo(SiteKind.Latent));
    }

    [Test]
    public void Families_are_set_by_index()
    {
        using var scope = NewDisposeScope();
        var values = new NestedLoops.ModelTrace();
        var row = values.Row;
        row[1] = tensor(7f);
        var cell = values.Cell;
        cell[1, 0] = tensor(9f);
        var trace = NestedLoops.CompiledModel.Substitute(values).Trace(default, Context());
        Assert.That(trace["row_1"].Value!.item<float>(), Is.EqualTo(7f));
        Assert.That(trace["cell_1_0"].Value!.item<float>(), Is.EqualTo(9f));
    }

    [Test]
    public void A_value_that_is_not_there_says_which_are()
    {
        var error = Assert.Throws<KeyNotFoundException>(() => _ = new Chain.ModelTrace { A = zeros([]) }.B);
        Assert.That(error.Message, Is.EqualTo("The site 'b' has no value here. Those that have one: a."));
    }

    private static RunContext Context() => new(new ParamStore(), seed: 5);
}
