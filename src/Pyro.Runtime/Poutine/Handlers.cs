using Pyro.Distributions;
using Pyro.Programs;
using Pyro.Traces;
using static TorchSharp.torch;

namespace Pyro.Poutines;

/// <summary>Puts handlers around programs: each gives a program again, so they compose in any order.</summary>
public static partial class Handlers
{
    /// <summary>Puts any handler around a program.</summary>
    /// <typeparam name="TArgs">The arguments.</typeparam>
    /// <param name="program">The program.</param>
    /// <param name="handler">The handler; one without state, or with state that may be shared by all runs.</param>
    public static Program<TArgs> With<TArgs>(this Program<TArgs> program, Poutine handler) => new HandledProgram<TArgs>(program, handler);

    /// <summary>Observes latent sites at given values.</summary>
    /// <typeparam name="TArgs">The arguments.</typeparam>
    /// <param name="program">The program.</param>
    /// <param name="data">The values by site name.</param>
    /// <param name="allowMissing">Whether a run may have no sites of some of the names; otherwise a name that it does not meet is an error.</param>
    public static Program<TArgs> Condition<TArgs>(this Program<TArgs> program, IReadOnlyDictionary<string, Tensor> data, bool allowMissing = false) =>
        program.With(new ConditionPoutine(data, allowMissing));

    /// <summary>Observes latent sites at given values: tensors, or values of any type at the sites that are over such.</summary>
    /// <typeparam name="TArgs">The arguments.</typeparam>
    /// <param name="program">The program.</param>
    /// <param name="data">The values by name, such as the program's generated class of values; of that, sites that the program observes keep their data.</param>
    /// <param name="allowMissing">Whether a run may have no sites of some of the names; otherwise a name that it does not meet is an error.</param>
    public static Program<TArgs> Condition<TArgs>(this Program<TArgs> program, IReadOnlyDictionary<string, object> data, bool allowMissing = false) =>
        program.With(new ConditionPoutine(data, allowMissing));

    /// <summary>Sets latent sites to given values and takes them out of the model.</summary>
    /// <typeparam name="TArgs">The arguments.</typeparam>
    /// <param name="program">The program.</param>
    /// <param name="data">The values by site name.</param>
    /// <param name="allowMissing">Whether a run may have no sites of some of the names; otherwise a name that it does not meet is an error.</param>
    public static Program<TArgs> Do<TArgs>(this Program<TArgs> program, IReadOnlyDictionary<string, Tensor> data, bool allowMissing = false) =>
        program.With(new DoPoutine(data, allowMissing));

    /// <summary>Sets latent sites to given values, tensors or values of any type at the sites that are over such, and takes them out of the model.</summary>
    /// <typeparam name="TArgs">The arguments.</typeparam>
    /// <param name="program">The program.</param>
    /// <param name="data">The values by name, such as the program's generated class of values.</param>
    /// <param name="allowMissing">Whether a run may have no sites of some of the names; otherwise a name that it does not meet is an error.</param>
    public static Program<TArgs> Do<TArgs>(this Program<TArgs> program, IReadOnlyDictionary<string, object> data, bool allowMissing = false) =>
        program.With(new DoPoutine(data, allowMissing));

    /// <summary>Observes latent sites at the values that they have in a trace. The sites that the program observes keep their data.</summary>
    /// <typeparam name="TArgs">The arguments.</typeparam>
    /// <param name="program">The program.</param>
    /// <param name="trace">The trace; only its latent and observed sites count.</param>
    public static Program<TArgs> Condition<TArgs>(this Program<TArgs> program, Trace trace) => program.With(new ConditionPoutine(trace));

    /// <summary>Sets latent sites to the values that they have in a trace, and takes them out of the model.</summary>
    /// <typeparam name="TArgs">The arguments.</typeparam>
    /// <param name="program">The program.</param>
    /// <param name="trace">The trace; only its latent and observed sites count.</param>
    public static Program<TArgs> Do<TArgs>(this Program<TArgs> program, Trace trace) => program.With(new DoPoutine(trace));

    /// <summary>Gives latent sites and parameters the values of a dictionary, and leaves them what they are.</summary>
    /// <typeparam name="TArgs">The arguments.</typeparam>
    /// <param name="program">The program.</param>
    /// <param name="values">The values by name.</param>
    /// <param name="allowMissing">Whether a run may have no sites or parameters of some of the names; otherwise a name that it does not meet is an error.</param>
    public static Program<TArgs> Substitute<TArgs>(this Program<TArgs> program, IReadOnlyDictionary<string, Tensor> values, bool allowMissing = false) =>
        program.With(new SubstitutePoutine(values, allowMissing));

    /// <summary>Gives latent sites and parameters the values of a dictionary: tensors, or values of any type at the sites that are over such.</summary>
    /// <typeparam name="TArgs">The arguments.</typeparam>
    /// <param name="program">The program.</param>
    /// <param name="values">The values by name, such as the program's generated class of values.</param>
    /// <param name="allowMissing">Whether a run may have no sites or parameters of some of the names; otherwise a name that it does not meet is an error.</param>
    public static Program<TArgs> Substitute<TArgs>(this Program<TArgs> program, IReadOnlyDictionary<string, object> values, bool allowMissing = false) =>
        program.With(new SubstitutePoutine(values, allowMissing));

