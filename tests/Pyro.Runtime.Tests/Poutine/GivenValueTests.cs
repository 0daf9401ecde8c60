using Pyro.Distributions;
using Pyro.Infer;
using Pyro.Poutines;
using Pyro.Programs;
using static Pyro.Primitives;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Poutines;

/// <summary>Values that somebody writes down for sites are taken, or it is an error.</summary>
public class GivenValueTests
{
    private static readonly Program<Unit> s_program = Runs.Program(() =>
    {
        var z = Sample("z", new Gamma(1, 1));
        foreach (var i in IRange("loop", 3))
            Sample($"x_{i}", new Normal(z, 1));
        Observe("y", new Normal(Param("p", 1.0) + Deterministic("d", z + 1), 1), tensor(0f));
    });

    private static Dictionary<string, Tensor> Of(string name, double value) => new() { [name] = tensor((float)value) };

    private static ModelException Fails(Program<Unit> program) => Assert.Throws<ModelException>(() => program.Trace(default, Runs.Context()))!;

    public static IEnumerable<Func<Program<Unit>, Dictionary<string, Tensor>, bool, Program<Unit>>> Handlers =>
    [
        (program, data, allowMissing) => program.Condition(data, allowMissing), (program, data, allowMissing) => program.Do(data, allowMissing),
        (program, data, allowMissing) => program.Substitute(data, allowMissing),
        (program, data, allowMissing) => program.Condition(data.ToDictionary(item => item.Key, item => (object)item.Value!), allowMissing),
        (program, data, allowMissing) => program.Do(data.ToDictionary(item => item.Key, item => (object)item.Value!), allowMissing),
        (program, data, allowMissing) => program.Substitute(data.ToDictionary(item => item.Key, item => (object)item.Value!), allowMissing),
    ];

    [TestCaseSource(nameof(Handlers))]
    public void Name_OfNoSite_IsRefused(Func<Program<Unit>, Dictionary<string, Tensor>, bool, Program<Unit>> handler)
    {
        foreach (var name in new[] { "Z", "x_7" })
        {
            var error = Fails(handler(s_program, Of(name, 1), false));
            Assert.That(error.Site, Is.EqualTo(name));
            Assert.That(error.Message, Does.Contain("z, x_0, x_1, x_2").And.Contain("allowMissing"));
            handler(s_program, Of(name, 1), true).Trace(default, Runs.Context());
        }
        handler(s_program, Of("x_2", 1), false).Trace(default, Runs.Context());
        // All elements of a plate are met in one site; a site that is met in the second of two runs is no longer missing.
        foreach (var kind in new[] { "y", "d", "loop" })
            Assert.That(() => handler(s_program, Of(kind, 1), false).Trace(default, Runs.Context()), Throws.TypeOf<ModelException>().With.Message.Contains($"'{kind}'"));
    }

    [Test]
    public void Parameter_IsForSubstituteAlone()
    {
        Assert.That(Fails(s_program.Condition(Of("p", 1))).Message, Does.Contain("Substitute"));
        Assert.That(Fails(s_program.Do(Of("p", 1))).Message, Does.Contain("Substitute"));
        Assert.That(s_program.Substitute(Of("p", 3)).Trace(default, Runs.Context())["p"].Value!.Number(), Is.EqualTo(3));
        Assert.That(s_program.Lift(new Normal(0, 1)).Condition(Of("p", 3)).Trace(default, Runs.Context())["p"].Kind, Is.EqualTo(SiteKind.Observed));
    }

    [Test]
    public void Site_ThatIsGivenTwoValues_IsRefused()
    {
        foreach (var twice in new[]
        {
            s_program.Condition(Of("z", 5)).Do(Of("z", 1)), s_program.Do(Of("z", 5)).Condition(Of("z", 1)), s_program.Do(Of("z", 5)).Do(Of("z", 1)),
            s_program.Condition(Of("z", 5)).Condition(Of("z", 1)), s_program.Condition(Of("z", 5)).Substitute(Of("z", 1)), s_program.Do(Of("z", 5)).Substitute(Of("z", 1)),
            s_program.Substitute(Of("z", 5)).Condition(Of("z", 1)), s_program.Substitute(Of("z", 5)).Do(Of("z", 1)), s_program.Substitute(Of("z", 5)).Substitute(Of("z", 1)),
        })
            Assert.That(Fails(twice).Site, Is.EqualTo("z"));
        var both = s_program.Condition(Of("z", 5)).Do(Of("x_0", 1)).Substitute(Of("x_1", 2)).Trace(default, Runs.Context());
        Assert.That(both["z"].Value!.Number(), Is.EqualTo(5));
        Assert.That(both["x_1"].Value!.Number(), Is.EqualTo(2));
        Assert.That(both.Contains("x_0"), Is.False);
    }

    [Test]
    public void Value_OutsideTheSupport_IsRefused()
    {
        foreach (var program in new[] { s_program.Condition(Of("z", -1)), s_program.Do(Of("z", -1)), s_program.Substitute(Of("z", -1)) })
        {
            var error = Fails(program);
            Assert.That(error.Site, Is.EqualTo("z"));
            Assert.That(error.Message, Does.Contain("-1").And.Contain("positive"));
        }
    }

    [Test]
    public void Values_OfARun_AreTakenAsFarAsTheyGo()
    {
        var longer = Runs.Program(() =>
        {
            Sample("z", new Gamma(1, 1));
            Sample("other", new Normal(0, 1));
            Observe("y", new Normal(0, 1), tensor(2f));
        });
        var trace = longer.Trace(default, Runs.Context());
        using var samples = Posterior.Sample(longer, default, 3, Runs.Context());
        foreach (var program in new[] { s_program.Condition(trace), s_program.Do(trace), s_program.Condition(samples.Values(1)), s_program.Substitute(samples.Values(1)) })
            program.Trace(default, Runs.Context());
    }

    [Test]
    public void Site_ThatOneBranchHas_IsNotMissing_WhenItIsAllowed()
    {
        var program = Runs.Program(() =>
        {
            if (Sample("which", new Bernoulli(ps: tensor(0.25))).Number() == 1)
                Sample("a", new Normal(tensor(0.0), 1));
        });
        // The branch that has the site counts with the density of its value.
        var posterior = new Search<Unit>(program.Condition(new Dictionary<string, Tensor> { ["a"] = tensor(0.0) }, allowMissing: true)).Run(default, Runs.Context());
        Numeric.Close(Math.Log(0.75 + 0.25 / Math.Sqrt(2 * Math.PI)), posterior.LogEvidence, 1e-9);
    }
}
