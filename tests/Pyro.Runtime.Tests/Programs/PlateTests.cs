using Pyro.Distributions;
using Pyro.Poutines;
using Pyro.Programs;
using static Pyro.Primitives;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Programs;

public class PlateTests
{
    private static Tensor Values(params long[] shape) => arange(0, shape.Aggregate(1L, (a, b) => a * b), ScalarType.Float32).reshape(shape) / 10;

    private static double Density(Distribution distribution, Tensor value) => distribution.LogPdf(value).Number();

    [Test]
    public void ALatentSmallerThanItsPlateIsExpanded()
    {
        var trace = Runs.TraceOf(() =>
        {
            using (IArange("n", 4))
                Sample("z", new Normal(0, 1));
        });
        Assert.That(trace["z"].Value!.shape, Is.EqualTo([4]));
        Assert.That(trace["z"].Value!.Numbers().Distinct().Count(), Is.EqualTo(4));
    }

    [Test]
    public void NestedPlatesOwnTheLeftmostDimensions()
    {
        var trace = Runs.TraceOf(() =>
        {
            using var outer = IArange("outer", 2);
            var z = Sample("z", new Normal(0, 1));
            using var inner = IArange("inner", 5);
            Sample("scalar", new Normal(0, 1));
            Sample("from the outer", new Normal(z, 1e-3));
            Sample("vector", new Normal(zeros(2, 5, 3), 1));
            Sample("broadcast", new Normal(zeros(1, 1, 3), 1));
        });
        Assert.That(trace["z"].Value!.shape, Is.EqualTo([2]));
        Assert.That(trace["scalar"].Value!.shape, Is.EqualTo([2, 5]));
        Assert.That(trace["from the outer"].Value!.shape, Is.EqualTo([2, 5]));
        Assert.That(trace["vector"].Value!.shape, Is.EqualTo([2, 5, 3]));
        Assert.That(trace["broadcast"].Value!.shape, Is.EqualTo([2, 5, 3]));

        // The inner elements stand around their own outer element.
        var spread = (trace["from the outer"].Value! - trace["z"].Value!.unsqueeze(-1)).abs().max().Number();
        Assert.That(spread < 0.01, $"{spread}");
    }

    [Test]
    public void PlatesOfEqualSizeAreNotMixedUp()
    {
        var trace = Runs.TraceOf(() =>
        {
            using var outer = IArange("outer", 3);
            var z = Sample("z", new Normal(0, 1));
            using var inner = IArange("inner", 3);
            Sample("x", new Normal(z, 1e-3));
            Observe("o", new Normal(z, 1), Values(3, 3));
        });
        var z = trace["z"].Value!.unsqueeze(-1);
        Assert.That((trace["x"].Value! - z).abs().max().Number() < 0.01);
        Numeric.Close(new Normal(z, 1).LogProb(Values(3, 3)).sum().Number(), trace["o"].LogPdf().Number(), 1e-5);
    }

    [Test]
    public void TheCostIsTheSumOverPlatesAndEvents()
    {
        var data = Values(4, 2);
        var trace = Runs.TraceOf(() =>
        {
            using (IArange("n", 4))
                Observe("x", new Normal(zeros(2), 1).Expand(1, 2), data);
        });
        Numeric.Close(Density(new Normal(0, 1), data), trace.LogPdf().Number(), 1e-6);
    }

    [TestCase(3)]
    [TestCase(5)]
    public void AWrongSizeNamesSitePlateAndSizes(long size)
    {
        foreach (var body in new Action[]
        {
            () => Sample("site", new Normal(zeros(size), 1)),
            () => Observe("site", new Normal(0, 1), zeros(size)),
            () => Observe("site", new Normal(zeros(size), 1), zeros(size)),
        })
        {
            var error = Runs.Fails(() =>
            {
                using (IArange("plate", 4))
                    body();
            });
            Assert.That(error.Site, Is.EqualTo("site"));
            Assert.That(error.Message, Does.Contain("'plate'"));
            Assert.That(error.Message, Does.Contain($"size {size}"));
            Assert.That(error.Message, Does.Contain("size 4"));
        }
    }

