using Pyro.Poutines;
using Pyro.Programs;
using static TorchSharp.torch;

namespace Pyro.Infer;

/// <summary>
/// Importance sampling: runs drawn from a guide, each weighted by p(x, z) / q(z). Without a guide they are drawn from the model's prior, so that the weight is
/// the likelihood of the data. A run in which an observation is outside of its support has the weight zero. Plates that the programs subsample are visited whole: an estimate of a log density, exponentiated, is none of a weight.
/// </summary>
/// <typeparam name="TArgs">The programs' arguments.</typeparam>
public sealed class Importance<TArgs>
{
    private readonly Program<TArgs> _model;
    private readonly Program<TArgs>? _guide;
    private readonly int _numSamples;

    /// <summary>Creates the inference.</summary>
    /// <param name="model">The model.</param>
    /// <param name="guide">What is drawn from: the model's latent sites, with supports no smaller than its own; the prior where none is given.</param>
    /// <param name="numSamples">How many runs are drawn.</param>
    public Importance(Program<TArgs> model, Program<TArgs>? guide = null, int numSamples = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(numSamples, 1);
        _model = model.With(new VisitAllPoutine());
        _guide = guide?.With(new VisitAllPoutine());
        _numSamples = numSamples;
    }

    /// <summary>Draws the runs.</summary>
    /// <param name="args">The programs' arguments.</param>
    /// <param name="context">The run's context; where none is given, a new one on the store of the program that asks, or on the default store.</param>
    /// <exception cref="ModelException">The programs do not fit each other, or the data are impossible under all runs.</exception>
    public TracePosterior Run(TArgs args, RunContext? context = null)
    {
        context ??= RunContext.ForInference();
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var outside = new OutsidePoutine();
        var model = _model.With(outside);
        var traces = new WeightedTrace[_numSamples];
        for (var i = 0; i < traces.Length; i++)
            traces[i] = _guide is null ? Prior(model, args, context) : Guided(model, _guide, args, context);
        return traces.Any(trace => trace.LogWeight > double.NegativeInfinity)
            ? new TracePosterior(traces, areDraws: true).Own(scope)
            : throw outside.Impossible(
                $"All {traces.Length} runs of {_model.Name} give the data the probability zero. Draw more of them, or give a guide that draws where the data are possible.",
                $"All {traces.Length} runs of {_model.Name}");
    }

    private static WeightedTrace Prior(Program<TArgs> model, TArgs args, RunContext context)
    {
        // What is drawn from the prior has the same density on both sides, so that only the observations are left.
        var trace = model.Trace(args, context);
        using var scope = NewDisposeScope();
        return RunWeights.Of(trace, Scalars.ToDouble(trace.LogPdf(site => site.Kind == SiteKind.Observed)), trace);
    }

    private static WeightedTrace Guided(Program<TArgs> model, Program<TArgs> guide, TArgs args, RunContext context)
    {
        var pair = new TracePair();
        pair.Run(context, model, guide, args);
        if (pair.Auxiliary is { } auxiliary)
            throw new ModelException(auxiliary,
                $"The site '{auxiliary}' of the guide {guide.Name} is auxiliary: without a density of it in the model {model.Name} a run has no weight. Give the model the site, with any distribution.");
        using var scope = NewDisposeScope();
        return RunWeights.Of(pair.Model, Scalars.ToDouble(pair.Model.LogPdf()) - Scalars.ToDouble(pair.Guide.LogPdf()), pair.Guide, pair.Model);
    }
}
