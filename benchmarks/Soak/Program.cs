using System.CommandLine;
using System.Diagnostics;
using ProbCompiler.Benchmarks;
using ProbCompiler.Samples;
using Pyro;
using Pyro.Distributions.Transforms;
using Pyro.Infer;
using Pyro.Optim;
using static TorchSharp.torch;

// Takes SVI steps and prints the resident memory as it goes: what is held after the warm-up is all that may be held later.
const int warmUp = 10_000;
const double tolerance = 0.03;

var count = new Option<int>("--steps") { Description = "How many SVI steps to take", DefaultValueFactory = _ => 200_000 };
count.Validators.Add(result =>
{
    if (result.GetValueOrDefault<int>() <= warmUp)
        result.AddError($"--steps needs a number above the warm-up's {warmUp}.");
});
var program = new Option<string>("--program")
{
    Description = "Which program: CoinFlip, or CurvedFlow, whose guide draws by a flow",
    DefaultValueFactory = _ => nameof(CoinFlip),
};
program.AcceptOnlyFromAmong(nameof(CoinFlip), nameof(CurvedFlow));
var command = new RootCommand("Holds the memory of a long run against that of a short one; fails where it grew by more than 3 %.")
{
    count, program,
};
command.SetAction(parsed =>
{
    Primitives.SetRngSeed(0);
    return Soak(parsed.GetValue(program) == nameof(CurvedFlow) ? Flows() : Flips(), parsed.GetValue(count)) ? 0 : 1;
});
return command.Parse(args).Invoke();

static Action Flips()
{
    var flips = cat([ones(140), zeros(110)]);
    var svi = new SVI<Tensor>(CoinFlip.CompiledModel, CoinFlip.CompiledGuide, new Adam(lr: 5e-3), new ELBO());
    return () => svi.Step(flips);
}

static Action Flows()
{
    var (data, map) = (randn(20) + 2, new InverseAutoregressiveFlow(2, 8));
    var svi = new SVI<(Tensor data, InverseAutoregressiveFlow map)>(
        CurvedFlow.CompiledModel, CurvedFlow.CompiledGuide, new Adam(lr: 5e-3), new ELBO());
    return () => svi.Step((data, map));
}

static bool Soak(Action advance, int steps)
{
    var clock = Stopwatch.StartNew();

    for (var step = 0; step < warmUp; step++)
        advance();
    var before = Show(warmUp);
    var most = before;

    var every = Math.Max(1, steps / 10);
    for (var step = warmUp + 1; step <= steps; step++)
    {
        advance();
        if (step % every == 0 || step == steps)
            most = Math.Max(most, Show(step));
    }

    var growth = (double)most / before - 1;
    Console.WriteLine(FormattableString.Invariant(
        $"{steps} steps in {clock.Elapsed.TotalSeconds:F0} s; resident memory at most {growth:P1} above that of step {warmUp} (allowed: {tolerance:P0})"));
    return growth <= tolerance;
}

static long Show(int step)
{
    var resident = ResidentMemory.Bytes;
    Console.WriteLine(FormattableString.Invariant(
        $"step {step,9}: {resident / 1048576.0:F1} MiB, of which managed {GC.GetGCMemoryInfo().TotalCommittedBytes / 1048576.0:F1} MiB; collections of generation 0 {GC.CollectionCount(0) - GC.CollectionCount(1)}, 1 {GC.CollectionCount(1) - GC.CollectionCount(2)}, 2 {GC.CollectionCount(2)}"));
    return resident;
}