    [Test]
    public void AnObservationOfSizeOneCountsForEachElement()
    {
        var trace = Runs.TraceOf(() =>
        {
            using (IArange("n", 4))
            {
                Observe("one", new Normal(0, 1), tensor(0.5f));
                Observe("row", new Normal(0, 1), tensor(new[] { 0.5f }));
            }
        });
        var expected = 4 * Density(new Normal(0, 1), tensor(0.5f));
        Numeric.Close(expected, trace["one"].LogPdf().Number(), 1e-6);
        Numeric.Close(expected, trace["row"].LogPdf().Number(), 1e-6);
    }

    [Test]
    public void ASubsampleScalesTheDensity()
    {
        var data = Values(20);
        var trace = Runs.TraceOf(() =>
        {
            using var plate = IArange("n", 20, 5);
            Assert.That(plate.Count, Is.EqualTo(5));
            Observe("x", new Normal(0, 1), data[plate.Indices]);
        });
        var indices = trace["n"].Value!;
        Assert.That(indices.Numbers().Distinct().Count(), Is.EqualTo(5));
        Assert.That(indices.Numbers(), Has.All.InRange(0, 19));
        Assert.That(trace["x"].Scale, Is.EqualTo(4));
        Numeric.Close(4 * Density(new Normal(0, 1), data[indices]), trace.LogPdf().Number(), 1e-6);
        Assert.That(trace.ObservationNodes, Is.EqualTo(["x"]));
        Assert.That(trace.StochasticNodes, Is.Empty);
    }

    [TestCase(1, 1, 4)]
    [TestCase(2, 2, 1)]
    [TestCase(1, 2, 2)]
    [TestCase(2, 1, 2)]
    public void NestedSubsamplesMultiply(int outer, int inner, double scale)
    {
        var trace = Runs.TraceOf(() =>
        {
            foreach (var i in IRange("outer", 2, outer))
                foreach (var j in IRange("inner", 2, inner))
                    Sample($"z_{i}_{j}", new Normal(0, 1));
        });
        Assert.That(trace.StochasticNodes.Count(), Is.EqualTo(outer * inner));
        Assert.That(trace.Where(s => s.Kind == SiteKind.Latent).Select(s => s.Scale), Has.All.EqualTo(scale));
    }

    [Test]
    public void EverySubsampleIsEquallyLikely()
    {
        var generator = new Generator(5);
        foreach (var (size, count) in new[] { (6L, 2L), (6L, 1L), (6L, 5L), (12L, 2L) })
        {
            var seen = new double[size];
            const int Runs = 6000;
            for (var i = 0; i < Runs; i++)
            {
                var drawn = Subsampling.Draw(size, count, generator).Numbers<long>();
                Assert.That(drawn.Distinct().Count(), Is.EqualTo(count));
                foreach (var index in drawn)
                    seen[index]++;
            }
            var expected = (double)Runs * count / size;
            Assert.That(seen, Has.All.InRange(expected - 5 * Math.Sqrt(expected), expected + 5 * Math.Sqrt(expected)));
        }
    }

    [Test]
    public void ReplayVisitsTheSameElements()
    {
        Action body = () =>
        {
            using (IArange("n", 20, 5))
            {
            }
            foreach (var i in IRange("m", 20, 5))
                using (IArange("inside", 10, 3))
                {
                }
        };
        var context = Runs.Context();
        var first = Runs.TraceOf(body, context);
        var replayed = Runs.Program(body).Replay(first).Trace(default, context);
        var fresh = Runs.TraceOf(body, context);
        Assert.That(first.Count, Is.EqualTo(7));
        foreach (var s in first)
            Assert.That(replayed[s.Name].Value!.Numbers(), Is.EqualTo(s.Value!.Numbers()));
        Assert.That(fresh["n"].Value!.Numbers(), Is.Not.EqualTo(first["n"].Value!.Numbers()));
        Assert.That(first.Select(s => s.Name), Has.Member("inside_4"));
    }

