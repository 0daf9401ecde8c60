using System.Runtime.InteropServices;
using Pyro.Infer;
using Pyro.Optim;
using Pyro.Programs;
using Spectre.Console;

namespace ProbCompiler.Samples;

/// <summary>Fits a guide with live progress, in stages of falling learning rate: far first, then finely.</summary>
internal static class Training
{
    private static readonly double[] Rates = [0.05, 0.02, 0.005, 0.001];

    /// <summary>Runs the steps and returns the losses' smoothed value at the end of each stage. Ctrl-C ends it after the step it is in, and leaves the terminal as it was.</summary>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    internal static IReadOnlyList<double> Fit<TArgs>(Program<TArgs> model, Program<TArgs> guide, TArgs args, int steps, int particles)
    {
        var optimizer = new Adam();
        var svi = new SVI<TArgs>(model, guide, optimizer, new ELBO(particles));
        var losses = new List<double>();
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
        {
            signal.Cancel = true;
            stop.Cancel();
        });
        AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(display =>
            {
                var task = display.AddTask("SVI", maxValue: steps);
                foreach (var rate in Rates)
                {
                    optimizer.LearningRate = rate;
                    var done = task.Value;
                    var end = svi.Run(args, steps / Rates.Length, now =>
                    {
                        task.Value = done + now.Step;
                        task.Description = FormattableString.Invariant($"loss {now.SmoothedLoss:F3}, {now.StepsPerSecond:F0} steps/s");
                    }, stop.Token);
                    stop.Token.ThrowIfCancellationRequested();
                    losses.Add(end.SmoothedLoss);
                }
                task.Value = steps;
            });
        AnsiConsole.WriteLine(FormattableString.Invariant($"Loss (minus ELBO) at the end of each stage: {string.Join(", ", losses.Select(Format))}"));
        return losses;
    }

    private static string Format(double loss) => FormattableString.Invariant($"{loss:F3}");
}
