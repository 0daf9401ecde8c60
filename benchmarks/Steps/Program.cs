using System.CommandLine;
using System.Diagnostics;
using ProbCompiler.Benchmarks;
using Pyro;
using Spectre.Console;
using static TorchSharp.torch;

// The time of an SVI step of several models, on one thread. With --against, beside the same program of another build: both are alive at once and take
// blocks of steps in turn, so that whatever else the machine does meets both.
var against = new Option<string?>("--against") { Description = "The Steps.dll of another build" };
var rounds = new Option<int>("--rounds") { Description = "How many blocks of steps each takes", DefaultValueFactory = _ => 40 };
var only = new Option<string[]>("--only") { Description = "The workloads to time; all where none is given", AllowMultipleArgumentsPerToken = true };
var serve = new Option<bool>("--serve") { Description = "Read names of workloads, take a block of steps of each, and answer with the time", Hidden = true };
var command = new RootCommand("Times the SVI step of several models.") { against, rounds, only, serve };
command.SetAction(parsed =>
{
    if (parsed.GetValue(serve))
        return Serve();
    var names = parsed.GetValue(only) is { Length: > 0 } chosen ? chosen : [.. Workloads.All.Select(workload => workload.Name)];
    return Compare(names, parsed.GetValue(against), parsed.GetValue(rounds));
});
return command.Parse(args).Invoke();

// The processor time of a step, in microseconds: time in which the machine did something else does not count.
static int Serve()
{
    set_num_threads(1);
    Primitives.SetRngSeed(0);
    var steps = new Dictionary<string, Action>();
    while (Console.ReadLine() is { } name)
    {
        var (_, block, prepare) = Workloads.All.Single(workload => workload.Name == name);
        if (!steps.TryGetValue(name, out var step))
            steps[name] = step = prepare();
        var start = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < block; i++)
            step();
        Console.WriteLine(FormattableString.Invariant($"{(Environment.CpuUsage.TotalTime - start).TotalMicroseconds / block}"));
    }
    return 0;
}

static int Compare(string[] names, string? other, int rounds)
{
    const int warmUp = 10;
    string[] builds = other is null ? [Environment.ProcessPath!] : [Environment.ProcessPath!, other];
    var children = Array.ConvertAll(builds, Start);
    var table = new Table().AddColumns("workload", "µs a step").Caption($"median of {rounds} blocks; load average {Load()}");
    if (other is not null)
        table.AddColumns("the other", "ratio", "quartiles of the ratio");
    foreach (var name in names)
    {
        var times = Array.ConvertAll(children, _ => new List<double>());
        for (var round = 0; round < warmUp + rounds; round++)
            for (var i = 0; i < children.Length; i++)
            {
                children[i].StandardInput.WriteLine(name);
                var time = double.Parse(children[i].StandardOutput.ReadLine() ?? throw new InvalidOperationException($"{builds[i]} ended at {name}."), System.Globalization.CultureInfo.InvariantCulture);
                if (round >= warmUp)
                    times[i].Add(time);
            }
        var row = new List<string> { name, FormattableString.Invariant($"{Quantile(times[0], 0.5):F0}") };
        if (other is not null)
        {
            var ratios = times[0].Zip(times[1], (own, others) => own / others).ToList();
            row.Add(FormattableString.Invariant($"{Quantile(times[1], 0.5):F0}"));
            row.Add(FormattableString.Invariant($"{Quantile(times[0], 0.5) / Quantile(times[1], 0.5):F2}"));
            row.Add(FormattableString.Invariant($"{Quantile(ratios, 0.25):F2} – {Quantile(ratios, 0.75):F2}"));
        }
        table.AddRow([.. row]);
    }
    foreach (var child in children)
    {
        child.StandardInput.Close();
        child.WaitForExit();
    }
    AnsiConsole.Write(table);
    return 0;
}

static Process Start(string build)
{
    var (file, arguments) = build.EndsWith(".dll", StringComparison.Ordinal) ? ("dotnet", new[] { build, "--serve" }) : (build, ["--serve"]);
    return Process.Start(new ProcessStartInfo(file, arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        Environment = { ["OMP_NUM_THREADS"] = "1", ["OPENBLAS_NUM_THREADS"] = "1" },
    })!;
}

static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

static double Quantile(List<double> numbers, double share) => numbers.Order().ElementAt((int)(share * (numbers.Count - 1)));
