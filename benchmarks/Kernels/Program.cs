using System.Diagnostics;
using Pyro.Distributions;
using Spectre.Console;
using static TorchSharp.torch;

// The sum of a log density with the gradients of all its arguments: by the fused kernel and by operations, in one process and on one thread, blocks of
// the two taking turns, the median of each. Fails where the kernel is not as much faster as it must be.
const int rounds = 21;

set_num_threads(1);
var table = new Table().AddColumns("density", "floats", "operations, µs", "kernel, µs", "times faster", "at least").RoundedBorder();
var met = true;
foreach (var (count, bound) in new[] { (10L, 5.0), (1_000_000L, 6.0) })
{
    using var scope = NewDisposeScope();
    Tensor Normals() => randn(count).requires_grad_();
    Tensor Positives() => (rand(count) * 3 + 0.5).detach().requires_grad_();
    Compare("Normal", count, bound, [Normals(), Normals(), Positives()], a => Normal.LogProb(a[0], a[1], a[2]).sum(), a => Normal.LogPdf(a[0], a[1], a[2]));
}
AnsiConsole.Write(table);
return met ? 0 : 1;

void Compare(string name, long count, double bound, Tensor[] arguments, Func<Tensor[], Tensor> operations, Func<Tensor[], Tensor> kernel)
{
    var times = (int)Math.Max(1, 20_000 / count);
    for (var warmUp = Stopwatch.StartNew(); warmUp.Elapsed.TotalSeconds < 1;)
    {
        Time(operations, arguments, 1);
        Time(kernel, arguments, 1);
    }
    var pairs = new (double Operations, double Kernel)[rounds];
    for (var i = 0; i < rounds; i++)
        pairs[i] = (Time(operations, arguments, times), Time(kernel, arguments, times));
    var ratio = Median(pairs.Select(p => p.Operations / p.Kernel));
    met &= ratio >= bound;
    table.AddRow(name, $"{count:N0}", $"{Median(pairs.Select(p => p.Operations)):F1}", $"{Median(pairs.Select(p => p.Kernel)):F1}", $"{ratio:F1}", $"{bound:F0}");
}

static double Time(Func<Tensor[], Tensor> density, Tensor[] arguments, int times)
{
    var differentiable = Array.FindAll(arguments, argument => argument.requires_grad);
    var clock = Stopwatch.StartNew();
    for (var i = 0; i < times; i++)
    {
        using var scope = NewDisposeScope();
        autograd.grad([density(arguments)], differentiable);
    }
    return clock.Elapsed.TotalMicroseconds / times;
}

static double Median(IEnumerable<double> values)
{
    var sorted = values.Order().ToArray();
    return sorted[sorted.Length / 2];
}
