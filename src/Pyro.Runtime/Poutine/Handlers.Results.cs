using Pyro.Distributions;
using Pyro.Programs;
using Pyro.Traces;
using static TorchSharp.torch;

namespace Pyro.Poutines;

/// <content>The same around programs that have a result: they keep it.</content>
public static partial class Handlers
{
    /// <inheritdoc cref="With{TArgs}(Program{TArgs}, Poutine)"/>
    public static Program<TArgs, TResult> With<TArgs, TResult>(
        this Program<TArgs, TResult> program, Poutine handler) =>
        new HandledProgram<TArgs, TResult>(program, handler);

    /// <inheritdoc cref="Condition{TArgs}(Program{TArgs}, IReadOnlyDictionary{string, Tensor}, bool)"/>
    public static Program<TArgs, TResult> Condition<TArgs, TResult>(
        this Program<TArgs, TResult> program, IReadOnlyDictionary<string, Tensor> data, bool allowMissing = false) =>
        program.With(new ConditionPoutine(data, allowMissing));

    /// <inheritdoc cref="Condition{TArgs}(Program{TArgs}, IReadOnlyDictionary{string, object}, bool)"/>
    public static Program<TArgs, TResult> Condition<TArgs, TResult>(
        this Program<TArgs, TResult> program, IReadOnlyDictionary<string, object> data, bool allowMissing = false) =>
        program.With(new ConditionPoutine(data, allowMissing));

    /// <inheritdoc cref="Do{TArgs}(Program{TArgs}, IReadOnlyDictionary{string, Tensor}, bool)"/>
    public static Program<TArgs, TResult> Do<TArgs, TResult>(
        this Program<TArgs, TResult> program, IReadOnlyDictionary<string, Tensor> data, bool allowMissing = false) =>
        program.With(new DoPoutine(data, allowMissing));

    /// <inheritdoc cref="Do{TArgs}(Program{TArgs}, IReadOnlyDictionary{string, object}, bool)"/>
    public static Program<TArgs, TResult> Do<TArgs, TResult>(
        this Program<TArgs, TResult> program, IReadOnlyDictionary<string, object> data, bool allowMissing = false) =>
        program.With(new DoPoutine(data, allowMissing));

    /// <inheritdoc cref="Condition{TArgs}(Program{TArgs}, Trace)"/>
    public static Program<TArgs, TResult> Condition<TArgs, TResult>(
        this Program<TArgs, TResult> program, Trace trace) =>
        program.With(new ConditionPoutine(trace));

    /// <inheritdoc cref="Do{TArgs}(Program{TArgs}, Trace)"/>
    public static Program<TArgs, TResult> Do<TArgs, TResult>(
        this Program<TArgs, TResult> program, Trace trace) =>
        program.With(new DoPoutine(trace));

    /// <inheritdoc cref="Substitute{TArgs}(Program{TArgs}, IReadOnlyDictionary{string, Tensor}, bool)"/>
    public static Program<TArgs, TResult> Substitute<TArgs, TResult>(
        this Program<TArgs, TResult> program, IReadOnlyDictionary<string, Tensor> values, bool allowMissing = false) =>
        program.With(new SubstitutePoutine(values, allowMissing));

    /// <inheritdoc cref="Substitute{TArgs}(Program{TArgs}, IReadOnlyDictionary{string, object}, bool)"/>
    public static Program<TArgs, TResult> Substitute<TArgs, TResult>(
        this Program<TArgs, TResult> program, IReadOnlyDictionary<string, object> values, bool allowMissing = false) =>
        program.With(new SubstitutePoutine(values, allowMissing));

    /// <inheritdoc cref="Replay{TArgs}(Program{TArgs}, Trace)"/>
    public static Program<TArgs, TResult> Replay<TArgs, TResult>(
        this Program<TArgs, TResult> program, Trace trace) =>
        program.With(new ReplayPoutine(trace));

    /// <inheritdoc cref="Replay{TArgs}(Program{TArgs}, Trace, IEnumerable{string})"/>
    public static Program<TArgs, TResult> Replay<TArgs, TResult>(
        this Program<TArgs, TResult> program, Trace trace, IEnumerable<string> sites) =>
        program.With(new ReplayPoutine(trace, sites));

    /// <inheritdoc cref="Replay{TArgs}(Program{TArgs}, Trace, IReadOnlyDictionary{string, string})"/>
    public static Program<TArgs, TResult> Replay<TArgs, TResult>(
        this Program<TArgs, TResult> program, Trace trace, IReadOnlyDictionary<string, string> sites) =>
        program.With(new ReplayPoutine(trace, sites));

    /// <inheritdoc cref="Replay{TArgs}(Program{TArgs}, SiteValues)"/>
    public static Program<TArgs, TResult> Replay<TArgs, TResult>(
        this Program<TArgs, TResult> program, SiteValues values) =>
        program.With(new SubstitutePoutine(values, allowMissing: true, checksSupport: false));

    /// <inheritdoc cref="Lift{TArgs}(Program{TArgs}, Distribution)"/>
    public static Program<TArgs, TResult> Lift<TArgs, TResult>(
        this Program<TArgs, TResult> program, Distribution prior) =>
        program.With(new LiftPoutine(prior));

