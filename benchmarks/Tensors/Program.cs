using System.Diagnostics;
using ProbCompiler.Benchmarks;
using Spectre.Console;
using static TorchSharp.torch;

// The tensor layer's cost on one thread beside the same operations in C++ on the same libtorch: in one process, blocks of the two taking turns,
// the median of each. Fails where a ratio is above its bound.
const int rounds = 151;
const double block = 4e6;   // nanoseconds

set_num_threads(1);
using var operations = new Operations();
var table = new Table().AddColumns("operation", "C++, ns", "C#, ns", "ratio", "bound").RoundedBorder();
var met = true;
Compare("a + b, 0-dim, disposed by hand", Floor.Add, operations.Add, 1.2);
Compare("a + b, 0-dim, disposed by a scope of ten", Floor.AddTen, operations.AddInScope, 1.2);
Compare("item", times => Floor.Item(times), operations.Item, 1.5);
Compare("normal log density, forward and backward", Floor.Density, operations.Density, 1.1);
Compare("Adam, a step of 4 scalar parameters", Floor.Adam, operations.Adam, 0.5);
AnsiConsole.Write(table);
return met ? 0 : 1;

void Compare(string name, Action<long> cpp, Action<long> csharp, double bound)
{
    var times = Math.Max(10, (long)(block / Time(cpp, 2000)) / 10 * 10);
    // The just-in-time compiler has its say before it counts.
    for (var warmUp = Stopwatch.StartNew(); warmUp.Elapsed.TotalSeconds < 1;)
        Time(csharp, times);
    var pairs = new (double Cpp, double CSharp)[rounds];
    for (var i = 0; i < rounds; i++)
        pairs[i] = (Time(cpp, times), Time(csharp, times));
    var ratio = Median(pairs.Select(p => p.CSharp / p.Cpp));
    met &= ratio <= bound;
    table.AddRow(name, $"{Median(pairs.Select(p => p.Cpp)):F0}", $"{Median(pairs.Select(p => p.CSharp)):F0}", $"{ratio:F2}", $"{bound:F1}");
}

static double Time(Action<long> body, long times)
{
    var clock = Stopwatch.StartNew();
    body(times);
    return clock.Elapsed.TotalNanoseconds / times;
}

static double Median(IEnumerable<double> values)
{
    var sorted = values.Order().ToArray();
    return sorted[sorted.Length / 2];
}
