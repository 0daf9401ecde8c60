using Pyro.Infer;
using ProbCompiler.Samples;
using Spectre.Console;
using static TorchSharp.torch;

return SampleCommand.Run("The effects of coaching in eight schools (Rubin 1981), partially pooled.", 8000, args, steps =>
{
    float[] effects = [28, 8, -3, 7, -1, 1, 18, 12], errors = [15, 10, 16, 11, 9, 11, 10, 18];
    using var y = tensor(effects);
    using var sigma = tensor(errors);

    Report.Write(EightSchools.CompiledModel);
    var losses = Training.Fit(EightSchools.CompiledModel, EightSchools.CompiledGuide, (y, sigma), steps, particles: 1);

    using var scope = NewDisposeScope();
    var posterior = Posterior.Sample(EightSchools.CompiledGuide, (y, sigma), 10_000);
    var theta = posterior["mu"].unsqueeze(-1) + posterior["tau"].unsqueeze(-1) * posterior["eta"];
    var means = theta.mean([0L]).data<float>().ToArray();
    var intervals = theta.quantile(tensor([0.05f, 0.95f]), 0).data<float>().ToArray();

    // With no spread between the schools (tau = 0) all effects are one number: its posterior mean under the prior N(0, 5²) of mu.
    var precision = 1 / 25.0 + errors.Sum(error => 1 / ((double)error * error));
    var pooled = effects.Zip(errors, (effect, error) => effect / ((double)error * error)).Sum() / precision;

    var table = new Table().AddColumns("school", "measured", "error", "effect", "90 % interval");
    var between = true;
    for (var i = 0; i < effects.Length; i++)
    {
        between &= means[i] > Math.Min(pooled, effects[i]) && means[i] < Math.Max(pooled, effects[i]);
        table.AddRow($"{(char)('A' + i)}", $"{effects[i]}", $"{errors[i]}", $"{means[i]:F1}", $"{intervals[i]:F1} … {intervals[effects.Length + i]:F1}");
    }
    AnsiConsole.Write(table);
    var converged = Math.Abs(losses[^1] - losses[^2]) < 0.1;
    AnsiConsole.WriteLine($"Complete pooling gives every school {pooled:F1}. Population: mean {posterior.Mean("mu").item<float>():F1}, spread {posterior.Mean("tau").item<float>():F1}.");
    AnsiConsole.WriteLine($"The loss has {(converged ? "" : "not ")}converged; the effects {(between ? "lie" : "do not all lie")} between the pooled and the separate means.");
    return converged && between;
});
