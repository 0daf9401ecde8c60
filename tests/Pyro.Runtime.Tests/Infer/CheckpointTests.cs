using Pyro.Distributions;
using Pyro.Infer;
using Pyro.Optim;
using Pyro.Programs;
using static Pyro.Primitives;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Infer;

/// <summary>Runs that stop and go on.</summary>
public sealed class CheckpointTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("runs").FullName;

    private static readonly Tensor s_data = tensor(new[] { 0.3, 1.2, -0.5, 0.8, 2.1, 0.1 });

    private static readonly Program<Unit> s_model = Runs.Program(() =>
    {
        var mu = Sample("mu", new Normal(tensor(0.0), 2));
        using var plate = IArange("n", 6);
        var z = Sample("z", new Bernoulli(ps: tensor(0.3)));
        Observe("x", new Normal(mu + z, 1), plate.Each(s_data));
    });

    // Every kind of state: subsamples, scores with averages, reparameterised draws, constraints.
    private static readonly Program<Unit> s_guide = Runs.Program(() =>
    {
        Sample("mu", new Normal(Param("m", tensor(0.0)), Param("s", tensor(1.0), Constraints.Positive)));
        var p = Param("p", 0.5 * ones(6, ScalarType.Float64), Constraints.UnitInterval);
        using var plate = IArange("n", 6, 3);
        Sample("z", new Bernoulli(ps: plate.Each(p)), new SiteOptions { Baseline = new Baseline { UseDecayingAverage = true } });
    });

    private string Path => System.IO.Path.Combine(_folder, "run.safetensors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static SVI<Unit> New(long seed = 1) =>
        new(s_model, s_guide, new ClippedAdam(0.01, lrd: 0.999) { Schedule = Schedules.Linear(20) }, new ELBO(), Runs.Context(seed));

    private static double[] State(SVI<Unit> svi) => [.. svi.Context.Store.Parameters.SelectMany(p => p.Unconstrained.Numbers())];

    private static RunOptions Stopping(RunOptions options, long at) =>
        options with { AfterStep = progress => progress.Step < at, Cancellation = TestContext.Current.CancellationToken };

    [Fact]
    public void AResumedRunIsTheUninterruptedOneBitForBit()
    {
        var whole = New();
        var end = whole.Run(default, 60, new RunOptions());
        var options = new RunOptions { Checkpoint = Path, CheckpointEvery = 7 };
        foreach (var stop in new[] { 10, 23, 24, 41 })
            // Each time a new object, seeded otherwise: everything comes from the file.
            Assert.Equal(stop, New(File.Exists(Path) ? stop : 1).Run(default, 60, Stopping(options, stop)).Step);
        var last = New(99);
        var final = last.Run(default, 60, options);
        Assert.Equal(60, final.Step);
        Assert.Equal(State(whole), State(last));
        Assert.Equal(end.SmoothedLoss, final.SmoothedLoss);
        Assert.Equal(end.Loss, final.Loss);
    }

    [Fact]
    public void ACrashLosesOnlyWhatFollowsTheLastCheckpoint()
    {
        var options = new RunOptions { Checkpoint = Path, CheckpointEvery = 5 };
        var crashed = Assert.Throws<TimeoutException>(() => New().Run(default, 40, options with { AfterStep = p => p.Step < 13 ? true : throw new TimeoutException() }));
        Assert.NotNull(crashed);
        var resumed = New(5);
        Assert.Equal(10, resumed.Run(default, 10, options).Step);
        Assert.Equal(10, resumed.Steps);
        resumed.Run(default, 40, options);
        var whole = New();
        whole.Run(default, 40, new RunOptions());
        Assert.Equal(State(whole), State(resumed));
    }

    [Fact]
    public void APartThatAKilledProcessLeftIsNoCheckpoint()
    {
        File.WriteAllText(Path + ".1.x.part", "half");
        New().Run(default, 3, new RunOptions { Checkpoint = Path });
        Assert.Equal([Path], Directory.GetFiles(_folder));
    }

    [Fact]
    public void ADamagedCheckpointIsRefusedAndChangesNothing()
    {
        var svi = New();
        svi.Run(default, 5, new RunOptions { Checkpoint = Path });
        var bytes = File.ReadAllBytes(Path);
        var before = State(svi);
        foreach (var length in new[] { 0, 5, 100, bytes.Length / 2, bytes.Length - 1 })
        {
            File.WriteAllBytes(Path, bytes[..length]);
            Assert.Throws<InvalidDataException>(() => svi.LoadCheckpoint(Path));
            Assert.Equal(before, State(svi));
            Assert.Equal(5, svi.Steps);
        }
        File.WriteAllBytes(Path, bytes);
        svi.LoadCheckpoint(Path);
    }

    [Fact]
    public void ARunStopsWhereTheLossNoLongerFalls()
    {
        var svi = new SVI<Unit>(
            Runs.Program(() => Sample("z", new Normal(tensor(0.0), 1))), Runs.Program(() => Sample("z", new Normal(Param("m", tensor(0.0)), 1))), new SGD(0), new ELBO(), Runs.Context());
        Assert.InRange(svi.Run(default, 10_000, new RunOptions { EarlyStopping = new EarlyStopping(50, 0.01) }).Step, 50, 3000);
        var falling = new SVI<Unit>(
            Runs.Program(() => Sample("z", new Normal(tensor(0.0), 1))), Runs.Program(() => Sample("z", new Delta(Param("m", tensor(50.0))))), new SGD(0.001), new ELBO(), Runs.Context());
        Assert.Equal(500, falling.Run(default, 500, new RunOptions { EarlyStopping = new EarlyStopping(50) }).Step);
    }

    [Fact]
    public void ALossMayBeAFunction()
    {
        // Defect B5 of the reference: one without a gradient of its own always failed.
        var svi = new SVI<Unit>(s_model, Runs.Program(() => Param("m", tensor(5.0))), new Adam(0.1), (context, _, guide, args) =>
        {
            context.Execute(guide, args);
            return (context.Store["m"].Value() - 2).square();
        }, Runs.Context());
        Assert.Equal(9, svi.Step(default), 1e-9);
        svi.Fit(default, 300);
        Numeric.Close(2, svi.Context.Store.GetValue("m").Number(), 0.05);
        Assert.Equal(1, svi.Context.Store.Count);
        Numeric.Close(Math.Pow(svi.Context.Store.GetValue("m").Number() - 2, 2), svi.EvaluateLoss(default), 1e-9);
    }

    [Fact]
    public void IndependentInferencesOnSixteenThreadsGiveWhatTheyGiveAlone()
    {
        double[] Run(int seed)
        {
            var svi = New(seed);
            for (var i = 0; i < 40; i++)
                svi.Step(default);
            return State(svi);
        }
        var alone = Enumerable.Range(0, 16).Select(Run).ToArray();
        var together = new double[16][];
        var threads = Enumerable.Range(0, 16).Select(i => new Thread(() => together[i] = Run(i))).ToArray();
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            thread.Join();
        Assert.Equal(alone, together);
    }
}
