using System.Text;
using System.Text.RegularExpressions;
using Pyro.Distributions;
using Pyro.Poutines;
using Pyro.Programs;
using Pyro.Traces;
using static Pyro.Primitives;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Traces;

public class TraceTests
{
    private static Trace Run(GraphType graph = GraphType.Flat) => Runs.Program(() =>
    {
        Param("p", 1.0);
        var x = Sample("x", new Normal(zeros(2, 3), 1));
        Sample("y", new Bernoulli(ps: ones(2, 1) / 2));
        Deterministic("d", x * 2);
        Observe("o", new Normal(0, 1), ones(2, 4));
    }).Trace(default, Runs.Context(), graph);

    [Test]
    public void NamesByKind()
    {
        var trace = Run();
        Assert.That(trace.StochasticNodes, Is.EqualTo(["x", "y"]));
        Assert.That(trace.ReparameterizedNodes, Is.EqualTo(["x"]));
        Assert.That(trace.NonreparamStochasticNodes, Is.EqualTo(["y"]));
        Assert.That(trace.ObservationNodes, Is.EqualTo(["o"]));
        Assert.That(trace.ParamNodes, Is.EqualTo(["p"]));
        Assert.That(trace["d"].Kind, Is.EqualTo(SiteKind.Deterministic));
    }

    [Test]
    public void DensitiesAddUp()
    {
        var trace = Run();
        var total = trace.LogPdf().Number();
        Assert.That(trace.BatchLogPdf().shape, Is.EqualTo([2, 1]));
        Numeric.Close(total, trace.BatchLogPdf().sum().Number(), 1e-5);
        Numeric.Close(trace.LogPdf("x").Number() + trace.LogPdf("y").Number(), trace.LogPdf(site => site.Kind == SiteKind.Latent).Number(), 1e-6);
        Numeric.Close(total, trace.LogPdf("x").Number() + trace.LogPdf("y").Number() + trace.LogPdf("o").Number(), 1e-6);
        Assert.That(trace.LogPdf(_ => false).Number(), Is.EqualTo(0));
        Assert.Throws<ArgumentException>(() => trace.LogPdf("p"));
    }

    [Test]
    public void ASitesDensityIsComputedOnceWhileItLives()
    {
        var trace = Run();
        using (no_grad())
        {
            var density = trace.LogPdf("x");
            Assert.That(trace.LogPdf("x"), Is.SameAs(density));
            Tensor scoped;
            using (NewDisposeScope())
                scoped = trace.LogPdf("o");
            Assert.That(double.IsFinite(trace.LogPdf("o").Number()), Is.True);
            Assert.That(trace.LogPdf("o"), Is.Not.SameAs(scoped));
        }
    }

    [Test]
    public void TermsThatDoNotBroadcastNameTheSite()
    {
        var trace = Runs.TraceOf(() =>
        {
            Sample("a", new Normal(zeros(2, 1), 1));
            Sample("b", new Normal(zeros(3, 1), 1));
        });
        Assert.That(Assert.Throws<ModelException>(() => trace.BatchLogPdf()).Site, Is.EqualTo("b"));
    }

    [Test]
    public void EdgesFollowTheOrderExceptBetweenIterations()
    {
        var program = Runs.Program(() =>
        {
            Sample("g", new Normal(0, 1));
            foreach (var i in IRange("n", 2))
            {
                Sample($"z_{i}", new Normal(0, 1));
                Observe($"x_{i}", new Normal(0, 1), tensor(0f));
            }
        });
        Assert.That(program.Trace(default, Runs.Context()).Edges, Is.Empty);
        var edges = program.Trace(default, Runs.Context(), GraphType.Dense).Edges;
        Assert.That(
            edges,
            Is.EqualTo([("g", "z_0"), ("g", "x_0"), ("z_0", "x_0"), ("g", "z_1"), ("g", "x_1"), ("z_1", "x_1")]));
    }

    [Test]
    public void NestedMapDataIsTreeShaped()
    {
        // The reference's "indirect" case: only the global latent reaches the four inner ones; the scales multiply.
        var program = Runs.Program(() =>
        {
            Sample("mu", new Normal(0, 1));
            MapData<int>("outer", [0, 1], (i, _) => MapData<int>("inner", [0, 1], (j, _) => Sample($"z_{i}_{j}", new Normal(0, 1)), 1), 1);
        });
        var trace = program.Trace(default, Runs.Context());
        Assert.That(trace[trace.StochasticNodes.Last()].Scale, Is.EqualTo(4));

        var whole = Runs.Program(() =>
        {
            Sample("mu", new Normal(0, 1));
            MapData<int>("outer", [0, 1], (i, _) => MapData<int>("inner", [0, 1], (j, _) => Sample($"z_{i}_{j}", new Normal(0, 1))));
        });
        Assert.That(whole.Trace(default, Runs.Context(), GraphType.Dense).Edges, Is.EqualTo([("mu", "z_0_0"), ("mu", "z_0_1"), ("mu", "z_1_0"), ("mu", "z_1_1")]));
    }

    [Test]
    public void ACopyGoesItsOwnWay()
    {
        var trace = Run();
        var copy = trace.Copy();
        Assert.That(trace.Differences(copy), Is.Empty);
        trace.Clear();
        Assert.That(copy.Count, Is.EqualTo(5));
        Assert.That(double.IsFinite(copy.LogPdf().Number()), Is.True);
    }

