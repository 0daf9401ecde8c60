using Pyro.Distributions;
using Pyro.Distributions.Transforms;
using Pyro.Files;
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
    private static readonly Program<Unit> s_guide = Guide(new SiteOptions { Baseline = new Baseline { UseDecayingAverage = true } });

    private static Program<Unit> Guide(SiteOptions options) => Runs.Program(() =>
    {
        Sample("mu", new Normal(Param("m", tensor(0.0)), Param("s", tensor(1.0), Constraints.Positive)));
        var p = Param("p", 0.5 * ones(6, ScalarType.Float64), Constraints.UnitInterval);
        using var plate = IArange("n", 6, 3);
        Sample("z", new Bernoulli(ps: plate.Each(p)), options);
    });

    private string Path => System.IO.Path.Combine(_folder, "run.safetensors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static SVI<Unit> New(long seed = 1) =>
        new(s_model, s_guide, new ClippedAdam(0.01, lrd: 0.999) { Schedule = Schedules.Linear(20) }, new ELBO(), Runs.Context(seed));

    private static double[] State(SVI<Unit> svi) => [.. svi.Context.Store.Parameters.SelectMany(p => p.Unconstrained.Numbers())];

    private static RunOptions Stopping(RunOptions options, long at) =>
        options with { AfterStep = progress => progress.Step < at, Cancellation = TestContext.CurrentContext.CancellationToken };

    [Test]
    public void AResumedRunIsTheUninterruptedOneBitForBit()
    {
        var whole = New();
        var end = whole.Run(default, 60, new RunOptions());
        var options = new RunOptions { Checkpoint = Path, CheckpointEvery = 7 };
        foreach (var stop in new[] { 10, 23, 24, 41 })
            // Each time a new object, seeded otherwise: everything comes from the file.
            Assert.That(New(File.Exists(Path) ? stop : 1).Run(default, 60, Stopping(options, stop)).Step, Is.EqualTo(stop));
        var last = New(99);
        var final = last.Run(default, 60, options);
        Assert.That(final.Step, Is.EqualTo(60));
        Assert.That(State(last), Is.EqualTo(State(whole)));
        Assert.That(final.SmoothedLoss, Is.EqualTo(end.SmoothedLoss));
        Assert.That(final.Loss, Is.EqualTo(end.Loss));
    }

    [Test]
    public void ACrashLosesOnlyWhatFollowsTheLastCheckpoint()
    {
        var options = new RunOptions { Checkpoint = Path, CheckpointEvery = 5 };
        var crashed = Assert.Throws<TimeoutException>(() => New().Run(default, 40, options with { AfterStep = p => p.Step < 13 ? true : throw new TimeoutException() }));
        Assert.That(crashed, Is.Not.Null);
        var resumed = New(5);
        Assert.That(resumed.Run(default, 10, options).Step, Is.EqualTo(10));
        Assert.That(resumed.Steps, Is.EqualTo(10));
        resumed.Run(default, 40, options);
        var whole = New();
        whole.Run(default, 40, new RunOptions());
        Assert.That(State(resumed), Is.EqualTo(State(whole)));
    }

    [Test]
    public void APartThatAKilledProcessLeftIsNoCheckpoint()
    {
        File.WriteAllText($"{Path}.{int.MaxValue}.{Guid.NewGuid():N}.part", "half");
        New().Run(default, 3, new RunOptions { Checkpoint = Path });
        Assert.That(Directory.GetFiles(_folder), Is.EqualTo([Path]));
    }

    [TestCase("parallel")]
    [TestCase("enumerated")]
    [TestCase("a site enumerated")]
    [TestCase("a site enumerated, parallel")]
    [TestCase("network")]
    [TestCase("network with batch norm")]
    [TestCase("flow with batch norm")]
    [TestCase("rates by name")]
    public void EveryKindOfRunGoesOnBitForBit(string kind)
    {
        SVI<Unit> Make(long seed)
        {
            // Made anew each time, as by another process: the network has other weights until the checkpoint gives it its own.
            var modeled = kind switch
            {
                "network" => Network(nn.Sequential(("one", nn.Linear(1, 4)), ("drop", nn.Dropout(0.5)), ("two", nn.Linear(4, 1)))),
                "network with batch norm" => Network(nn.Sequential(("one", nn.Linear(1, 4)), ("norm", nn.BatchNorm1d(4)), ("two", nn.Linear(4, 1)))),
                "flow with batch norm" => Flow(whole: seed == 1),
                _ => null,
            };
            PyroOptim optimizer = kind == "rates by name"
                ? new RMSprop(parameter => new RMSpropOptions { LearningRate = parameter.Name == "m" ? 0.01 : 0.03, Momentum = 0.5, Centered = true })
                : new Adam(0.01) { Schedule = Schedules.Cosine(50, 0.1), MaxGradientNorm = 3 };
            var loss = kind switch
            {
                "parallel" or "a site enumerated, parallel" => new ELBO(numParticles: 3, parallel: true),
                "enumerated" => new ELBO(numParticles: 2, enumDiscrete: Enumerate.LockStep),
                _ => new ELBO(),
            };
            var guide = kind.StartsWith("a site", StringComparison.Ordinal) ? Guide(new SiteOptions { Enumerate = Enumerate.LockStep }) : s_guide;
            return new SVI<Unit>(modeled ?? s_model, modeled is null ? guide : Runs.Program(() => { }), optimizer, loss, Runs.Context(seed));
        }
        if (kind.Contains("network", StringComparison.Ordinal))
            SetRngSeed(3);
        var whole = Make(1);
        // What a network has before its first step, and the numbers that dropout draws, are the process's.
        var begin = Path + ".begin";
        whole.Run(default, 1, new RunOptions { Checkpoint = begin });
        whole.Run(default, 30, new RunOptions());
        File.Move(begin, Path);
        foreach (var stop in new[] { 8, 9, 21 })
            Make(70 + stop).Run(default, 30, Stopping(new RunOptions { Checkpoint = Path, CheckpointEvery = 4 }, stop));
        var last = Make(99);
        Assert.That(last.Run(default, 30, new RunOptions { Checkpoint = Path }).Step, Is.EqualTo(30));
        Assert.That(State(last), Is.EqualTo(State(whole)));
        Assert.That(Buffers(last), Is.EqualTo(Buffers(whole)));
        Assert.That(last.Context.Store.BufferNames, kind.EndsWith("norm", StringComparison.Ordinal) ? Is.Not.Empty : Is.Empty);
    }

    private static double[] Buffers(SVI<Unit> svi) =>
        [.. svi.Context.Store.BufferNames.SelectMany(name => svi.Context.Store.GetBuffer(name).to_type(ScalarType.Float64).Numbers())];

    private static Program<Unit> Network(TorchSharp.Modules.Sequential net) => Runs.Program(() =>
    {
        Module("net", net);
        Observe("x", new Normal(net.call(s_data.to_type(ScalarType.Float32).unsqueeze(-1)).reshape(6), 1), s_data);
    });

    // Another order of the variables, as a program draws one: the masks and the order are the checkpoint's.
    private static Program<Unit> Flow(bool whole)
    {
        long[] order = whole ? [2, 0, 1] : [0, 1, 2];
        var (map, norm) = (new MaskedAutoregressiveFlow(3, 5, permutation: order), new BatchNorm(3));
        var rows = s_data.to_type(ScalarType.Float32).reshape(2, 3);
        return Runs.Program(() =>
        {
            Module("map", map.Network);
            Module("norm", norm.Network);
            using var plate = IArange("rows", 2);
            Observe("x", new TransformedDistribution(new Normal(zeros(3), 1).ToEvent(1), map, norm), rows);
        });
    }

    [Test]
    public void ARunThatHasStoppedByItselfIsAtItsEnd()
    {
        // A process that is killed after its last checkpoint is started again, and must come to the same end.
        SVI<Unit> Make() => new(
            Runs.Program(() => Sample("z", new Normal(tensor(0.0), 1))), Runs.Program(() => Sample("z", new Normal(Param("m", tensor(1.0)), 1))), new Adam(0.05), new ELBO(), Runs.Context());
        var options = new RunOptions { Checkpoint = Path, EarlyStopping = new EarlyStopping(60) };
        var first = Make();
        var end = first.Run(default, 10_000, options).Step;
        Assert.That(end, Is.InRange(60, 9_000));
        var again = Make();
        Assert.That(again.Run(default, 10_000, options).Step, Is.EqualTo(end));
        Assert.That(State(again), Is.EqualTo(State(first)));
        Assert.Throws<ArgumentOutOfRangeException>(() => again.Run(default, 1, new RunOptions { EarlyStopping = new EarlyStopping(0) }));
    }

    [Test]
    public void AHostileCheckpointIsRefusedAndChangesNothing()
    {
        var svi = New();
        svi.Run(default, 5, new RunOptions { Checkpoint = Path });
        using var scope = NewDisposeScope();
        var before = State(svi);
        void Refused(string what, Action<Dictionary<string, Tensor>, Dictionary<string, string>> damage)
        {
            Dictionary<string, Tensor> tensors;
            Dictionary<string, string> metadata;
            using (var stream = File.OpenRead(Path))
                (tensors, metadata) = SafeTensors.Read(stream);
            damage(tensors, metadata);
            var damaged = Path + ".damaged";
            using (var stream = File.Create(damaged))
                SafeTensors.Write(stream, [.. tensors], metadata);
            var next = svi.Context.Store.GetValue("m").Number();
            var error = Assert.Throws<InvalidDataException>(() => svi.LoadCheckpoint(damaged));
            Assert.That(error.Message, Does.EndWith("Nothing was changed."));
            Assert.That(before.SequenceEqual(State(svi)), Is.True, what);
            Assert.That(svi.Steps, Is.EqualTo(5));
            Assert.That(svi.Context.Store.GetValue("m").Number(), Is.EqualTo(next));
        }
        foreach (var generator in new[] { "random.cpu", "random.libtorch" })
        {
            Refused("a short state", (tensors, _) => tensors[generator] = zeros(3, ScalarType.Byte));
            Refused("a state of zeros", (tensors, _) => tensors[generator] = tensors[generator].zeros_like());
            Refused("a state of another type", (tensors, _) => tensors[generator] = tensors[generator].to_type(ScalarType.Float32));
        }
        Refused("a device that there is not", (_, metadata) => metadata["pyro.random"] = metadata["pyro.random"].Replace("\"cpu\"", "\"abacus\""));
        Refused("no random numbers", (_, metadata) => metadata["pyro.random"] = "[]");
        Refused("steps before the first", (_, metadata) => metadata["pyro.progress"] = metadata["pyro.progress"].Replace("\"step\":5", "\"step\":-5"));
        Refused("an average that is none", (tensors, _) => tensors["average.z"] = full(3, double.NaN));
        Refused("a parameter that is none", (tensors, _) => tensors["m"] = tensor(double.PositiveInfinity));
        svi.LoadCheckpoint(Path);
    }

    [Test]
    public void AFailedStepLeavesTheAveragesOfBaselines()
    {
        var broken = false;
        var model = Runs.Program(() =>
        {
            var z = Sample("z", new Bernoulli(ps: tensor(0.3)));
            Observe("x", new Normal(z, 1), tensor(0.7));
        });
        var guide = Runs.Program(() =>
        {
            // The square root of zero has no finite gradient: the step fails when all particles have run.
            var p = Param("p", tensor(0.4)) + (broken ? (Param("p") * 0).sqrt() : 0);
            Sample("z", new Bernoulli(ps: p), new SiteOptions { Baseline = new Baseline { UseDecayingAverage = true } });
        });
        var svi = new SVI<Unit>(model, guide, new Adam(1e-3), new ELBO(numParticles: 2), Runs.Context());
        broken = true;
        Assert.Throws<ModelException>(() => svi.Step(default));
        Assert.That(svi.Context.Store.Average("z"), Is.Null);
        broken = false;
        svi.Step(default);
        var average = svi.Context.Store.Average("z")!.Number();
        Assert.That(average, Is.Not.EqualTo(0));
        broken = true;
        Assert.Throws<ModelException>(() => svi.Step(default));
        Assert.That(svi.Context.Store.Average("z")!.Number(), Is.EqualTo(average));
    }

    [Test]
    public void AStateThatCouldNotBeLoadedLeavesTheLastCheckpoint()
    {
        SVI<Unit> Make(SGD optimizer) => new(
            Runs.Program(() => Sample("z", new Normal(tensor(0f), 1))), Runs.Program(() => Sample("z", new Normal(Param("m", tensor(3f)), 1))), optimizer, new ELBO(), Runs.Context());
        var options = new RunOptions { Checkpoint = Path, CheckpointEvery = 1 };
        var failure = Assert.Throws<ModelException>(() => Make(new SGD(0.01) { Schedule = n => n < 5 ? 1 : 1e300 }).Run(default, 20, options));
        Assert.That(failure.Message, Does.Contain("'m' is"));
        Assert.That(failure.Message, Does.Contain("was not written"));
        var resumed = Make(new SGD(0.01));
        resumed.LoadCheckpoint(Path);
        Assert.That(resumed.Steps, Is.EqualTo(5));
        Assert.That(resumed.Run(default, 20, options).Step, Is.EqualTo(20));
    }

    [Test]
    public void WhatCannotBeSavedIsSaidInTheStepThatCreatesIt()
    {
        var lower = tensor(1f);
        var steps = 0;
        var guide = Runs.Program(() =>
        {
            if (++steps > 3)
                Param("late", tensor(3f), Constraints.AtLeast(lower));
            Sample("z", new Normal(Param("m", tensor(3f)), 1));
        });
        var svi = new SVI<Unit>(Runs.Program(() => Sample("z", new Normal(tensor(0f), 1))), guide, new Adam(0.1), new ELBO(), Runs.Context());
        var failure = Assert.Throws<NotSupportedException>(() => svi.Run(default, 5000, new RunOptions { Checkpoint = Path, CheckpointEvery = 2 }));
        Assert.That(failure.Message, Does.Contain("'late'"));
        Assert.That(svi.Steps, Is.EqualTo(4));
        var loaded = new SVI<Unit>(Runs.Program(() => { }), Runs.Program(() => { }), new Adam(0.1), new ELBO(), Runs.Context());
        loaded.LoadCheckpoint(Path);
        Assert.That(loaded.Steps, Is.EqualTo(2));
    }

    [Test]
    public void ACheckpointOfADisposedModuleIsTakenWhole()
    {
        var net = nn.Linear(1, 1);
        var svi = new SVI<Unit>(Runs.Program(() =>
        {
            Module("net", net);
            Observe("x", new Normal(net.call(ones(1)), 1), tensor(new[] { 0.5f }));
        }), Runs.Program(() => { }), new Adam(0.01), new ELBO(), Runs.Context());
        svi.Run(default, 3, new RunOptions { Checkpoint = Path });
        var saved = State(svi);
        svi.Step(default);
        net.Dispose();
        Assert.That(() => svi.SaveCheckpoint(Path), Throws.TypeOf<ModelException>().With.Message.Contains("has been disposed"));
        svi.LoadCheckpoint(Path);
        Assert.That(State(svi), Is.EqualTo(saved));
        Assert.That(svi.Steps, Is.EqualTo(3));
        net = nn.Linear(1, 1);
        svi.Step(default);
    }

    [Test]
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
            Assert.That(State(svi), Is.EqualTo(before));
            Assert.That(svi.Steps, Is.EqualTo(5));
        }
        File.WriteAllBytes(Path, bytes);
        svi.LoadCheckpoint(Path);
    }

    [Test]
    public void ARunStopsWhereTheLossNoLongerFalls()
    {
        var svi = new SVI<Unit>(
            Runs.Program(() => Sample("z", new Normal(tensor(0.0), 1))), Runs.Program(() => Sample("z", new Normal(Param("m", tensor(0.0)), 1))), new SGD(0), new ELBO(), Runs.Context());
        Assert.That(svi.Run(default, 10_000, new RunOptions { EarlyStopping = new EarlyStopping(50, 0.01) }).Step, Is.InRange(50, 3000));
        var falling = new SVI<Unit>(
            Runs.Program(() => Sample("z", new Normal(tensor(0.0), 1))), Runs.Program(() => Sample("z", new Delta(Param("m", tensor(50.0))))), new SGD(0.001), new ELBO(), Runs.Context());
        Assert.That(falling.Run(default, 500, new RunOptions { EarlyStopping = new EarlyStopping(50) }).Step, Is.EqualTo(500));
    }

    [Test]
    public void ALossMayBeAFunction()
    {
        // Defect B5 of the reference: one without a gradient of its own always failed.
        var svi = new SVI<Unit>(s_model, Runs.Program(() => Param("m", tensor(5.0))), new Adam(0.1), (context, _, guide, args) =>
        {
            context.Execute(guide, args);
            return (context.Store["m"].Value() - 2).square();
        }, Runs.Context());
        Assert.That(svi.Step(default), Is.EqualTo(9).Within(1e-9));
        svi.Fit(default, 300);
        Numeric.Close(2, svi.Context.Store.GetValue("m").Number(), 0.05);
        Assert.That(svi.Context.Store.Count, Is.EqualTo(1));
        Numeric.Close(Math.Pow(svi.Context.Store.GetValue("m").Number() - 2, 2), svi.EvaluateLoss(default), 1e-9);
    }

    [Test]
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
        Assert.That(together, Is.EqualTo(alone));
    }
}
