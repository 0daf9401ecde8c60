using System.CommandLine;
using System.Diagnostics;
using ProbCompiler.Benchmarks;
using ProbCompiler.Samples;
using Pyro;
using Pyro.Infer;
using Pyro.Optim;
using static TorchSharp.torch;

// Takes SVI steps and prints the resident memory as it goes: what is held after the warm-up is all that may be held at the end.
const int warmUp = 2000;
const double tolerance = 0.05;

var count = new Option<int>("--steps") { Description = "How many SVI steps of CoinFlip to take", DefaultValueFactory = _ => 200_000 };
count.Validators.Add(result =>
{
    if (result.GetValueOrDefault<int>() <= warmUp)
        result.AddError($"--steps needs a number above the warm-up's {warmUp}.");
});
var command = new RootCommand("Holds the memory of a long run against that of a short one; fails where it grew by more than 5 %.") { count };
command.SetAction(parsed => Soak(parsed.GetValue(count)) ? 0 : 1);
return command.Parse(args).Invoke();

static bool Soak(int steps)
{
    Primitives.SetRngSeed(0);
    using var flips = cat([ones(140), zeros(110)]);
    var svi = new SVI<Tensor>(CoinFlip.CompiledModel, CoinFlip.CompiledGuide, new Adam(lr: 5e-3), new ELBO());
    var clock = Stopwatch.StartNew();

    for (var step = 0; step < warmUp; step++)
        svi.Step(flips);
    var before = ResidentMemory.Bytes;
    Show(warmUp, before);

    var every = Math.Max(1, steps / 10);
    for (var step = warmUp + 1; step <= steps; step++)
    {
        svi.Step(flips);
        if (step % every == 0)
            Show(step, ResidentMemory.Bytes);
    }

    var growth = (double)ResidentMemory.Bytes / before - 1;
    Console.WriteLine(FormattableString.Invariant(
        $"{steps} steps in {clock.Elapsed.TotalSeconds:F0} s; resident memory {growth:+0.0%;-0.0%} since step {warmUp} (allowed: {tolerance:P0})"));
    return Math.Abs(growth) <= tolerance;
}

static void Show(int step, long bytes) => Console.WriteLine(FormattableString.Invariant($"step {step,9}: {bytes / 1048576.0:F1} MiB, of which managed {GC.GetGCMemoryInfo().TotalCommittedBytes / 1048576.0:F1} MiB"));
