using Pyro.Files;
using Pyro.Optim;
using Pyro.Params;
using Pyro.Programs;
using static TorchSharp.torch;

namespace Pyro.Infer;

/// <summary>Stochastic variational inference: makes the guide like the model's posterior, step by step.</summary>
/// <typeparam name="TArgs">The programs' arguments.</typeparam>
public sealed class SVI<TArgs>
{
    private const string Kind = "checkpoint";

    // Of the native memory behind a step's tensors and calls the collector knows nothing. Told of this much a step, it looks at its oldest generation each few
    // thousand steps. There Native AOT has what calls such as Tensor.shape leave behind, which would wait for hours otherwise.
    private const long MemoryOfStep = 1024;

    private readonly Program<TArgs> _model;
    private readonly Program<TArgs> _guide;
    private readonly PyroOptim _optimizer;
    private readonly ILoss _loss;
    private readonly ParamSet _trained = new();
    private ProgressMeter _meter = new();
    private int _isInStep;

    /// <summary>Creates the inference.</summary>
    /// <param name="model">The model.</param>
    /// <param name="guide">The guide: the same latent sites, distributed by learnable parameters.</param>
    /// <param name="optimizer">What changes the parameters.</param>
    /// <param name="loss">What is made small.</param>
    /// <param name="context">The run's context: its store and its random numbers. A new one on the default store when none is given.</param>
    public SVI(Program<TArgs> model, Program<TArgs> guide, PyroOptim optimizer, ILoss loss, RunContext? context = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(guide);
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(loss);
        _model = model;
        _guide = guide;
        _optimizer = optimizer;
        _loss = loss;
        Context = context ?? RunContext.ForInference();
    }

    /// <summary>Creates an inference with a loss that is a function.</summary>
    /// <param name="model">The model.</param>
    /// <param name="guide">The guide.</param>
    /// <param name="optimizer">What changes the parameters.</param>
    /// <param name="loss">Gives the loss as a 0-dim tensor whose gradient is followed; it runs the programs, as <see cref="Poutines.Handlers.Trace{TArgs}(Program{TArgs}, TArgs, RunContext?, Traces.GraphType)"/> does.</param>
    /// <param name="context">The run's context; a new one on the default store when none is given.</param>
    public SVI(
        Program<TArgs> model, Program<TArgs> guide, PyroOptim optimizer, Func<RunContext, Program<TArgs>, Program<TArgs>, TArgs, Tensor> loss, RunContext? context = null)
        : this(model, guide, optimizer, new FunctionLoss<TArgs>(loss), context)
    {
    }

    /// <summary>The context that all steps run in.</summary>
    public RunContext Context { get; }

    /// <summary>The steps so far, those before a resumed checkpoint included. A run of so many steps begins with the first again.</summary>
    public long Steps => _meter.Step;

    /// <summary>One step. When it fails, parameters, modules' buffers, averages of baselines and optimizer are as they were before it.</summary>
    /// <param name="args">The programs' arguments.</param>
    /// <returns>The loss before the step.</returns>
    /// <exception cref="ModelException">Something does not fit; the message names the site or parameter, and the remedy.</exception>
    /// <exception cref="InvalidOperationException">Another thread is in a step of this inference.</exception>
    public double Step(TArgs args)
    {
        if (Interlocked.Exchange(ref _isInStep, 1) != 0)
            throw new InvalidOperationException(
                $"This inference is in a step already, of another thread or around this one. Give each thread an {nameof(SVI<TArgs>)} of its own with a {nameof(RunContext)} of its own; " +
                $"one step uses several threads with new {nameof(ELBO)}(numParticles, parallel: true).");
        GC.AddMemoryPressure(MemoryOfStep);
        try
        {
            using var scope = NewDisposeScope();
            using var gradients = is_grad_enabled() ? null : enable_grad();
            return TakeStep(args);
        }
        finally
        {
            GC.RemoveMemoryPressure(MemoryOfStep);
            Volatile.Write(ref _isInStep, 0);
        }
    }

    private double TakeStep(TArgs args)
    {
        Context.ForgetCreated();
        _trained.Clear();
        var averages = Context.Store.CopyAverages();
        var buffers = Context.Store.CopyBuffers();
        try
        {
            var loss = _loss.LossAndGrads(Context, _model, _guide, args, _trained);
            if (!double.IsFinite(loss))
                throw new ModelException(null, $"The loss is {loss}. Nothing was changed.");
            _optimizer.Step(_trained);
            _meter.Add(loss);
            return loss;
        }
        catch
        {
            Context.RemoveCreated();
            Context.Store.RestoreAverages(averages);
            Context.Store.RestoreBuffers(buffers);
            throw;
        }
    }

    /// <summary>An estimate of the loss at the present parameters, without a step. When it fails, there are no other parameters than before.</summary>
    /// <param name="args">The programs' arguments.</param>
    /// <exception cref="ModelException">Something does not fit; the message names the site or parameter, and the remedy.</exception>
    public double EvaluateLoss(TArgs args)
    {
        using var scope = NewDisposeScope();
        Context.ForgetCreated();
        try
        {
            return _loss.Loss(Context, _model, _guide, args);
        }
        catch
        {
            Context.RemoveCreated();
            throw;
        }
    }

