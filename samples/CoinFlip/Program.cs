using Pyro.Infer;
using ProbCompiler.Samples;
using Spectre.Console;
using static TorchSharp.torch;

return SampleCommand.Run("How fair is the Belgian one-euro coin? 250 spins on edge, 140 heads (MacKay 2003).", 10000, args, steps =>
{
    const int spins = 250, heads = 140;
    using var flips = cat([ones(heads), zeros(spins - heads)]);

    Report.Write(CoinFlip.CompiledModel);
    Report.Write(CoinFlip.CompiledGuide);
    Training.Fit(CoinFlip.CompiledModel, CoinFlip.CompiledGuide, flips, steps, particles: 1);

    using var scope = NewDisposeScope();
    var posterior = Posterior.Sample(CoinFlip.CompiledGuide, flips, 4000);
    var mean = posterior.Mean("fairness").item<float>();
    var deviation = posterior.StdDev("fairness").item<float>();

    // Beta(10, 10) and 140 heads, 110 tails: Beta(150, 120).
    const double alpha = 10 + heads, beta = 10 + spins - heads, total = alpha + beta;
    const double exactMean = alpha / total;
    var exactDeviation = Math.Sqrt(alpha * beta / (total * total * (total + 1)));
    AnsiConsole.Write(new Table().AddColumns("fairness", "mean", "sd")
        .AddRow("guide", $"{mean:F4}", $"{deviation:F4}")
        .AddRow("exact, Beta(150, 120)", $"{exactMean:F4}", $"{exactDeviation:F4}"));
    return Math.Abs(mean - exactMean) < 0.01 && Math.Abs(deviation - exactDeviation) < 0.005;
});