    /// <summary>The reference's table: four ways to visit elements, by nine pairs of sizes.</summary>
    public static IEnumerable<TestCaseData<string, int?, int?, bool>> Pairs()
    {
        foreach (var way in new[] { "plate", "loop", "map of a tensor", "map of a list" })
        {
            foreach (var (guide, model) in new (int?, int?)[] { (null, null), (20, null), (null, 20), (20, 20), (5, 5), (5, null) })
                yield return new(way, guide, model, true);
            foreach (var (guide, model) in new (int?, int?)[] { (20, 5), (null, 5), (5, 20) })
                yield return new(way, guide, model, false);
        }
    }

    [TestCaseSource(nameof(Pairs))]
    public void ModelAndGuideShareElements(string way, int? guide, int? model, bool fits)
    {
        static void Visit(string way, int? size, List<double> visited)
        {
            switch (way)
            {
                case "plate":
                    using (var plate = IArange("n", 20, size))
                        visited.AddRange(plate.Indices.Numbers());
                    break;
                case "loop":
                    foreach (var i in IRange("n", 20, size))
                        visited.Add(i);
                    break;
                case "map of a tensor":
                    MapData("n", arange(0, 20), (indices, batch) =>
                    {
                        Assert.That(batch.Numbers(), Is.EqualTo(indices.Numbers()));
                        visited.AddRange(indices.Numbers());
                    }, size);
                    break;
                default:
                    MapData<int>("n", [.. Enumerable.Range(0, 20)], (i, element) =>
                    {
                        Assert.That(element, Is.EqualTo(i));
                        visited.Add(i);
                    }, size);
                    break;
            }
        }
        var context = Runs.Context();
        var (first, second) = (new List<double>(), new List<double>());
        var trace = Runs.TraceOf(() => Visit(way, guide, first), context);
        Assert.That(first.Count, Is.EqualTo(guide ?? 20));
        var program = Runs.Program(() =>
        {
            Visit(way, model, second);
            Assert.That(second, Is.EqualTo(first));
        }).Replay(trace);
        if (fits)
            program.Trace(default, context);
        else
            Assert.That(() => program.Trace(default, context), Throws.TypeOf<ModelException>().With.Message.Contains("'n'"));
    }

    [Test]
    public void AGivenSubsampleIsTaken()
    {
        var given = tensor(new long[] { 1, 3, 5, 7 });
        var trace = Runs.TraceOf(() =>
        {
            using var plate = IArange("n", 20, subsample: given);
            Assert.That(plate.Indices, Is.SameAs(given));
            Observe("x", new Normal(0, 1), zeros(4));
            Assert.That(IRange("m", 20, subsample: given), Is.EqualTo([1, 3, 5, 7]));
        });
        Assert.That(trace["x"].Scale, Is.EqualTo(5));
        Assert.That(trace["n"].Value, Is.SameAs(given));
    }

    [Test]
    public void SizesThatDoNotFitAreRefused()
    {
        Assert.That(Runs.Fails(() => IArange("n", 10, 20)).Message, Does.Contain("20 of them"));
        Assert.That(Runs.Fails(() => IArange("n", 10, 0)).Message, Does.Contain("0 of them"));
        Assert.That(Runs.Fails(() => IArange("n", -1)).Message, Does.Contain("-1"));
        Assert.That(Runs.Fails(() => IArange("n", 10, 3, tensor(new long[] { 1 }))).Message, Does.Contain("'n'"));
        Assert.That(Runs.Fails(() => { IArange("n", 10).Dispose(); IArange("n", 11).Dispose(); }).Message, Does.Contain("two names"));
    }

    [Test]
    public void APlateEnteredAgainVisitsTheSameElements() => Runs.TraceOf(() =>
    {
        using var first = IArange("n", 20, 5);
        first.Dispose();
        using var second = IArange("n", 20, 5);
        Assert.That(second.Indices.Numbers(), Is.EqualTo(first.Indices.Numbers()));
    });

