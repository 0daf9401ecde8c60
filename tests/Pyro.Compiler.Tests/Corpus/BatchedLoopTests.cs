using Pyro.Corpus.Plates;
using Pyro.Params;
using Pyro.Poutines;
using Pyro.Programs;
using static TorchSharp.torch;

namespace Pyro.Compiler.Tests.Corpus;

/// <summary>Loops whose iterations run as one: which do, what handlers see of it, and what traces say afterwards.</summary>
public class BatchedLoopTests
{
    [Fact]
    public void The_sites_of_a_loop_are_one_message_each()
    {
        Assert.Equal(["mu", "sigma", "data", "x_{0}"], Seen(Observed.CompiledModel, Observed.Args));
        Assert.Equal(["mu", "data", "z_{0}", "x_{0}"], Seen(RangeWithLatents.CompiledModel, RangeWithLatents.Args));
        Assert.Equal(["mu", "data", "x_{0}"], Seen(RangeOfArray.CompiledModel, RangeOfArray.Args));
        Assert.Equal(["mu", "data", "x_{0}"], Seen(RangeSubsampled.CompiledModel, RangeSubsampled.Args));
    }

    [Fact]
    public void A_handler_that_looks_at_names_sees_every_member() =>
        Assert.Equal(["mu", "sigma", "x_0", "x_1", "x_2"], Stochastic(Observed.CompiledModel.With(new Fixed([])), Observed.Args));

    [Fact]
    public void Shapes_that_do_not_batch_run_one_after_another()
    {
        using var scope = NewDisposeScope();
        var rows = zeros(3, 2);
        Assert.Equal(["mu", "sigma", "data", "x_0", "x_1", "x_2"], Seen(Observed.CompiledModel, rows));
        Assert.Equal(["mu", "sigma", "x_0", "x_1", "x_2"], Stochastic(Observed.CompiledModel, rows));
        Assert.Equal(["mu", "data", "x_0", "x_1"], Seen(PartOfArray.CompiledModel, PartOfArray.Args));
    }

    [Fact]
    public void A_trace_answers_for_each_member()
    {
        using var scope = NewDisposeScope();
        var trace = RangeWithLatents.CompiledModel.Trace(RangeWithLatents.Args, new RunContext(new ParamStore(), 1));
        Assert.Equal(["mu", "data", "z_0", "x_0", "z_1", "x_1", "z_2", "x_2"], trace.Select(site => site.Name));
        Assert.Equal(8, trace.Count);
        Assert.Equal(["z_0", "z_1", "z_2"], trace.StochasticNodes.Skip(1));
        Assert.Equal("x_1", trace[5].Name);
        Assert.True(trace.Contains("z_2"));
        Assert.False(trace.Contains("z_3"));
        Assert.Equal(0.3f, trace["x_2"].Value!.item<float>());
        var z = trace["z_2"].Value!.item<float>();
        Assert.Equal(-0.5 * Math.Pow(0.3f - z, 2) - 0.5 * Math.Log(2 * Math.PI), trace["x_2"].LogPdf().item<float>(), 1e-5);
    }

    [Fact]
    public void A_subsample_names_the_members_that_it_visits()
    {
        using var scope = NewDisposeScope();
        using var chosen = tensor([3L, 1L]);
        var trace = RangeSubsampled.CompiledModel.With(new Elements(chosen)).Trace(RangeSubsampled.Args, new RunContext(new ParamStore(), 1));
        Assert.Equal(["mu", "data", "x_3", "x_1"], trace.Select(site => site.Name));
        Assert.Equal(0.4f, trace["x_3"].Value!.item<float>());
        Assert.Equal(2, trace["x_3"].Scale);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Guide_and_model_fit_however_each_of_them_runs(bool guideTogether, bool modelTogether)
    {
        var guide = guideTogether ? RangeWithLatents.CompiledModel : RangeWithLatents.CompiledModel.With(new Fixed([]));
        var model = modelTogether ? RangeWithLatents.CompiledModel : RangeWithLatents.CompiledModel.With(new Fixed([]));
        using var scope = NewDisposeScope();
        var first = guide.Trace(RangeWithLatents.Args, new RunContext(new ParamStore(), 3));
        var second = model.Replay(first).Trace(RangeWithLatents.Args, new RunContext(new ParamStore(), 4));
        Assert.Equal(first.Select(site => (site.Name, AgreementTests.Values(site.Value ?? zeros([])))), second.Select(site => (site.Name, AgreementTests.Values(site.Value ?? zeros([])))));
        Assert.Equal(first.LogPdf().item<float>(), second.LogPdf().item<float>(), 1e-4);
    }

    private static List<string> Seen<TArgs>(Program<TArgs> program, TArgs args)
    {
        using var scope = NewDisposeScope();
        var names = new List<string>();
        program.With(new Watch(names)).Trace(args, new RunContext(new ParamStore(), 0));
        return names;
    }

    private static IEnumerable<string> Stochastic<TArgs>(Program<TArgs> program, TArgs args)
    {
        using var scope = NewDisposeScope();
        return program.Trace(args, new RunContext(new ParamStore(), 0)).Where(site => site.IsStochastic).Select(site => site.Name).ToList();
    }

    private sealed class Watch(List<string> names) : Poutine
    {
        public override bool TakesFamily(Site family) => true;

        public override void Before(ref Message message) => names.Add(message.Name);
    }

    private sealed class Elements(Tensor indices) : Poutine
    {
        public override bool TakesFamily(Site family) => true;

        public override void Before(ref Message message)
        {
            if (message.Kind == SiteKind.Subsample)
                message.Value = indices;
        }
    }
}
