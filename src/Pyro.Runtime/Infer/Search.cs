using Pyro.Poutines;
using Pyro.Programs;
using Pyro.Traces;
using static TorchSharp.torch;

namespace Pyro.Infer;

/// <summary>
/// Exact inference for models with discrete latent sites: every combination of their values is run, breadth first, and weighted by its joint density. Where
/// there are continuous latent sites too, each combination has one draw of theirs, and is weighted without their densities. Plates that the model subsamples are visited
/// whole.
/// </summary>
/// <typeparam name="TArgs">The model's arguments.</typeparam>
/// <param name="model">The model.</param>
/// <param name="maxTries">How many runs may be started before the next one is whole.</param>
public sealed class Search<TArgs>(Program<TArgs> model, int maxTries = 1_000_000)
{
    /// <summary>Runs every combination.</summary>
    /// <param name="args">The model's arguments.</param>
    /// <param name="context">The run's context; where none is given, a new one on the store of the program that asks, or on the default store.</param>
    /// <exception cref="ModelException">The data are impossible under all combinations, or a site has too many values.</exception>
    public TracePosterior Run(TArgs args, RunContext? context = null)
    {
        context ??= RunContext.ForInference();
        using var noGrad = no_grad();
        using var all = NewDisposeScope();
        var queue = new Queue<Trace>([new Trace()]);
        var queued = model.With(new VisitAllPoutine()).Queue(queue, maxTries, TraceExtensions.Combined);
        var traces = new List<WeightedTrace>();
        while (queue.Count > 0)
        {
            var trace = queued.Trace(args, context);
            using var scope = NewDisposeScope();
            traces.Add(new WeightedTrace(trace, Scalars.ToDouble(trace.LogPdf(site => site.Kind == SiteKind.Observed || site.Distribution!.Enumerable))));
        }
        return traces.Exists(trace => trace.LogWeight > double.NegativeInfinity)
            ? new TracePosterior(traces, areDraws: false).Own(all)
            : throw new ModelException(null, $"The data are impossible under all {traces.Count} combinations of the latent sites of {model.Name}.");
    }
}