    [Test]
    public void AnEmptyPlateCostsNothing()
    {
        var trace = Runs.TraceOf(() =>
        {
            using (IArange("n", 0))
                Observe("x", new Normal(0, 1), zeros(0));
            foreach (var _ in IRange("m", 0))
                Sample("y", new Normal(0, 1));
        });
        Assert.That(trace.LogPdf().Number(), Is.EqualTo(0));
        Assert.That(trace.StochasticNodes, Is.Empty);
    }

    [Test]
    public void LeavingALoopLeavesItsPlate()
    {
        // Defect B14 of the reference: an abandoned loop left its handlers on the stack.
        var context = Runs.Context();
        var trace = Runs.TraceOf(() =>
        {
            foreach (var i in IRange("m", 20, 5))
            {
                Sample($"in", new Normal(0, 1));
                break;
            }
            Sample("out", new Normal(0, 1));
        }, context);
        Assert.That(trace["in"].Scale, Is.EqualTo(4));
        Assert.That(trace["out"].Scale, Is.EqualTo(1));
        Assert.That(trace["out"].Plate, Is.Null);
        Assert.That(context.Plate, Is.Null);
    }

    [Test]
    public void AnEnumeratorThatIsNeverDisposedDoesNotOutliveTheRun()
    {
        var context = Runs.Context();
        Runs.TraceOf(() => IRange("m", 20, 5).GetEnumerator().MoveNext(), context);
        Assert.That(context.Plate, Is.Null);
    }

    [Test]
    public void SitesKnowTheirPlates()
    {
        var trace = Runs.TraceOf(() =>
        {
            foreach (var i in IRange("loop", 2))
                using (IArange("plate", 3))
                    Sample($"z_{i}", new Normal(0, 1));
        });
        var plate = trace["z_1"].Plate!;
        Assert.That(plate.Name, Is.EqualTo("plate"));
        Assert.That(plate.Depth, Is.EqualTo(1));
        Assert.That(plate.Outer!.Name, Is.EqualTo("loop"));
        Assert.That(plate.Outer.Iteration, Is.EqualTo(1));
        Assert.That(plate.Outer.Outer, Is.Null);
    }

    [Test]
    public void ElementsThatAPlateDoesNotHaveAreRefused()
    {
        foreach (var elements in new[] { tensor(new long[] { 0, 99 }), tensor(new long[] { -3, 1 }), tensor(new[] { 0.7f, 1 }) })
        {
            Assert.That(Runs.Fails(() => IArange("n", 10, subsample: elements).Dispose()).Site, Is.EqualTo("n"));
            Assert.That(Runs.Fails(() => IRange("n", 10, subsample: elements).Count()).Site, Is.EqualTo("n"));
        }
        Runs.TraceOf(() =>
        {
            using var plate = IArange("n", 10, subsample: tensor(new[] { 9, 0, 9 }));
            Assert.That(plate.Each(arange(0, 10)).Numbers(), Is.EqualTo([9, 0, 9]));
        });
    }

    [Test]
    public void APlateInsideOfItselfIsRefused()
    {
        var error = Runs.Fails(() =>
        {
            using var outer = IArange("n", 3);
            using var inner = IArange("n", 3);
        });
        Assert.That(error.Message, Does.Contain("inside of itself"));
    }

    [Test]
    public void IArange_WithoutSize_HasThatOfItsFirstSite()
    {
        foreach (var (count, first) in new (long, Action)[]
        {
            (5, () => Observe("x", new Normal(0, 1), Values(5))),
            (5, () => Observe("x", new Normal(zeros(1), 1), Values(5))),
            (5, () => Observe("x", new Normal(zeros(5), 1), Values(2, 5)[0])),
            (4, () => Sample("x", new Normal(zeros(4, 2), 1))),
            (3, () => Observe("x", new Dirichlet(ones(2)), full([3, 2], 0.5))),
            (3, () => Factor("x", Values(3))),
            (0, () => Observe("x", new Normal(0, 1), zeros(0))),
            (1, () => Sample("x", new Normal(zeros(1), 1))),
        })
        {
            var (size, visited) = (-1L, Array.Empty<double>());
            var trace = Runs.TraceOf(() =>
            {
                using var plate = IArange("n");
                first();
                Sample("after", new Normal(0, 1));
                (size, visited) = (plate.Size, plate.Indices.Numbers());
            });
            Assert.That(size, Is.EqualTo(count));
            Assert.That(visited, Is.EqualTo(Enumerable.Range(0, (int)count)));
            Assert.That(trace["after"].Value!.shape, Is.EqualTo([count]));
            Assert.That(trace["n"].PlateSize, Is.EqualTo(count));
            Assert.That(trace.Select(site => site.Name), Is.EqualTo(["n", "x", "after"]));
        }
    }