    /// <summary>Gives latent sites the values that a trace has recorded.</summary>
    /// <typeparam name="TArgs">The arguments.</typeparam>
    /// <param name="program">The program.</param>
    /// <param name="trace">The trace.</param>
    public static Program<TArgs> Replay<TArgs>(this Program<TArgs> program, Trace trace) => program.With(new ReplayPoutine(trace));

    /// <summary>Gives some latent sites the values that a trace has recorded.</summary>
    /// <typeparam name="TArgs">The arguments.</typeparam>
    /// <param name="program">The program.</param>
    /// <param name="trace">The trace.</param>
    /// <param name="sites">The sites' names.</param>
    public static Program<TArgs> Replay<TArgs>(this Program<TArgs> program, Trace trace, IEnumerable<string> sites) =>
        program.With(new ReplayPoutine(trace, sites));

    /// <summary>Gives some latent sites the values that a trace has recorded under other names.</summary>
    /// <typeparam name="TArgs">The arguments.</typeparam>
    /// <param name="program">The program.</param>
    /// <param name="trace">The trace.</param>
    /// <param name="sites">From the name of a site in the program to its name in the trace.</param>
    public static Program<TArgs> Replay<TArgs>(this Program<TArgs> program, Trace trace, IReadOnlyDictionary<string, string> sites) =>
        program.With(new ReplayPoutine(trace, sites));

    /// <summary>Gives latent sites the values of a run, as the program's generated class holds them; sites without one draw their own.</summary>
    /// <typeparam name="TArgs">The arguments.</typeparam>
    /// <param name="program">The program.</param>
    /// <param name="values">The values, of a run or set by hand.</param>
    public static Program<TArgs> Replay<TArgs>(this Program<TArgs> program, SiteValues values) =>
        program.With(new SubstitutePoutine(values, allowMissing: true, checksSupport: false));

    /// <summary>Makes all parameters latent sites with one prior.</summary>
    /// <typeparam name="TArgs">The arguments.</typeparam>
    /// <param name="program">The program.</param>
    /// <param name="prior">The prior; repeated to a parameter's shape where it is smaller.</param>
    public static Program<TArgs> Lift<TArgs>(this Program<TArgs> program, Distribution prior) => program.With(new LiftPoutine(prior));

    /// <summary>Makes parameters latent sites with priors.</summary>
    /// <typeparam name="TArgs">The arguments.</typeparam>
    /// <param name="program">The program.</param>
    /// <param name="priors">The priors by name; parameters without one stay parameters.</param>
    public static Program<TArgs> Lift<TArgs>(this Program<TArgs> program, IReadOnlyDictionary<string, Distribution> priors) =>
        program.With(new LiftPoutine(priors));

    /// <summary>Makes parameters latent sites with priors.</summary>
    /// <typeparam name="TArgs">The arguments.</typeparam>
    /// <param name="program">The program.</param>
    /// <param name="prior">Gives the prior of a parameter by its name; null to leave it a parameter.</param>
    public static Program<TArgs> Lift<TArgs>(this Program<TArgs> program, Func<string, Distribution?> prior) => program.With(new LiftPoutine(prior));

    /// <summary>Puts a program into a plate: its runs there are independent of each other.</summary>
    /// <typeparam name="TArgs">The arguments.</typeparam>
    /// <param name="program">The program.</param>
    /// <param name="name">The plate's name.</param>
    /// <param name="vectorized">Whether the elements lie along a tensor dimension.</param>
    /// <param name="size">How many there are.</param>
    /// <param name="iteration">Which of them this run is, from 0, where they do not; 0 where they do.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is negative, or the plate has no such iteration.</exception>
    public static Program<TArgs> Indep<TArgs>(this Program<TArgs> program, string name, bool vectorized, long size, long iteration = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentOutOfRangeException.ThrowIfNegative(iteration);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(iteration, vectorized ? 1 : size);
        return new PlatedProgram<TArgs>(program, new Plate(name, vectorized), size, iteration);
    }

    /// <summary>Leaves the program at a latent site by a <see cref="NonlocalExit"/>.</summary>
    /// <typeparam name="TArgs">The arguments.</typeparam>
    /// <param name="program">The program.</param>
    /// <param name="escapes">Says at which sites.</param>
    public static Program<TArgs> Escape<TArgs>(this Program<TArgs> program, SitePredicate escapes) => program.With(new EscapePoutine(escapes));

