using Pyro.Distributions;
using Pyro.Infer;
using Pyro.Poutines;
using Pyro.Programs;
using Pyro.Traces;
using static Pyro.Primitives;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Traces;

/// <summary>Traces by hand, shapes for values and marginals of several sites.</summary>
public class NodeTests
{
    [Test]
    public void AddNode_MakesATrace_ThatIsScoredAndReplayed()
    {
        using var trace = new Trace();
        trace.AddNode("z", SiteKind.Latent, tensor(1.0), new Normal(tensor(0.0), 1));
        trace.AddNode("x", SiteKind.Observed, tensor(2.0), new Normal(tensor(1.0), 1), scale: 3);
        trace.AddNode("d", SiteKind.Deterministic, tensor(5.0));
        // ln N(1; 0, 1) + 3 ln N(2; 1, 1) = 4 (-1/2 - ln(2 pi) / 2).
        Numeric.Close(4 * (-0.5 - 0.5 * Math.Log(2 * Math.PI)), trace.LogPdf().Number(), 1e-12);
        Assert.That(trace.Select(site => site.Name), Is.EqualTo(["z", "x", "d"]));
        var program = Runs.Program(() => Sample("z", new Normal(0, 1)));
        Assert.That(program.Replay(trace).Trace(default, Runs.Context())["z"].Value!.Number(), Is.EqualTo(1));
        Assert.That(() => trace.AddNode("z", SiteKind.Param, tensor(1.0)), Throws.TypeOf<ModelException>());
        Assert.That(() => trace.AddNode("p", SiteKind.Subsample, tensor(1.0)), Throws.ArgumentException);
        Assert.That(() => trace.AddNode("p", SiteKind.Param, tensor(1.0), new Normal(0, 1)), Throws.ArgumentException);
        Assert.That(() => trace.AddNode("p", SiteKind.Latent, zeros(3), new Normal(zeros(2), 1)), Throws.ArgumentException);
    }

    [Test]
    public void Shapes_ForAValue_AreThoseOfItsScores()
    {
        var normal = new Normal(zeros(3, 2), 1);
        Assert.That((normal.Shape(zeros(5, 3, 2)), normal.BatchShape(zeros(5, 3, 2)), normal.EventShape(zeros(5, 3, 2))), Is.EqualTo((new long[] { 5, 3, 2 }, new long[] { 5, 3 }, new long[] { 2 })));
        Assert.That(normal.BatchLogPdf(zeros(5, 3, 2)).shape[..^1], Is.EqualTo(normal.BatchShape(zeros(5, 3, 2))));
        Assert.That(normal.Shape, Is.EqualTo([3L, 2]));
        Assert.That(new Dirichlet(ones(4)).BatchShape(ones(6, 4) / 4), Is.EqualTo([6L]));
        Assert.That(() => normal.Shape(zeros(4)), Throws.ArgumentException);
    }

    [Test]
    public void Marginal_OfSeveralSites_JoinsEqualValues()
    {
        var model = Runs.Program(() =>
        {
            var a = Sample("a", new Bernoulli(ps: tensor(0.25)));
            var b = Sample("b", new Bernoulli(ps: tensor(0.5)));
            Deterministic("sum", a + b);
            Sample("c", new Bernoulli(ps: tensor(0.1)));
        });
        using var posterior = new Search<Unit>(model).Run(default, Runs.Context());
        var joint = posterior.Marginal(["a", "sum"]);
        Assert.That(joint["a"].Numbers(), Is.EqualTo([0, 0, 1, 1]));
        Assert.That(joint["sum"].Numbers(), Is.EqualTo([0, 1, 1, 2]));
        Numeric.Close(new[] { 0.375, 0.375, 0.125, 0.125 }, joint.Probabilities.ToArray(), 1e-9);
        var drawn = joint.Sample(Runs.Context());
        Assert.That(drawn["sum"].Number() - drawn["a"].Number(), Is.AnyOf(0.0, 1.0));
        Assert.That(() => posterior.Marginal(["a", "other"]), Throws.TypeOf<KeyNotFoundException>());
        Assert.That(() => posterior.Marginal(["a", "a"]), Throws.ArgumentException);
        Assert.That(() => joint["b"], Throws.TypeOf<KeyNotFoundException>());
    }
}
