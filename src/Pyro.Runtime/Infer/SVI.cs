using Pyro.Optim;
using Pyro.Params;
using Pyro.Programs;
using static TorchSharp.torch;

namespace Pyro.Infer;

/// <summary>Stochastic variational inference: makes the guide like the model's posterior, step by step.</summary>
/// <typeparam name="TArgs">The programs' arguments.</typeparam>
public sealed class SVI<TArgs>
{
    private readonly Program<TArgs> _model;
    private readonly Program<TArgs> _guide;
    private readonly PyroOptim _optimizer;
    private readonly ILoss _loss;
    private readonly ParamSet _trained = new();

    /// <summary>Creates the inference.</summary>
    /// <param name="model">The model.</param>
    /// <param name="guide">The guide: the same latent sites, distributed by learnable parameters.</param>
    /// <param name="optimizer">What changes the parameters.</param>
    /// <param name="loss">What is made small.</param>
    /// <param name="context">The run's context: its store and its random numbers. A new one on the default store when none is given.</param>
    public SVI(Program<TArgs> model, Program<TArgs> guide, PyroOptim optimizer, ILoss loss, RunContext? context = null)
    {
        _model = model;
        _guide = guide;
        _optimizer = optimizer;
        _loss = loss;
        Context = context ?? new RunContext();
    }

    /// <summary>The context that all steps run in.</summary>
    public RunContext Context { get; }

    /// <summary>One step. When it fails, parameters and optimizer are as they were before it.</summary>
    /// <param name="args">The programs' arguments.</param>
    /// <returns>The loss before the step.</returns>
    /// <exception cref="ModelException">Something does not fit; the message names the site or parameter, and the remedy.</exception>
    public double Step(TArgs args)
    {
        using var scope = NewDisposeScope();
        Context.ForgetCreated();
        _trained.Clear();
        try
        {
            var loss = _loss.LossAndGrads(Context, _model, _guide, args, _trained);
            if (!double.IsFinite(loss))
                throw new ModelException(null, $"The loss is {loss}. Nothing was changed.");
            _optimizer.Step(_trained);
            return loss;
        }
        catch
        {
            foreach (var parameter in Context.Created)
                Context.Store.Remove(parameter.Name);
            throw;
        }
    }

    /// <summary>An estimate of the loss at the present parameters, without a step.</summary>
    /// <param name="args">The programs' arguments.</param>
    public double EvaluateLoss(TArgs args)
    {
        using var scope = NewDisposeScope();
        return _loss.Loss(Context, _model, _guide, args);
    }

    /// <summary>Many steps.</summary>
    /// <param name="args">The programs' arguments.</param>
    /// <param name="steps">How many.</param>
    /// <param name="progress">Told how far it is, about ten times a second and after the last step.</param>
    /// <param name="cancellation">Ends the run after the step it is in.</param>
    /// <returns>How far it came.</returns>
    public SviProgress Run(TArgs args, int steps, Action<SviProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        var meter = new ProgressMeter(steps);
        while (meter.Step < steps && !cancellation.IsCancellationRequested)
            if (meter.Add(Step(args)))
                progress?.Invoke(meter.Now());
        var final = meter.Now();
        progress?.Invoke(final);
        return final;
    }
}