    /// <summary>Many steps, counted from the first again.</summary>
    /// <param name="args">The programs' arguments.</param>
    /// <param name="steps">How many.</param>
    /// <param name="progress">Told how far it is, about ten times a second and after the last step.</param>
    /// <param name="cancellation">Ends the run after the step it is in.</param>
    /// <returns>How far it came.</returns>
    public SviProgress Run(TArgs args, int steps, Action<SviProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        _meter = new ProgressMeter();
        return Run(args, steps, new RunOptions { Progress = progress, Cancellation = cancellation });
    }

    /// <summary>Steps up to a number, those so far included: a run that goes on from a checkpoint does what is left of it.</summary>
    /// <param name="args">The programs' arguments.</param>
    /// <param name="steps">The number of the last step.</param>
    /// <param name="options">What happens around the steps.</param>
    /// <returns>How far it came.</returns>
    /// <exception cref="InvalidDataException">The checkpoint is damaged or is something else. Nothing has changed.</exception>
    /// <exception cref="NotSupportedException">A parameter cannot be saved: said in the step that creates it. The last checkpoint stays.</exception>
    /// <exception cref="ModelException">A step failed, or what would be saved could not be loaded again. The last checkpoint stays.</exception>
    public SviProgress Run(TArgs args, int steps, RunOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.CheckpointEvery, 1, nameof(options));
        if (options.EarlyStopping is { Patience: var patience })
            ArgumentOutOfRangeException.ThrowIfLessThan(patience, 1, nameof(options));
        if (options.Checkpoint is { } file)
        {
            AtomicFile.DeleteParts(file);
            if (File.Exists(file))
                LoadCheckpoint(file);
        }
        _meter.Start();
        var written = Steps;
        var first = Steps + 1;
        // A run that had come to its end when it was interrupted is at its end.
        var done = _meter.IsDone(options.EarlyStopping);
        while (Steps < steps && !done && !options.Cancellation.IsCancellationRequested)
        {
            Step(args);

            // What could not be saved is said at once, not when hours have been spent.
            if (options.Checkpoint is not null && (Steps == first || Context.Created.Count > 0))
                Context.Store.CheckCanBeSaved();
            done = _meter.IsDone(options.EarlyStopping);
            if (options.Checkpoint is not null && Steps % options.CheckpointEvery == 0)
            {
                SaveCheckpoint(options.Checkpoint);
                written = Steps;
            }
            if (options.Progress is not null && Steps < steps && _meter.IsTimeToShow())
                options.Progress(_meter.Now(steps));
            if (options.AfterStep?.Invoke(_meter.Now(steps)) == false)
                break;
        }
        if (options.Checkpoint is not null && written != Steps)
            SaveCheckpoint(options.Checkpoint);
        var final = _meter.Now(steps);
        options.Progress?.Invoke(final);
        return final;
    }

    /// <summary>
    /// Saves all that the next step follows from: parameters, modules' buffers, averages of baselines, the optimizer's state, random numbers, and how far the run is. Written
    /// beside the file and renamed: a crash or a full disk leaves the old one, and so does a state that could not be loaded again.
    /// </summary>
    /// <param name="path">The file, in the safetensors format. What a link leads to is written; a file that exists keeps its permissions.</param>
    /// <exception cref="NotSupportedException">A parameter has a constraint or a dtype that cannot be saved.</exception>
    /// <exception cref="ModelException">A parameter or an average is NaN or infinite somewhere, or a parameter was a disposed module's.</exception>
    public void SaveCheckpoint(string path)
    {
        using var scope = NewDisposeScope();
        var archive = new TensorArchive(Kind) { Place = path };
        Context.Store.Write(archive);
        _optimizer.Write(archive);
        _meter.Write(archive);
        archive.AddList("random", Context.RandomStates(), (entry, random) =>
        {
            entry.Text("device", random.Device);
            entry.Text("key", archive.Add($"random.{random.Device}", random.State));
        });
        Read(archive);
        archive.Save(path);
    }

    /// <summary>Takes up where a checkpoint was saved: the steps that follow are those that would have followed then. The store holds what the checkpoint holds.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file is damaged or is something else. Nothing has changed.</exception>
    public void LoadCheckpoint(string path)
    {
        using var scope = NewDisposeScope();
        Read(TensorArchive.Load(path, Kind))();
    }

    /// <summary>Reads what an archive holds, and gives what makes it the state of this inference: that changes everything or, where it throws, nothing.</summary>
    private Action Read(TensorArchive archive)
    {
        var meter = ProgressMeter.Read(archive);
        var random = archive.List("random").Select(entry => (Device: entry.Text("device"), State: archive[entry.Text("key")])).ToArray();
        if (RunContext.FindInvalid(random) is { } invalid)
            throw archive.Refused(invalid);
        var takeState = _optimizer.Read(archive);
        var takeParameters = Context.Store.Read(archive, only: true);
        return () =>
        {
            // Of what changes things, this may fail: others may have changed the store since it was looked at.
            takeParameters();
            foreach (var (device, state) in random)
                Context.SetRandomState(device, state);
            takeState();
            _meter = meter;
        };
    }
}
