using System.Diagnostics;
using ProbCompiler.Benchmarks;
using Pyro.Infer;
using Pyro.Optim;
using Pyro.Params;
using Pyro.Poutines;
using Pyro.Programs;
using Spectre.Console;
using static TorchSharp.torch;

// An SVI step of a model whose points are met in an IRange loop: all iterations as one, and one by one, in one run.
var table = new Table().AddColumns("model", "points", "as one, µs a step", "one by one, µs a step", "ratio");
foreach (var points in (int[])[20, 200, 1000])
{
    using var x = linspace(-1, 1, points);
    using var y = x * 2;
    Add("observations", Regression.CompiledModel, Regression.CompiledGuide, x, y);
    Add("a latent each", Regression.CompiledNoisy, Regression.CompiledNoisyGuide, x, y);
}
AnsiConsole.Write(table);

void Add(string name, Program<(Tensor x, Tensor y)> model, Program<(Tensor x, Tensor y)> guide, Tensor x, Tensor y)
{
    var points = x.shape[0];
    var together = Step(model, guide, (x, y));
    var apart = Step(model.With(new OneByOne()), guide.With(new OneByOne()), (x, y));
    table.AddRow(name, $"{points}", $"{together:F0}", $"{apart:F0}", $"{apart / together:F1}");
}

static double Step(Program<(Tensor x, Tensor y)> model, Program<(Tensor x, Tensor y)> guide, (Tensor x, Tensor y) args)
{
    var svi = new SVI<(Tensor x, Tensor y)>(model, guide, new Adam(lr: 1e-3), new ELBO(), new RunContext(new ParamStore(), seed: 0));
    for (var i = 0; i < 50; i++)
        svi.Step(args);
    var blocks = new List<double>();
    for (var block = 0; block < 9; block++)
    {
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < 20; i++)
            svi.Step(args);
        blocks.Add(clock.Elapsed.TotalMicroseconds / 20);
    }
    return blocks.Order().ElementAt(blocks.Count / 2);
}
