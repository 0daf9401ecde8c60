using System.Runtime.ExceptionServices;
using Pyro.Poutines;
using Pyro.Programs;
using static TorchSharp.torch;

namespace Pyro.Infer;

/// <summary>
/// What a model predicts: runs of it with samples of its posterior for latent sites, and with observed sites drawn instead of given. Runs are made in batches
/// on several threads; the numbers are the same however many there are. Plates that the programs subsample are visited whole.
/// </summary>
/// <typeparam name="TArgs">The programs' arguments.</typeparam>
public sealed class Predictive<TArgs>
{
    // Small enough to occupy several threads, large enough for one to have something to do.
    private const int BatchSize = 64;

    private readonly Program<TArgs> _model;
    private readonly Posterior? _posterior;
    private readonly Program<TArgs>? _guide;
    private readonly int _count;

    /// <summary>Predicts from samples.</summary>
    /// <param name="model">The model; the latent sites that the samples do not have are drawn from it.</param>
    /// <param name="posterior">The samples, one a prediction. Weighted ones are drawn by their weight.</param>
    public Predictive(Program<TArgs> model, Posterior posterior)
    {
        _model = model;
        _posterior = posterior;
        _count = posterior.Count;
    }

    /// <summary>Predicts from a guide at its present parameters.</summary>
    /// <param name="model">The model.</param>
    /// <param name="guide">The guide; null to predict from the prior.</param>
    /// <param name="numSamples">How many predictions.</param>
    public Predictive(Program<TArgs> model, Program<TArgs>? guide, int numSamples)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(numSamples, 1);
        _model = model;
        _guide = guide;
        _count = numSamples;
    }

    /// <summary>Runs the model.</summary>
    /// <param name="args">The programs' arguments.</param>
    /// <param name="context">The run's context; where none is given, a new one on the store of the program that asks, or on the default store.</param>
    /// <returns>The values of all sites: latent, observed (drawn anew) and deterministic.</returns>
    /// <exception cref="ModelException">The programs do not fit each other, or sites change from run to run.</exception>
    public Posterior Run(TArgs args, RunContext? context = null)
    {
        context ??= RunContext.ForInference();
        var chosen = Chosen(context);
        var seeds = Enumerable.Range(0, (_count + BatchSize - 1) / BatchSize).Select(_ => context.NextSeed()).ToArray();
        var parts = new Posterior?[seeds.Length];
        var failures = new ExceptionDispatchInfo?[seeds.Length];
        Parallel.For(0, seeds.Length, batch =>
        {
            try
            {
                using var scope = NewDisposeScope();
                var part = Batch(args, new RunContext(context.Store, seeds[batch]), batch * BatchSize, chosen);
                foreach (var site in part.Sites)
                    scope.Detach(part[site]);
                parts[batch] = part;
            }
            catch (Exception failure)
            {
                failures[batch] = ExceptionDispatchInfo.Capture(failure);
            }
        });
        using var all = NewDisposeScope();
        foreach (var part in parts)
            foreach (var site in part?.Sites ?? [])
                all.Attach(part![site]);
        foreach (var failure in failures)
            failure?.Throw();
        var joined = Posterior.Join(parts!);
        foreach (var site in joined.Sites)
            all.MoveToOuter(joined[site]);
        return joined;
    }

    private Posterior Batch(TArgs args, RunContext context, int start, int[]? chosen)
    {
        var predict = new PredictPoutine();
        var whole = new VisitAllPoutine();
        var guide = _guide?.With(whole);
        return Posterior.Stack(Math.Min(BatchSize, _count - start), (i, trace) =>
        {
            var drawn = guide?.Trace(args, context);
            Poutine? latents = _posterior is not null
                ? new SubstitutePoutine(_posterior.Values(chosen?[start + i] ?? start + i))
                : drawn is null ? null : new ReplayPoutine(drawn);
            using (context.Push(new TracePoutine(trace)))
            {
                if (latents is not null)
                    context.Push(latents);
                context.Push(predict);
                context.Push(whole);
                context.Execute(_model, args);
            }
            if (drawn?.Where(site => site.Kind == SiteKind.Latent && site.Options?.IsAuxiliary != true && !trace.Contains(site.Name)).Select(site => site.Name).FirstOrDefault() is { } unknown)
                throw TracePair.NotInModel(unknown, _model.Name, guide!.Name);
        });
    }

    /// <summary>Which samples, where they have weights.</summary>
    private int[]? Chosen(RunContext context)
    {
        if (_posterior?.LogWeights is null)
            return null;
        using var scope = NewDisposeScope();
        var weights = TensorNumbers.Of(_posterior.LogWeights.ToArray());
        var drawn = softmax(weights, 0).multinomial(_count, replacement: true, generator: context.GetGenerator(weights));
        return Array.ConvertAll(drawn.Numbers<long>(), index => (int)index);
    }
}