    /// <inheritdoc cref="Lift{TArgs}(Program{TArgs}, IReadOnlyDictionary{string, Distribution})"/>
    public static Program<TArgs, TResult> Lift<TArgs, TResult>(
        this Program<TArgs, TResult> program, IReadOnlyDictionary<string, Distribution> priors) =>
        program.With(new LiftPoutine(priors));

    /// <inheritdoc cref="Lift{TArgs}(Program{TArgs}, Func{string, Distribution?})"/>
    public static Program<TArgs, TResult> Lift<TArgs, TResult>(
        this Program<TArgs, TResult> program, Func<string, Distribution?> prior) =>
        program.With(new LiftPoutine(prior));

    /// <inheritdoc cref="Indep{TArgs}(Program{TArgs}, string, bool, long, long)"/>
    public static Program<TArgs, TResult> Indep<TArgs, TResult>(
        this Program<TArgs, TResult> program, string name, bool vectorized, long size, long iteration = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentOutOfRangeException.ThrowIfNegative(iteration);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(iteration, vectorized ? 1 : size);
        return new PlatedProgram<TArgs, TResult>(program, new Plate(name, vectorized), size, iteration);
    }

    /// <inheritdoc cref="Escape{TArgs}(Program{TArgs}, SitePredicate)"/>
    public static Program<TArgs, TResult> Escape<TArgs, TResult>(
        this Program<TArgs, TResult> program, SitePredicate escapes) =>
        program.With(new EscapePoutine(escapes));

    /// <inheritdoc cref="Queue{TArgs}(Program{TArgs}, Queue{Trace}, int, TraceExtension?, SitePredicate?)"/>
    public static Program<TArgs, TResult> Queue<TArgs, TResult>(
        this Program<TArgs, TResult> program, Queue<Trace> queue, int maxTries = 1_000_000, TraceExtension? extend = null, SitePredicate? escapes = null) =>
        new QueuedProgram<TArgs, TResult>(program, queue, maxTries, extend ?? TraceExtensions.Enumerated, escapes ?? EscapePoutine.Discrete);

    /// <inheritdoc cref="Block{TArgs}(Program{TArgs}, IEnumerable{string}?, IEnumerable{string}?, IEnumerable{SiteKind}?, IEnumerable{SiteKind}?)"/>
    public static Program<TArgs, TResult> Block<TArgs, TResult>(
        this Program<TArgs, TResult> program, IEnumerable<string>? hide = null, IEnumerable<string>? expose = null, IEnumerable<SiteKind>? hideKinds = null, IEnumerable<SiteKind>? exposeKinds = null) =>
        program.With(new BlockPoutine(hide, expose, hideKinds, exposeKinds));

    /// <inheritdoc cref="Scale{TArgs}(Program{TArgs}, double)"/>
    public static Program<TArgs, TResult> Scale<TArgs, TResult>(
        this Program<TArgs, TResult> program, double scale) =>
        program.With(new ScalePoutine(scale));

    /// <inheritdoc cref="Mask{TArgs}(Program{TArgs}, Tensor)"/>
    public static Program<TArgs, TResult> Mask<TArgs, TResult>(
        this Program<TArgs, TResult> program, Tensor mask) =>
        program.With(new MaskPoutine(mask));

    /// <summary>
    /// Runs a program and gives its result. Tensors are the caller's, in the present dispose scope.
    /// </summary>
    /// <typeparam name="TArgs">The arguments.</typeparam>
    /// <typeparam name="TResult">The result.</typeparam>
    /// <param name="program">The program.</param>
    /// <param name="args">The arguments.</param>
    /// <param name="context">The run's context; where none is given, a new one on the store of the program that asks, or on the default store.</param>
    public static TResult Call<TArgs, TResult>(this Program<TArgs, TResult> program, TArgs args, RunContext? context = null)
    {
        var kept = new ResultProgram<TArgs, TResult>(program);
        (context ?? RunContext.ForInference()).Execute(kept, args);
        return kept.Result!;
    }

    /// <summary>Runs a program and gives the trace of its sites, as <see cref="Trace{TArgs}(Program{TArgs}, TArgs, RunContext?, GraphType)"/>, and its result.</summary>
    /// <typeparam name="TArgs">The arguments.</typeparam>
    /// <typeparam name="TResult">The result.</typeparam>
    /// <param name="program">The program.</param>
    /// <param name="args">The arguments.</param>
    /// <param name="result">What the program gave. Tensors that were made in the run are the trace's, and end with it.</param>
    /// <param name="context">The run's context; where none is given, a new one on the store of the program that asks, or on the default store.</param>
    /// <param name="graph">Which edges the trace has.</param>
    public static Trace Trace<TArgs, TResult>(
        this Program<TArgs, TResult> program, TArgs args, out TResult result, RunContext? context = null, GraphType graph = GraphType.Flat)
    {
        var kept = new ResultProgram<TArgs, TResult>(program);
        var trace = Trace<TArgs>(kept, args, context, graph);
        result = kept.Result!;
        return trace;
    }
}
