using Pyro.Distributions;
using Pyro.Poutines;
using Pyro.Programs;
using Pyro.Traces;
using static TorchSharp.torch;

namespace Pyro.Infer;

/// <summary>
/// Importance sampling: runs drawn from a guide, each weighted by p(x, z) / q(z). Without a guide they are drawn from the model's prior, so that the weight is
/// the likelihood of the data. Plates that the programs subsample are visited whole: an estimate of a log density, exponentiated, is none of a weight.
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
        var traces = new WeightedTrace[_numSamples];
        for (var i = 0; i < traces.Length; i++)
            traces[i] = _guide is null ? Prior(args, context) : Guided(_guide, args, context);
        return traces.Any(trace => trace.LogWeight > double.NegativeInfinity)
            ? new TracePosterior(traces, areDraws: true).Own(scope)
            : throw new ModelException(null,
                $"All {traces.Length} runs of {_model.Name} give the data the probability zero. Draw more of them, or give a guide that draws where the data are possible.");
    }

    private WeightedTrace Prior(TArgs args, RunContext context)
    {
        // What is drawn from the prior has the same density on both sides, so that only the observations are left.
        var trace = _model.Trace(args, context);
        using var scope = NewDisposeScope();
        return Weighted(trace, Scalars.ToDouble(trace.LogPdf(site => site.Kind == SiteKind.Observed)), trace);
    }

    private WeightedTrace Guided(Program<TArgs> guide, TArgs args, RunContext context)
    {
        var pair = new TracePair();
        pair.Run(context, _model, guide, args);
        using var scope = NewDisposeScope();
        return Weighted(pair.Model, Scalars.ToDouble(pair.Model.LogPdf()) - Scalars.ToDouble(pair.Guide.LogPdf()), pair.Guide, pair.Model);
    }

    private static WeightedTrace Weighted(Trace trace, double logWeight, params ReadOnlySpan<Trace> scored)
    {
        if (logWeight < double.PositiveInfinity)
            return new WeightedTrace(trace, logWeight);
        foreach (var run in scored)
            foreach (var site in run)
                if (site.IsStochastic && Scalars.ToDouble(site.LogPdf()) is var density && !double.IsFinite(density))
                    throw new ModelException(site.Name,
                        $"The log density of site '{site.Name}' is {Numbers.Format(density)} in a run, whose weight is then no number. Give the site parameters and values " +
                        "that have a finite density.");
        throw new ModelException(null, $"The weight of a run is {Numbers.Format(logWeight)}, though each site's log density is finite: their sum or scale overflows. Lower the scales.");
    }
}
