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
    [Fact]
    public void A_run_is_read_by_property_and_index()
    {
        using var scope = NewDisposeScope();
        var trace = Markov.CompiledModel.Trace(default, Context());
        var values = new Markov.ModelTrace(trace);
        Assert.Equal(trace["z_2"].Value!.item<float>(), values.Z_1[2].item<float>());
        Assert.Equal(trace["z"].Value!.item<float>(), values.Z.item<float>());
        Assert.Equal(1.5f, values.X[3].item<float>());
    }

    [Fact]
    public void Condition_Do_and_Substitute_take_values()
    {
        using var scope = NewDisposeScope();
        var fair = new CoinFlip.ModelTrace { Fairness = tensor(0.5f) };
        var flips = CoinFlip.Args;
        Assert.Equal(SiteKind.Observed, CoinFlip.CompiledModel.Condition(fair).Trace(flips, Context())["fairness"].Kind);
        Assert.Equal(SiteKind.Latent, CoinFlip.CompiledModel.Substitute(fair).Trace(flips, Context())["fairness"].Kind);
        Assert.Equal(0.5f, CoinFlip.CompiledModel.Substitute(fair).Trace(flips, Context())["fairness"].Value!.item<float>());
        Assert.Equal(3 * Math.Log(0.5), CoinFlip.CompiledModel.Do(fair).Trace(flips, Context()).LogPdf().item<float>(), 1e-5);
    }

    [Fact]
    public void Replay_takes_the_values_of_a_run()
    {
        using var scope = NewDisposeScope();
        var first = Chain.CompiledModel.Trace(default, Context());
        var again = Chain.CompiledModel.Replay(new Chain.ModelTrace(first)).Trace(default, new RunContext(new ParamStore(), seed: 6));
        Assert.Equal(first.LogPdf().item<float>(), again.LogPdf().item<float>());
        var partly = Chain.CompiledModel.Replay(new Chain.ModelTrace { A = first["a"].Value! }).Trace(default, new RunContext(new ParamStore(), seed: 6));
        Assert.Equal(first["a"].Value!.item<float>(), partly["a"].Value!.item<float>());
        Assert.NotEqual(first["b"].Value!.item<float>(), partly["b"].Value!.item<float>());
        Assert.Equal(SiteKind.Latent, partly["a"].Kind);
    }

    [Fact]
    public void Families_are_set_by_index()
    {
        using var scope = NewDisposeScope();
        var values = new NestedLoops.ModelTrace();
        var row = values.Row;
        row[1] = tensor(7f);
        var cell = values.Cell;
        cell[1, 0] = tensor(9f);
        var trace = NestedLoops.CompiledModel.Substitute(values).Trace(default, Context());
        Assert.Equal(7f, trace["row_1"].Value!.item<float>());
        Assert.Equal(9f, trace["cell_1_0"].Value!.item<float>());
    }

    [Fact]
    public void A_value_that_is_not_there_says_which_are()
    {
        var error = Assert.Throws<KeyNotFoundException>(() => new Chain.ModelTrace { A = zeros([]) }.B);
        Assert.Equal("The site 'b' has no value here. Those that have one: a.", error.Message);
    }

    private static RunContext Context() => new(new ParamStore(), seed: 5);
}
