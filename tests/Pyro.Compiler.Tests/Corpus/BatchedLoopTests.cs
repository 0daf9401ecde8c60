using Pyro.Corpus.Plates;
using Pyro.Params;
using Pyro.Poutines;
using Pyro.Programs;
using static TorchSharp.torch;

namespace Pyro.Compiler.Tests.Corpus;

/// <summary>Loops whose iterations run as one: which do, what handlers see of it, and what traces say afterwards.</summary>
public class BatchedLoopTests
{
    [Test]
    public void The_sites_of_a_loop_are_one_message_each()
    {
        Assert.That(Seen(Observed.CompiledModel, Observed.Args), Is.EqualTo(["mu", "sigma", "data", "x_{0}"]));
        Assert.That(Seen(RangeWithLatents.CompiledModel, RangeWithLatents.Args), Is.EqualTo(["mu", "data", "z_{0}", "x_{0}"]));
        Assert.That(Seen(RangeOfArray.CompiledModel, RangeOfArray.Args), Is.EqualTo(["mu", "data", "x_{0}"]));
        Assert.That(Seen(RangeSubsampled.CompiledModel, RangeSubsampled.Args), Is.EqualTo(["mu", "data", "x_{0}"]));
    }

    [Test]
    public void A_handler_that_looks_at_names_sees_every_member() =>
        Assert.That(Stochastic(Observed.CompiledModel.With(new Fixed([])), Observed.Args), Is.EqualTo(["mu", "sigma", "x_0", "x_1", "x_2"]));

    [Test]
    public void Shapes_that_do_not_batch_run_one_after_another()
    {
        using var scope = NewDisposeScope();
        var rows = zeros(3, 2);
        Assert.That(Seen(Observed.CompiledModel, rows), Is.EqualTo(["mu", "sigma", "data", "x_0", "x_1", "x_2"]));
        Assert.That(Stochastic(Observed.CompiledModel, rows), Is.EqualTo(["mu", "sigma", "x_0", "x_1", "x_2"]));
        Assert.That(Seen(PartOfArray.CompiledModel, PartOfArray.Args), Is.EqualTo(["mu", "data", "x_0", "x_1"]));
    }

    [Test]
    public void A_trace_answers_for_each_member()
    {
        using var scope = NewDisposeScope();
        var trace = RangeWithLatents.CompiledModel.Trace(RangeWithLatents.Args, new RunContext(new ParamStore(), 1));
        Assert.That(trace.Select(site => site.Name), Is.EqualTo(["mu", "data", "z_0", "x_0", "z_1", "x_1", "z_2", "x_2"]));
        Assert.That(trace.Count, Is.EqualTo(8));
        Assert.That(trace.StochasticNodes.Skip(1), Is.EqualTo(["z_0", "z_1", "z_2"]));
        Assert.That(trace[5].Name, Is.EqualTo("x_1"));
        Assert.That(trace.Contains("z_2"), Is.True);
        Assert.That(trace.Contains("z_3"), Is.False);
        Assert.That(trace["x_2"].Value!.item<float>(), Is.EqualTo(0.3f));
        var z = trace["z_2"].Value!.item<float>();
        Assert.That(trace["x_2"].LogPdf().item<float>(), Is.EqualTo(-0.5 * Math.Pow(0.3f - z, 2) - 0.5 * Math.Log(2 * Math.PI)).Within(1e-5));
    }

    [Test]
    public void A_subsample_names_the_members_that_it_visits()
    {
        using var scope = NewDisposeScope();
        using var chosen = tensor([3L, 1L]);
        var trace = RangeSubsampled.CompiledModel.With(new Elements(chosen)).Trace(RangeSubsampled.Args, new RunContext(new ParamStore(), 1));
        Assert.That(trace.Select(site => site.Name), Is.EqualTo(["mu", "data", "x_3", "x_1"]));
        Assert.That(trace["x_3"].Value!.item<float>(), Is.EqualTo(0.4f));
        Assert.That(trace["x_3"].Scale, Is.EqualTo(2));
    }

    [TestCase(true, true)]
    [TestCase(true, false)]
    [TestCase(false, true)]
    public void Guide_and_model_fit_however_each_of_them_runs(bool guideTogether, bool modelTogether)
    {
        var guide = guideTogether ? RangeWithLatents.CompiledModel : RangeWithLatents.CompiledModel.With(new Fixed([]));
        var model = modelTogether ? RangeWithLatents.CompiledModel : RangeWithLatents.CompiledModel.With(new Fixed([]));
        using var scope = NewDisposeScope();
        var first = guide.Trace(RangeWithLatents.Args, new RunContext(new ParamStore(), 3));
        var second = model.Replay(first).Trace(RangeWithLatents.Args, new RunContext(new ParamStore(), 4));
        Assert.That(second.Select(site => (site.Name, AgreementTests.Values(site.Value ?? zeros([])))), Is.EqualTo(first.Select(site => (site.Name, AgreementTests.Values(site.Value ?? zeros([]))))));
        Assert.That(second.LogPdf().item<float>(), Is.EqualTo(first.LogPdf().item<float>()).Within(1e-4));
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
