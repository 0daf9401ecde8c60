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

    [Fact]
    public void ALatentSmallerThanItsPlateIsExpanded()
    {
        var trace = Runs.TraceOf(() =>
        {
            using (IArange("n", 4))
                Sample("z", new Normal(0, 1));
        });
        Assert.Equal([4], trace["z"].Value!.shape);
        Assert.Equal(4, trace["z"].Value!.Numbers().Distinct().Count());
    }

    [Fact]
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
        Assert.Equal([2], trace["z"].Value!.shape);
        Assert.Equal([2, 5], trace["scalar"].Value!.shape);
        Assert.Equal([2, 5], trace["from the outer"].Value!.shape);
        Assert.Equal([2, 5, 3], trace["vector"].Value!.shape);
        Assert.Equal([2, 5, 3], trace["broadcast"].Value!.shape);

        // The inner elements stand around their own outer element.
        var spread = (trace["from the outer"].Value! - trace["z"].Value!.unsqueeze(-1)).abs().max().Number();
        Assert.True(spread < 0.01, $"{spread}");
    }

    [Fact]
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
        Assert.True((trace["x"].Value! - z).abs().max().Number() < 0.01);
        Numeric.Close(new Normal(z, 1).LogProb(Values(3, 3)).sum().Number(), trace["o"].LogPdf().Number(), 1e-5);
    }

    [Fact]
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

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
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
            Assert.Equal("site", error.Site);
            Assert.Contains("'plate'", error.Message);
            Assert.Contains($"size {size}", error.Message);
            Assert.Contains("size 4", error.Message);
        }
    }

    [Fact]
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

    [Fact]
    public void ASubsampleScalesTheDensity()
    {
        var data = Values(20);
        var trace = Runs.TraceOf(() =>
        {
            using var plate = IArange("n", 20, 5);
            Assert.Equal(5, plate.Count);
            Observe("x", new Normal(0, 1), data[plate.Indices]);
        });
        var indices = trace["n"].Value!;
        Assert.Equal(5, indices.Numbers().Distinct().Count());
        Assert.All(indices.Numbers(), i => Assert.InRange(i, 0, 19));
        Assert.Equal(4, trace["x"].Scale);
        Numeric.Close(4 * Density(new Normal(0, 1), data[indices]), trace.LogPdf().Number(), 1e-6);
        Assert.Equal(["x"], trace.ObservationNodes);
        Assert.Empty(trace.StochasticNodes);
    }

    [Theory]
    [InlineData(1, 1, 4)]
    [InlineData(2, 2, 1)]
    [InlineData(1, 2, 2)]
    [InlineData(2, 1, 2)]
    public void NestedSubsamplesMultiply(int outer, int inner, double scale)
    {
        var trace = Runs.TraceOf(() =>
        {
            foreach (var i in IRange("outer", 2, outer))
                foreach (var j in IRange("inner", 2, inner))
                    Sample($"z_{i}_{j}", new Normal(0, 1));
        });
        Assert.Equal(outer * inner, trace.StochasticNodes.Count());
        Assert.All(trace.Where(s => s.Kind == SiteKind.Latent), s => Assert.Equal(scale, s.Scale));
    }

    [Fact]
    public void EverySubsampleIsEquallyLikely()
    {
        var generator = new Generator(5);
        foreach (var (size, count) in new[] { (6L, 2L), (6L, 1L), (6L, 5L), (12L, 2L) })
        {
            var seen = new double[size];
            const int Runs = 6000;
            for (var i = 0; i < Runs; i++)
            {
                var drawn = Subsampling.Draw(size, count, generator).data<long>().ToArray();
                Assert.Equal(count, drawn.Distinct().Count());
                foreach (var index in drawn)
                    seen[index]++;
            }
            var expected = (double)Runs * count / size;
            Assert.All(seen, n => Assert.InRange(n, expected - 5 * Math.Sqrt(expected), expected + 5 * Math.Sqrt(expected)));
        }
    }

    [Fact]
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
        Assert.Equal(7, first.Count);
        Assert.All(first, s => Assert.Equal(s.Value!.Numbers(), replayed[s.Name].Value!.Numbers()));
        Assert.NotEqual(first["n"].Value!.Numbers(), fresh["n"].Value!.Numbers());
        Assert.Contains("inside_4", first.Select(s => s.Name));
    }

    /// <summary>The reference's table: four ways to visit elements, by nine pairs of sizes.</summary>
    public static TheoryData<string, int?, int?, bool> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, int?, int?, bool>();
            foreach (var way in new[] { "plate", "loop", "map of a tensor", "map of a list" })
            {
                foreach (var (guide, model) in new (int?, int?)[] { (null, null), (20, null), (null, 20), (20, 20), (5, 5), (5, null) })
                    pairs.Add(way, guide, model, true);
                foreach (var (guide, model) in new (int?, int?)[] { (20, 5), (null, 5), (5, 20) })
                    pairs.Add(way, guide, model, false);
            }
            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
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
                        Assert.Equal(indices.Numbers(), batch.Numbers());
                        visited.AddRange(indices.Numbers());
                    }, size);
                    break;
                default:
                    MapData<int>("n", [.. Enumerable.Range(0, 20)], (i, element) =>
                    {
                        Assert.Equal(i, element);
                        visited.Add(i);
                    }, size);
                    break;
            }
        }
        var context = Runs.Context();
        var (first, second) = (new List<double>(), new List<double>());
        var trace = Runs.TraceOf(() => Visit(way, guide, first), context);
        Assert.Equal(guide ?? 20, first.Count);
        var program = Runs.Program(() =>
        {
            Visit(way, model, second);
            Assert.Equal(first, second);
        }).Replay(trace);
        if (fits)
            program.Trace(default, context);
        else
            Assert.Contains("'n'", Assert.Throws<ModelException>(() => program.Trace(default, context)).Message);
    }

    [Fact]
    public void AGivenSubsampleIsTaken()
    {
        var given = tensor(new long[] { 1, 3, 5, 7 });
        var trace = Runs.TraceOf(() =>
        {
            using var plate = IArange("n", 20, subsample: given);
            Assert.Same(given, plate.Indices);
            Observe("x", new Normal(0, 1), zeros(4));
            Assert.Equal([1, 3, 5, 7], IRange("m", 20, subsample: given));
        });
        Assert.Equal(5, trace["x"].Scale);
        Assert.Same(given, trace["n"].Value);
    }

    [Fact]
    public void SizesThatDoNotFitAreRefused()
    {
        Assert.Contains("20 of them", Runs.Fails(() => IArange("n", 10, 20)).Message);
        Assert.Contains("0 of them", Runs.Fails(() => IArange("n", 10, 0)).Message);
        Assert.Contains("-1", Runs.Fails(() => IArange("n", -1)).Message);
        Assert.Contains("'n'", Runs.Fails(() => IArange("n", 10, 3, tensor(new long[] { 1 }))).Message);
        Assert.Contains("two names", Runs.Fails(() => { IArange("n", 10).Dispose(); IArange("n", 11).Dispose(); }).Message);
    }

    [Fact]
    public void APlateEnteredAgainVisitsTheSameElements() => Runs.TraceOf(() =>
    {
        using var first = IArange("n", 20, 5);
        first.Dispose();
        using var second = IArange("n", 20, 5);
        Assert.Equal(first.Indices.Numbers(), second.Indices.Numbers());
    });

    [Fact]
    public void AnEmptyPlateCostsNothing()
    {
        var trace = Runs.TraceOf(() =>
        {
            using (IArange("n", 0))
                Observe("x", new Normal(0, 1), zeros(0));
            foreach (var _ in IRange("m", 0))
                Sample("y", new Normal(0, 1));
        });
        Assert.Equal(0, trace.LogPdf().Number());
        Assert.Empty(trace.StochasticNodes);
    }

    [Fact]
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
        Assert.Equal(4, trace["in"].Scale);
        Assert.Equal(1, trace["out"].Scale);
        Assert.Null(trace["out"].Plate);
        Assert.Null(context.Plate);
    }

    [Fact]
    public void AnEnumeratorThatIsNeverDisposedDoesNotOutliveTheRun()
    {
        var context = Runs.Context();
        Runs.TraceOf(() => IRange("m", 20, 5).GetEnumerator().MoveNext(), context);
        Assert.Null(context.Plate);
    }

    [Fact]
    public void SitesKnowTheirPlates()
    {
        var trace = Runs.TraceOf(() =>
        {
            foreach (var i in IRange("loop", 2))
                using (IArange("plate", 3))
                    Sample($"z_{i}", new Normal(0, 1));
        });
        var plate = trace["z_1"].Plate!;
        Assert.Equal("plate", plate.Name);
        Assert.Equal(1, plate.Depth);
        Assert.Equal("loop", plate.Outer!.Name);
        Assert.Equal(1, plate.Outer.Iteration);
        Assert.Null(plate.Outer.Outer);
    }

    [Fact]
    public void ElementsThatAPlateDoesNotHaveAreRefused()
    {
        foreach (var elements in new[] { tensor(new long[] { 0, 99 }), tensor(new long[] { -3, 1 }), tensor(new[] { 0.7f, 1 }) })
        {
            Assert.Equal("n", Runs.Fails(() => IArange("n", 10, subsample: elements).Dispose()).Site);
            Assert.Equal("n", Runs.Fails(() => IRange("n", 10, subsample: elements).Count()).Site);
        }
        Runs.TraceOf(() =>
        {
            using var plate = IArange("n", 10, subsample: tensor(new[] { 9, 0, 9 }));
            Assert.Equal([9, 0, 9], plate.Each(arange(0, 10)).Numbers());
        });
    }

    [Fact]
    public void APlateInsideOfItselfIsRefused()
    {
        var error = Runs.Fails(() =>
        {
            using var outer = IArange("n", 3);
            using var inner = IArange("n", 3);
        });
        Assert.Contains("inside of itself", error.Message);
    }
}