    /// <summary>
    /// Takes a partial trace from a queue and runs the program on from where it ends; at the next site to be decided, all ways to go on are put into the queue
    /// and the run starts again with the next one there, until a run is whole. What a handler around the queue fixes, as <see cref="Condition{TArgs}(Program{TArgs}, Trace)"/>
    /// does, is not decided. A trace whose run fails stays in the queue.
    /// </summary>
    /// <typeparam name="TArgs">The arguments.</typeparam>
    /// <param name="program">The program.</param>
    /// <param name="queue">The partial traces; put an empty one in to begin.</param>
    /// <param name="maxTries">How many runs may be started before one is whole.</param>
    /// <param name="extend">
    /// How to go on at a site: by default with each value of its support, which inside of an IArange all elements have together, in lock-step.
    /// <see cref="TraceExtensions.Combined"/> goes through all combinations over the elements, as <see cref="Infer.Search{TArgs}"/> does.
    /// </param>
    /// <param name="escapes">Which sites are decided this way: by default the discrete ones.</param>
    public static Program<TArgs> Queue<TArgs>(
        this Program<TArgs> program, Queue<Trace> queue, int maxTries = 1_000_000, TraceExtension? extend = null, SitePredicate? escapes = null) =>
        new QueuedProgram<TArgs>(program, queue, maxTries, extend ?? TraceExtensions.Enumerated, escapes ?? EscapePoutine.Discrete);

    /// <summary>Hides sites from the outside; see <see cref="BlockPoutine"/> for how the lists work together.</summary>
    /// <typeparam name="TArgs">The arguments.</typeparam>
    /// <param name="program">The program.</param>
    /// <param name="hide">Names to hide.</param>
    /// <param name="expose">Names to show.</param>
    /// <param name="hideKinds">Kinds to hide.</param>
    /// <param name="exposeKinds">Kinds to show.</param>
    public static Program<TArgs> Block<TArgs>(
        this Program<TArgs> program, IEnumerable<string>? hide = null, IEnumerable<string>? expose = null,
        IEnumerable<SiteKind>? hideKinds = null, IEnumerable<SiteKind>? exposeKinds = null) =>
        program.With(new BlockPoutine(hide, expose, hideKinds, exposeKinds));

    /// <summary>Multiplies log densities by a factor.</summary>
    /// <typeparam name="TArgs">The arguments.</typeparam>
    /// <param name="program">The program.</param>
    /// <param name="scale">The factor; a finite number from 0. With 0 the sites count nothing.</param>
    /// <exception cref="ArgumentOutOfRangeException">The factor is negative, infinite or NaN.</exception>
    public static Program<TArgs> Scale<TArgs>(this Program<TArgs> program, double scale) => program.With(new ScalePoutine(scale));

    /// <summary>Multiplies log densities by weights, element by element.</summary>
    /// <typeparam name="TArgs">The arguments.</typeparam>
    /// <param name="program">The program.</param>
    /// <param name="weights">Finite numbers from 0, which broadcast as a mask does: see <c>Mask</c>.</param>
    /// <exception cref="ArgumentException">A weight is negative, infinite or NaN.</exception>
    public static Program<TArgs> Scale<TArgs>(this Program<TArgs> program, Tensor weights) => program.With(new MaskPoutine(weights));

    /// <summary>Lets only some elements of log densities count, or multiplies them with weights.</summary>
    /// <typeparam name="TArgs">The arguments.</typeparam>
    /// <param name="program">The program.</param>
    /// <param name="mask">
    /// Booleans, which say what elements count, or weights, finite numbers from 0. They broadcast to the log density of every site; in vectorised plates they have the plates' sizes,
    /// and further dimensions of size 1 for all of an element. A site that the mask does not fit fails with a <see cref="ModelException"/>.
    /// </param>
    /// <exception cref="ArgumentException">A weight is negative, infinite or NaN.</exception>
    public static Program<TArgs> Mask<TArgs>(this Program<TArgs> program, Tensor mask) => program.With(new MaskPoutine(mask));

    /// <summary>
    /// Runs a program and gives the trace of its sites, which owns the tensors that the run makes: dispose it, or call this in a dispose scope. A run from a queue of traces
    /// shares tensors with those in the queue, and its trace owns none: call it in a scope.
    /// </summary>
    /// <typeparam name="TArgs">The arguments.</typeparam>
    /// <param name="program">The program.</param>
    /// <param name="args">The arguments.</param>
    /// <param name="context">The run's context; where none is given, a new one on the store of the program that asks, or on the default store.</param>
    /// <param name="graph">Which edges the trace has.</param>
    public static Trace Trace<TArgs>(this Program<TArgs> program, TArgs args, RunContext? context = null, GraphType graph = GraphType.Flat)
    {
        using var scope = NewDisposeScope();
        var trace = new Trace { GraphType = graph, Graph = program.Graph };
        context ??= RunContext.ForInference();
        var isShared = program.SharesTensors;
        try
        {
            using (context.Push(new TracePoutine(trace)))
                context.Execute(program, args);
        }
        catch (NonlocalExit)
        {
            // The exit has the site that the run was left at.
            isShared = true;
            throw;
        }
        finally
        {
            if (isShared)
                scope.MoveToOuter(scope.DisposablesView);
        }
        trace.Own(scope);
        return trace;
    }
}