    [Test]
    public void DifferencesAreNamed()
    {
        var one = Runs.TraceOf(() => { Sample("a", new Delta(1)); Sample("b", new Delta(zeros(2))); Sample("c", new Delta(1)); });
        var other = Runs.TraceOf(() => { Sample("a", new Delta(1.5)); Sample("b", new Delta(zeros(3))); Param("c", 1.0); Param("d", 1.0); });
        Assert.That(
            one.Differences(other),
            Is.EqualTo(["a: values 0.5 apart", "b: shapes (2) and (3)", "c: latent site and parameter", "d: only in the second"]));
        Assert.That(one.Differences(other, tolerance: 0.6).Count, Is.EqualTo(3));
    }

    [Test]
    public void WhatIsTheSameDoesNotDiffer()
    {
        var program = Runs.Program(() => Deterministic("d", tensor(new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1 })));
        var trace = program.Trace(default, Runs.Context());
        Assert.That(trace.Differences(trace.Copy()), Is.Empty);
        Assert.That(trace.Differences(program.Trace(default, Runs.Context())), Is.Empty);
        foreach (var other in new[] { double.NaN, double.PositiveInfinity, 0 })
            Assert.That(trace.Differences(Runs.TraceOf(() => Deterministic("d", tensor(new[] { other, double.NegativeInfinity, double.NegativeInfinity, 1 })))), Has.Exactly(1).Items);
        Assert.That(trace.Differences(Runs.TraceOf(() => Deterministic("d", tensor(new[] { 0, double.PositiveInfinity, double.NegativeInfinity, 1 })))), Has.Exactly(1).Items);
    }

    [Test]
    public void WhatHasNoDensitySaysWhatItIs()
    {
        var trace = Runs.TraceOf(() =>
        {
            var p = Param("p", 1.0);
            Deterministic("d", p * 2);
            using (IArange("m", 2))
            using (IArange("n", 4, 2))
                Sample("x", new Normal(0, 1));
        });
        foreach (var (name, kind) in new[] { ("p", "parameter"), ("d", "deterministic value"), ("m", "plate"), ("n", "plate") })
            foreach (var density in new Func<Tensor>[] { () => trace[name].LogPdf(), () => trace[name].LogProb(), () => trace[name].BatchLogPdf() })
                Assert.That(density, Throws.TypeOf<InvalidOperationException>().With.Message.Contains($"'{name}' is a {kind}"));
    }

    [Test]
    public void ShapesAsATable() => Assert.That(
        Run().FormatShapes(),
        Is.EqualTo("""
        site  kind           distribution  batch  event  value
        p     param                                      ()
        x     latent         Normal        (2)    (3)    (2, 3)
        y     latent         Bernoulli     (2)    (1)    (2, 1)
        d     deterministic                              (2, 3)
        o     observed       Normal        ()     ()     (2, 4)

        """));

    [Test]
    public void ATraceComesBackFromAFile()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("traces").FullName, "t.safetensors");
        try
        {
            var program = Runs.Program(() =>
            {
                var a = Sample("a", new Normal(Param("p", 1.0), 1));
                using var plate = IArange("n", 10, 4);
                Sample("b", new Categorical(ps: ones(3) / 3));
                Deterministic("d", a * 2);
                Observe("x", new Normal(a, 1), zeros(4));
            });
            var trace = program.Trace(default, Runs.Context());
            trace.Save(file);
            var loaded = Trace.Load(file);
            Assert.That(trace.Differences(loaded), Is.Empty);
            Assert.That(loaded.Select(site => (site.Name, site.Kind, site.PlateSize, site.PlateCount)), Is.EqualTo(trace.Select(site => (site.Name, site.Kind, site.PlateSize, site.PlateCount))));
            var again = program.Replay(loaded).Trace(default, Runs.Context(7));
            Assert.That(trace.Differences(again), Is.Empty);
            Numeric.Close(trace.LogPdf().Number(), again.LogPdf().Number());
            Assert.That(() => loaded.LogPdf(), Throws.TypeOf<InvalidOperationException>().With.Message.Contains("Replay"));
            Assert.That(() => loaded.ReparameterizedNodes.Count(), Throws.TypeOf<InvalidOperationException>().With.Message.Contains("Replay"));
            Assert.That(() => loaded.NonreparamStochasticNodes.Count(), Throws.TypeOf<InvalidOperationException>().With.Message.Contains("Replay"));
            Refused("Latent", "    17", "kind");
            Refused("Latent", "latent", "kind");
            Refused("count[^:]{1,9}:4", "3", "plate 'n'");
            Refused("size[^:]{1,9}:10", "-1", "plate 'n'");
            Refused("size[^:]{1,9}:10", "00", "");
            File.WriteAllBytes(file, File.ReadAllBytes(file)[..^1]);
            Assert.Throws<InvalidDataException>(() => Trace.Load(file));
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }

        // With the end of what is found replaced.
        void Refused(string found, string end, string says)
        {
            var bytes = File.ReadAllBytes(file);
            var text = Encoding.Latin1.GetString(bytes);
            var match = Regex.Match(text, found);
            Assert.That(match.Success, Is.True);
            File.WriteAllBytes(file, Encoding.Latin1.GetBytes(text.Remove(match.Index + match.Length - end.Length, end.Length).Insert(match.Index + match.Length - end.Length, end)));
            Assert.That(() => Trace.Load(file), Throws.TypeOf<InvalidDataException>().With.Message.Contains(says));
            File.WriteAllBytes(file, bytes);
        }
    }
}
