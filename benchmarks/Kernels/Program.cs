using System.Diagnostics;
using Pyro.Distributions;
using Spectre.Console;
using static TorchSharp.torch;

// The sum of a log density with the gradients of its arguments: by the fused kernel and by tensor operations, in one process and on one thread, blocks of
// the two taking turns, the median of each. Fails where the kernel is not as much faster as it must be.
const int rounds = 31;
var logTwoPi = Math.Log(2 * Math.PI);

set_num_threads(1);
var table = new Table().Width(140).AddColumns("density", "gradients", "floats", "operations, µs", "kernel, µs", "times faster", "at least").RoundedBorder();
var met = true;
foreach (var (count, bound) in new[] { (10L, 5.0), (1_000_000L, 6.0) })
{
    using var scope = NewDisposeScope();
    Tensor Real() => randn(count).requires_grad_();
    Tensor Positive() => (rand(count) * 3 + 0.5).requires_grad_(false).requires_grad_();
    var bits = (rand(count) > 0.5).to_type(ScalarType.Float32);
    var rows = count / 10;
    var outcomes = randint(10, rows);
    Compare("Normal(x; μ, σ)", "x, μ, σ", count, bound, [Real(), Real(), Positive()],
        a => (((a[0] - a[1]) / a[2]).square() * -0.5 - a[2].log() - logTwoPi / 2).sum(),
        a => Normal.LogPdf(a[0], a[1], a[2]));
    Compare("Gamma(x; α, β)", "x, α, β", count, bound, [Positive(), Positive(), Positive()],
        a => (a[1] * a[2].log() - a[1].lgamma() + (a[1] - 1) * a[0].log() - a[2] * a[0]).sum(),
        a => Gamma.LogPdf(a[0], a[1], a[2]));
    Compare("Bernoulli(x; logits)", "logits", count, bound, [bits, Real()],
        a => (a[0] * a[1] - nn.functional.softplus(a[1])).sum(),
        a => Bernoulli.LogPdf(a[0], null, logits: a[1]));
    Compare("Categorical(x; logits), 10 outcomes", "logits", count, bound, [outcomes, randn(rows, 10).requires_grad_()],
        a => a[1].log_softmax(-1).gather(-1, a[0].unsqueeze(-1)).sum(),
        a => Categorical.LogPdf(a[0], null, logits: a[1]));
}
AnsiConsole.Write(table);
return met ? 0 : 1;

void Compare(
    string name, string gradients, long count, double bound, Tensor[] arguments, Func<Tensor[], Tensor> operations, Func<Tensor[], Tensor> kernel)
{
    Debug.Assert(operations(arguments).allclose(kernel(arguments), rtol: 1e-3));
    var times = (int)Math.Max(1, 20_000 / count);
    // The just-in-time compiler has its say before it counts.
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
    table.AddRow(name, gradients, $"{count:N0}", $"{Median(pairs.Select(p => p.Operations)):F1}", $"{Median(pairs.Select(p => p.Kernel)):F1}",
        $"{ratio:F1}", $"{bound:F0}");
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
