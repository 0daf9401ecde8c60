using Pyro.Programs;
using Pyro.Traces;
using static TorchSharp.torch;

namespace Pyro.Poutines;

/// <summary>Puts handlers around programs: each gives a program again, so they compose in any order.</summary>
public static class Handlers
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
    public static Program<TArgs> Condition<TArgs>(this Program<TArgs> program, IReadOnlyDictionary<string, Tensor> data) =>
        program.With(new ConditionPoutine(data));

    /// <summary>Sets latent sites to given values and takes them out of the model.</summary>
    /// <typeparam name="TArgs">The arguments.</typeparam>
    /// <param name="program">The program.</param>
    /// <param name="data">The values by site name.</param>
    public static Program<TArgs> Do<TArgs>(this Program<TArgs> program, IReadOnlyDictionary<string, Tensor> data) =>
        program.With(new DoPoutine(data));

    /// <summary>Gives latent sites the values that a trace has recorded.</summary>
    /// <typeparam name="TArgs">The arguments.</typeparam>
    /// <param name="program">The program.</param>
    /// <param name="trace">The trace.</param>
    public static Program<TArgs> Replay<TArgs>(this Program<TArgs> program, Trace trace) => program.With(new ReplayPoutine(trace));

    /// <summary>Gives latent sites values; they stay latent.</summary>
    /// <typeparam name="TArgs">The arguments.</typeparam>
    /// <param name="program">The program.</param>
    /// <param name="values">The values by site name, such as the program's generated class of values.</param>
    public static Program<TArgs> Substitute<TArgs>(this Program<TArgs> program, IReadOnlyDictionary<string, Tensor> values) =>
        program.With(new SubstitutePoutine(values));

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
    /// <param name="scale">The factor; positive.</param>
    public static Program<TArgs> Scale<TArgs>(this Program<TArgs> program, double scale) => program.With(new ScalePoutine(scale));

    /// <summary>Lets only some elements of log densities count.</summary>
    /// <typeparam name="TArgs">The arguments.</typeparam>
    /// <param name="program">The program.</param>
    /// <param name="mask">A boolean tensor that broadcasts with the log density of every site.</param>
    public static Program<TArgs> Mask<TArgs>(this Program<TArgs> program, Tensor mask) => program.With(new MaskPoutine(mask));

    /// <summary>Runs a program and gives the trace of its sites.</summary>
    /// <typeparam name="TArgs">The arguments.</typeparam>
    /// <param name="program">The program.</param>
    /// <param name="args">The arguments.</param>
    /// <param name="context">The run's context; a new one on the default store where none is given.</param>
    public static Trace Trace<TArgs>(this Program<TArgs> program, TArgs args, RunContext? context = null)
    {
        var trace = new Trace();
        context ??= new RunContext();
        using (context.Push(new TracePoutine(trace)))
            context.Execute(program, args);
        return trace;
    }
}
