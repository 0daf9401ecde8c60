using Pyro.Distributions;
using Pyro.Poutines;
using Pyro.Programs;
using Pyro.Traces;
using static TorchSharp.torch;

namespace Pyro.Infer;

/// <summary>
/// Exact inference for models with discrete latent sites: every combination of their values is run, breadth first, and weighted by its joint density. Where
/// there are continuous latent sites too, each combination has one draw of theirs, and is weighted without their densities. A run in which an observation is outside of its
/// support has the weight zero. Plates that the model subsamples are visited whole.
/// </summary>
/// <remarks>
/// A model whose combinations have no end, such as one that flips a coin until it shows heads, is searched as far as the tries go: <see cref="TracePosterior.ExploredMass"/> is the prior
/// probability of the combinations that were run, and the evidence is at least <see cref="TracePosterior.LogEvidence"/> says.
/// </remarks>
/// <typeparam name="TArgs">The model's arguments.</typeparam>
/// <param name="model">The model.</param>
/// <param name="maxTries">How many runs may be started in all. One more run is started for each value that is not the last of a combination.</param>
public sealed class Search<TArgs>(Program<TArgs> model, int maxTries = 1_000_000)
{
    /// <summary>Runs every combination, or as many as the tries allow.</summary>
    /// <param name="args">The model's arguments.</param>
    /// <param name="context">The run's context; where none is given, a new one on the store of the program that asks, or on the default store.</param>
    /// <exception cref="ModelException">
    /// The data are impossible under all combinations that were run, no combination was whole when the tries ended, a weight is NaN or infinite, or a site has too many values.
    /// </exception>
    public TracePosterior Run(TArgs args, RunContext? context = null)
    {
        context ??= RunContext.ForInference();
        using var noGrad = no_grad();
        using var all = NewDisposeScope();
        var outside = new OutsidePoutine();
        var queue = new Queue<Trace>([new Trace()]);
        var tries = new Tries(maxTries);
        var queued = new QueuedProgram<TArgs>(
            model.With(new VisitAllPoutine()).With(outside), queue, int.MaxValue, TraceExtensions.Combined, EscapePoutine.Discrete, tries);
        var traces = new List<WeightedTrace>();
        while (queue.Count > 0 && Next(queued, args, context) is { } trace)
        {
            using var scope = NewDisposeScope();
            traces.Add(RunWeights.Of(trace, Scalars.ToDouble(trace.LogPdf(site => site.Kind == SiteKind.Observed || site.Distribution!.Enumerable)), trace));
        }
        var explored = queue.Count == 0 ? 1 : traces.Sum(trace => Mass(trace.Trace));
        if (traces.Exists(trace => trace.LogWeight > double.NegativeInfinity))
            return new TracePosterior(traces, areDraws: false) { ExploredMass = explored }.Own(all);
        if (queue.Count == 0)
            throw outside.Impossible(
                $"The data are impossible under all {traces.Count} combinations of the latent sites of {model.Name}.", $"All {traces.Count} combinations of the latent sites of {model.Name}");
        throw outside.Impossible(
            $"In {maxTries} tries {traces.Count} combinations of the latent sites of {model.Name} were run, of the prior probability {Numbers.Format(explored)}, and under none are the data " +
            "possible. Allow more tries, or draw by Importance.",
            $"All {traces.Count} combinations of the latent sites of {model.Name} that were run in {maxTries} tries");
    }

    private static Trace? Next(QueuedProgram<TArgs> queued, TArgs args, RunContext context)
    {
        try
        {
            return queued.Trace(args, context);
        }
        catch (Tries.SpentException)
        {
            return null;
        }
    }

    // The prior probability of a combination: of all of them together, one.
    private static double Mass(Trace trace)
    {
        using var scope = NewDisposeScope();
        var logMass = 0.0;
        foreach (ref readonly var site in trace.Entries)
            if (site.Kind == SiteKind.Latent && site.Distribution!.Enumerable)
                logMass += Scalars.ToDouble(site.ScoreLogProb().sum());
        return Math.Exp(logMass);
    }
}