    [Test]
    public void IArange_WithoutSize_NestsAndIsEnteredAgain()
    {
        void Model(bool sized)
        {
            using (sized ? IArange("rows", 2) : IArange("rows"))
            using (sized ? IArange("columns", 3) : IArange("columns"))
                Sample("x", new Normal(zeros(2, 3), 1));
            using (IArange("rows"))
                Sample("again", new Normal(0, 1));
        }
        var (one, other) = (Runs.TraceOf(() => Model(sized: true)), Runs.TraceOf(() => Model(sized: false)));
        foreach (var trace in new[] { one, other })
        {
            Assert.That(trace["again"].Value!.shape, Is.EqualTo([2]));
            Assert.That(trace.Select(site => site.Name), Is.EqualTo(["rows", "columns", "x", "again"]));
        }

        // A plate that chooses elements is the same where it is entered by its name alone.
        var part = Runs.TraceOf(() =>
        {
            using (IArange("n", 10, subsampleSize: 5))
                Sample("x", new Normal(0, 1));
            using (IArange("n"))
                Sample("y", new Normal(0, 1));
        });
        Assert.That((part["y"].Value!.shape, part["y"].Scale), Is.EqualTo((part["x"].Value!.shape, 2.0)));
    }

    [Test]
    public void IArange_WithoutSizeThatNoSiteGives_SaysToGiveIt()
    {
        var scalar = Runs.Fails(() =>
        {
            using var plate = IArange("n");
            Sample("x", new Normal(0, 1));
        });
        Assert.That(scalar.Message, Does.Contain("'x'").And.Contain("IArange(\"n\", size)"));
        var indices = Runs.Fails(() =>
        {
            using var plate = IArange("n");
            _ = plate.Indices;
        });
        Assert.That(indices.Message, Does.Contain("without a size").And.Contain("IArange(\"n\", size)"));
        var other = Runs.Fails(() =>
        {
            using var plate = IArange("n");
            Observe("x", new Normal(0, 1), Values(3));
            Observe("y", new Normal(0, 1), Values(4));
        });
        Assert.That(other.Message, Does.Contain("'y'").And.Contain("of size 3"));
        var inside = Runs.Fails(() =>
        {
            using var outer = IArange("n");
            using var inner = IArange("n");
        });
        Assert.That(inside.Message, Does.Contain("inside of itself"));
    }

    [Test]
    public void IArange_WithoutSize_ReplaysAGuideThatVisitsAll()
    {
        void Guide(long? subsample)
        {
            using var plate = IArange("n", 4, subsample);
            Sample("z", new Normal(0, 1));
        }
        void Model()
        {
            using var plate = IArange("n");
            Observe("x", new Normal(0, 1), Values(4));
            Sample("z", new Normal(0, 1));
        }
        var whole = Runs.TraceOf(() => Guide(null));
        var replayed = DynamicProgram.Of(Model, "model").Replay(whole).Trace(default, Runs.Context());
        Assert.That(replayed["z"].Value!.Numbers(), Is.EqualTo(whole["z"].Value!.Numbers()));
        var part = Runs.TraceOf(() => Guide(2));
        var error = Assert.Throws<ModelException>(() => DynamicProgram.Of(Model, "model").Replay(part).Trace(default, Runs.Context()))!;
        Assert.That(error.Message, Does.Contain("visits 2").And.Contain("IArange(\"n\", size)"));
    }
}
