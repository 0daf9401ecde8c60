using System.Diagnostics;
using Pyro.Distributions;
using Pyro.Kernels;
using Spectre.Console;
using static TorchSharp.torch;

// The sum of a log density with the gradients of its arguments, on one thread: by the fused kernel as a step of inference uses it, by the formula in tensor
// operations, and by operations that give the kernel's own result, −∞ outside the support. Each with a run of the engine of its own; the sites of a step
// share one. In one process, blocks of the three taking turns, the median of each. Fails where the kernel is not twice as fast as the latter for ten floats
// and five times for a million. x.sum(), in the last row, is what a run of the engine costs at least.
const int rounds = 31;
var logTwoPi = Math.Log(2 * Math.PI);

set_num_threads(1);
AnsiConsole.Profile.Width = 140;
var table = new Table().AddColumns(
    "density", "gradients", "floats", "formula, µs", "same result, µs", "kernel, µs", "× formula", "× same result", "at least").RoundedBorder();
var met = true;
foreach (var count in new[] { 10L, 1_000_000L })
{
    var large = count > 10;
    using var scope = NewDisposeScope();
    Tensor Real() => randn(count).requires_grad_();
    Tensor Positive() => (rand(count) * 3 + 0.5).requires_grad_();
    var nowhere = tensor(float.NegativeInfinity);
    var bits = (rand(count) > 0.5).to_type(ScalarType.Float32);
    var rows = count / 10;
    var outcomes = randint(10, rows);
    Tensor NormalFormula(Tensor[] a) => ((a[0] - a[1]) / a[2]).square() * -0.5 - a[2].log() - logTwoPi / 2;
    Tensor GammaFormula(Tensor[] a) => a[1] * a[2].log() - a[1].lgamma() + (a[1] - 1) * a[0].log() - a[2] * a[0];
    Tensor BernoulliFormula(Tensor[] a) => a[0] * a[1] - nn.functional.softplus(a[1]);
    Tensor CategoricalFormula(Tensor[] a) => a[1].log_softmax(-1).gather(-1, a[0].unsqueeze(-1)).squeeze(-1);
    Compare("Normal(x; μ, σ)", "x, μ, σ", count, [Real(), Real(), Positive()],
        NormalFormula, NormalFormula, a => new Normal(a[1], a[2]));
    Compare("Gamma(x; α, β)", "x, α, β", count, [Positive(), Positive(), Positive()],
        GammaFormula,
        a => a[0].gt(0) is var inside ? where(inside, GammaFormula([where(inside, a[0], tensor(1f)), a[1], a[2]]), nowhere) : nowhere,
        a => new Gamma(a[1], a[2]));
    Compare("Bernoulli(x; logits)", "logits", count, [bits, Real()],
        BernoulliFormula,
        a => where(a[0].eq(0).logical_or(a[0].eq(1)), BernoulliFormula(a), nowhere),
        a => new Bernoulli(logits: a[1]));
    Compare("Categorical(x; logits), 10 outcomes", "logits", count, [outcomes, randn(rows, 10).requires_grad_()],
        CategoricalFormula,
        a => a[0].ge(0).logical_and(a[0].lt(10)) is var inside
            ? where(inside, CategoricalFormula([where(inside, a[0], tensor(0L)), a[1]]), nowhere) : nowhere,
        a => new Categorical(logits: a[1]));
}
using (var x = randn(10).requires_grad_())
    table.AddRow("x.sum()", "x", "10", $"{Median(Enumerable.Range(0, rounds).Select(_ => Time(a => Differentiate(a[0].sum()), [x], 2000))):F1}", "", "", "", "", "");
AnsiConsole.Write(table);
return met ? 0 : 1;

void Compare(string name, string gradients, long count, Tensor[] arguments,
    Func<Tensor[], Tensor> formula, Func<Tensor[], Tensor> same, Func<Tensor[], Distribution> distribution)
{
    var gradientsOfTerms = new RootGradients();
    void Formula(Tensor[] a) => Differentiate(formula(a).sum());
    void Same(Tensor[] a) => Differentiate(same(a).sum());
    void Kernel(Tensor[] a)
    {
        distribution(a).LogDensity(a[0], new Reduction(0, Gradients: gradientsOfTerms));
        gradientsOfTerms.Backward(1);
    }
    if (!same(arguments).sum().allclose(distribution(arguments).LogPdf(arguments[0]), rtol: 1e-3))
        throw new InvalidOperationException($"{name}: the kernel gives something else.");
    var bound = count > 10 ? 5 : 2;
    var times = (int)Math.Max(1, 20_000 / count);
    // The just-in-time compiler has its say before it counts.
    for (var warmUp = Stopwatch.StartNew(); warmUp.Elapsed.TotalSeconds < 1;)
    {
        Time(Formula, arguments, 1);
        Time(Same, arguments, 1);
        Time(Kernel, arguments, 1);
    }
    var triples = new (double Formula, double Same, double Kernel)[rounds];
    for (var i = 0; i < rounds; i++)
        triples[i] = (Time(Formula, arguments, times), Time(Same, arguments, times), Time(Kernel, arguments, times));
    var ratio = Median(triples.Select(p => p.Same / p.Kernel));
    met &= ratio >= bound;
    table.AddRow(name, gradients, $"{count:N0}", $"{Median(triples.Select(p => p.Formula)):F1}", $"{Median(triples.Select(p => p.Same)):F1}",
        $"{Median(triples.Select(p => p.Kernel)):F1}", $"{Median(triples.Select(p => p.Formula / p.Kernel)):F1}", $"{ratio:F1}", $"{bound}");
}

static void Differentiate(Tensor scalar) => scalar.backward();

static double Time(Action<Tensor[]> work, Tensor[] arguments, int times)
{
    // As in a step: gradients are there, and zero.
    foreach (var argument in arguments)
        using (no_grad())
            argument.grad?.zero_();
    var clock = Stopwatch.StartNew();
    for (var i = 0; i < times; i++)
    {
        using var scope = NewDisposeScope();
        work(arguments);
    }
    return clock.Elapsed.TotalMicroseconds / times;
}

static double Median(IEnumerable<double> values)
{
    var sorted = values.Order().ToArray();
    return sorted[sorted.Length / 2];
}
