using System.Runtime.InteropServices;
using Pyro.Params;
using Pyro.Poutines;
using static TorchSharp.torch;

namespace Pyro.Programs;

/// <summary>
/// What a run owns: its handlers, the plates it is in, the parameter store it reads and its random numbers. Compiled programs get it as an argument;
/// plain methods find it through <see cref="Primitives"/>. One context serves one run at a time; inference keeps one for all its steps.
/// </summary>
public sealed partial class RunContext
{
    private const string Libtorch = "libtorch";

    [ThreadStatic]
    private static RunContext? t_ambient;

    [ThreadStatic]
    private static RunContext? t_plain;

    private readonly Dictionary<string, (long Size, long? Wanted, long Count, Tensor? Indices)> _plates = [];
    private readonly Dictionary<(Poutine Handler, string Name), Tensor> _remembered = [];
    private readonly List<StoredParam> _created = [];
    private readonly List<KeyValuePair<string, Tensor>> _createdBuffers = [];
    private readonly Dictionary<Poutine, GivenNames> _given = [];
    private readonly HashSet<string> _acted = [];
    private readonly RandomNumbers _random;
    private readonly Operands _operands = new();
    private Poutine[] _handlers = new Poutine[4];
    private int _handlerCount;
    private int _asked;
    private bool _hasLatent;
    private bool _isRunning;
    private SiteHandle _last;
    private Exception? _failureOfLast;

    /// <summary>Creates a context.</summary>
    /// <param name="store">The parameters; the default store where none is given.</param>
    /// <param name="seed">The seed of its random numbers; the next one that follows from <see cref="Primitives.SetRngSeed"/> where none is given.</param>
    public RunContext(ParamStore? store = null, long? seed = null)
    {
        Store = store ?? ParamStore.Default;
        _random = new RandomNumbers(seed ?? RandomNumbers.NextSeed());
    }

    /// <summary>The parameters that this run reads and creates.</summary>
    public ParamStore Store { get; }

    /// <summary>The innermost plate that the run is in, or null.</summary>
    public PlateScope? Plate { get; private set; }

    /// <summary>The context of the run that this thread is in, or the thread's own without handlers when it is in none.</summary>
    internal static RunContext Current => t_ambient ?? (t_plain ??= new RunContext(seed: RandomNumbers.NextPlainSeed()));

    /// <summary>The innermost block of weights that the run is in, or null.</summary>
    internal WeightScope? Weighing => _weights;

    /// <summary>Whether any handler is in place.</summary>
    internal bool HasHandlers => _handlerCount > 0;

    /// <summary>The parameters that were created since the last <see cref="ForgetCreated"/>, so that a failed step can take them back.</summary>
    internal IReadOnlyList<StoredParam> Created => _created;

    /// <summary>
    /// A context for an inference that is given none: of its own, so that nothing inside reaches the handlers of the program that asks for it, but on that
    /// program's store and with numbers that follow from its.
    /// </summary>
    internal static RunContext ForInference() => t_ambient is { } asking ? new RunContext(asking.Store, asking.NextSeed()) : new RunContext();

    /// <summary>The random numbers for a device.</summary>
    /// <param name="like">A tensor on the device of those to be drawn.</param>
    public Generator GetGenerator(Tensor like) => _random.For(like);

    /// <summary>Runs a program from the beginning, with the handlers that are in place.</summary>
    /// <typeparam name="TArgs">The arguments.</typeparam>
    /// <param name="program">The program.</param>
    /// <param name="args">The arguments.</param>
    /// <exception cref="InvalidOperationException">The context is in a run.</exception>
    public void Execute<TArgs>(Program<TArgs> program, TArgs args)
    {
        if (_isRunning)
            throw new InvalidOperationException(
                $"{program.Name} cannot run: its context is in another run, whose handlers would see its sites. An inference or a trace inside of a program takes no " +
                "context, or one of its own; so does each thread.");
        var (plate, weights) = (Plate, _weights);
        (Plate, _weights) = (null, null);
        Forget();
        _isRunning = true;
        _last = default;
        _failureOfLast = null;
        try
        {
            using (MakeAmbient())
                program.Execute(this, args);
            for (var i = 0; i < _handlerCount; i++)
                _handlers[i].End(program.Name);
        }
        catch (Exception failure) when (Remedy(failure) is not null)
        {
            // Thrown by the program's own code: shapes that do not broadcast, an index out of range. Only the context knows where that was.
            throw new ModelException(At(program, failure), $"{Where(program, failure)}: {Cause(failure)} {Remedy(failure)}{DescribeDisposed(failure)}{DescribeOperands(program, args, failure)}", failure);
        }
        finally
        {
            // A loop that was left without disposing its enumerator must not leave its plate behind.
            (Plate, _weights) = (plate, weights);
            Forget();
            _isRunning = false;
        }
    }

    // TorchSharp says of a disposed tensor that its handle is empty.
    private static bool IsDisposed(Exception failure) => Traces.Trace.IsOfDisposed(failure);

    // libtorch's own stack follows its message.
    private static string Cause(Exception failure) => IsDisposed(failure)
        ? "a tensor that it reads has been disposed."
        : failure.Message.Split("\nException raised from ", 2)[0].ReplaceLineEndings(" ");

    // Of the latest sites those whose values are gone.
    private string DescribeDisposed(Exception failure) => IsDisposed(failure) ? _operands.DescribeDisposed() : "";

    private static string? Remedy(Exception failure) => failure switch
    {
        _ when IsDisposed(failure) =>
            "Give it tensors that live as long as its runs: one made inside of a dispose scope ends with the scope, unless it is moved out.",
        ArgumentNullException or NullReferenceException => "Something that it reads there is null: give it all of its arguments.",
        _ when IsOfOperands(failure) => "Check the shapes and the dtypes of its arguments against what it does there.",
        _ => null,
    };

    private static bool IsOfOperands(Exception failure) =>
        failure is ArgumentException and not ArgumentNullException or ExternalException or IndexOutOfRangeException;

    private string DescribeOperands<TArgs>(Program<TArgs> program, TArgs args, Exception failure) =>
        IsOfOperands(failure) ? _operands.Describe(program.Parameters, args) : "";

    private string? At<TArgs>(Program<TArgs> program, Exception failure) => failure == _failureOfLast ? _last.Name : Following(program);

    // The site that the program was on its way to, as far as its table knows: the one after the last that acted.
    private string? Following<TArgs>(Program<TArgs> program)
    {
        var next = _last.Name is null ? 0 : _last.Site is { } site && program.Graph.Contains(site) ? site.Slot + 1 : program.Sites.Count;
        return next < program.Sites.Count ? program.Sites[next].Name : null;
    }

    private string Where<TArgs>(Program<TArgs> program, Exception failure)
    {
        if (failure == _failureOfLast)
            return $"{program.Name} failed at the site '{_last.Name}'";
        var after = _last.Name is { } name ? $"after the site '{name}'" : "before its first site";
        return Following(program) is { } following
            ? $"{program.Name} failed {after}, on its way to '{following}'"
            : $"{program.Name} failed {after}";
    }

    /// <summary>Puts a handler inside those in place, until the scope is disposed.</summary>
    /// <param name="handler">The handler.</param>
    public HandlerScope Push(Poutine handler)
    {
        if (_handlerCount == _handlers.Length)
            Array.Resize(ref _handlers, 2 * _handlerCount);
        _handlers[_handlerCount] = handler;
        return new HandlerScope(this, _handlerCount++);
    }

    /// <summary>Makes this the context that <see cref="Primitives"/> find on this thread, until the scope is disposed.</summary>
    public AmbientScope MakeAmbient() => new(this);

    /// <summary>
    /// Takes off the handler that is being asked about a site, and those inside of it, and leaves plates and blocks of weights, until the scope is disposed: for what a handler itself asks for.
    /// </summary>
    internal OutsideScope StepOutside() => new(this);

    /// <summary>The program inside the handlers starts again: they forget what they have seen of it.</summary>
    internal void Restart(PlateScope? plate, WeightScope? weights)
    {
        (Plate, _weights) = (plate, weights);
        Forget();
        for (var i = 0; i < _handlerCount; i++)
            _handlers[i].Restart();
    }

    /// <summary>What a handler has kept under a name in this run; null for nothing. Handlers themselves keep nothing of a run, since they may serve several.</summary>
    internal Tensor? Recall(Poutine handler, string name) => _remembered.GetValueOrDefault((handler, name));

    /// <summary>Keeps a tensor under a name until the run ends.</summary>
    internal void Remember(Poutine handler, string name, Tensor value)
    {
        if (_isRunning)
            _remembered[(handler, name)] = value;
    }

    /// <summary>What a handler that gives values by name has met in this run.</summary>
    internal GivenNames NamesOf(Poutine handler) => _given.TryGetValue(handler, out var names) ? names : _given[handler] = new GivenNames();

    /// <summary>Whether a site acted in this run, hidden or not; known where a handler gives values by name.</summary>
    internal bool HasActed(string name) => _acted.Contains(name);

    private void Forget()
    {
        _hasLatent = false;
        _given.Clear();
        _acted.Clear();
        _operands.Clear();
        _plates.Clear();
        _remembered.Clear();
    }

    /// <summary>A seed that follows from this run's random numbers.</summary>
    internal long NextSeed()
    {
        using var scope = NewDisposeScope();
        return randint(0, long.MaxValue, [1], ScalarType.Int64, generator: _random.Host).Number<long>();
    }

    /// <summary>The states of this run's random numbers, and of libtorch's own, which modules such as dropout draw from.</summary>
    internal IEnumerable<(string Device, Tensor State)> RandomStates() => _random.States().Append((Libtorch, get_rng_state()));

    /// <summary>What is wrong with states of random numbers, as the rest of a sentence; null for nothing.</summary>
    internal static string? FindInvalid(IReadOnlyCollection<(string Device, Tensor State)> states)
    {
        foreach (var wanted in new[] { RandomNumbers.HostDevice, Libtorch })
            if (states.Count(state => state.Device == wanted) != 1)
                return $"it does not have the random numbers of '{wanted}' once";
        foreach (var (device, state) in states)
            if (RandomNumbers.FindInvalid(device == Libtorch ? RandomNumbers.HostDevice : device, state) is { } why)
                return $"its random numbers of '{device}' are no state of a generator here: {why}";
        return null;
    }

    internal void SetRandomState(string device, Tensor state)
    {
        if (device != Libtorch)
        {
            _random.SetState(device, state);
            return;
        }
        RandomNumbers.Check(RandomNumbers.HostDevice, state);
#pragma warning disable RS0030 // Checked in the line above.
        set_rng_state(state);
#pragma warning restore RS0030
    }

    internal void Seed(long seed) => _random.Seed(seed);

    internal static void SeedPlain(long seed) => (t_plain ??= new RunContext(seed: seed)).Seed(seed);

    internal void ForgetCreated()
    {
        _created.Clear();
        foreach (var (_, first) in _createdBuffers)
            first.Dispose();
        _createdBuffers.Clear();
    }

    /// <summary>What another run on the same store has created counts as created here.</summary>
    internal void AddCreated(RunContext other)
    {
        _created.AddRange(other._created);
        _createdBuffers.AddRange(other._createdBuffers);
        other._createdBuffers.Clear();
    }

    /// <summary>Takes back what was created since the last <see cref="ForgetCreated"/>: parameters, and buffers, whose modules have their first numbers again.</summary>
    internal void RemoveCreated()
    {
        foreach (var parameter in _created)
            Store.Remove(parameter.Name);
        Store.RestoreBuffers(_createdBuffers);
        foreach (var (name, _) in _createdBuffers)
            Store.Remove(name);
    }

    private void Apply(ref Message message)
    {
        var isRandom = message.Kind is SiteKind.Latent or SiteKind.Observed;
        if (isRandom)
            GiveSizes(in message, message.Plate);
        var weighs = _weights is not null && isRandom;
        if (weighs)
            Weigh(ref message);
        var outermost = _handlerCount;
        while (outermost > 0 && !message.Stop)
        {
            _asked = --outermost;
            _handlers[outermost].Before(ref message);
        }
        Act(ref message);
        if (weighs && message.Mask is { } mask)
            Masks.Check(message.Name, mask, message.Value!.Sizes()[..^message.Distribution!.EventRank], message.Plate);
        for (var i = outermost; i < _handlerCount; i++)
            _handlers[i].After(ref message);
    }

    /// <summary>Takes a handler, and those put inside it, off again.</summary>
    public readonly ref struct HandlerScope
    {
        private readonly RunContext _context;
        private readonly int _position;

        internal HandlerScope(RunContext context, int position)
        {
            _context = context;
            _position = position;
        }

        /// <summary>Takes the handler off.</summary>
        public void Dispose()
        {
            Array.Clear(_context._handlers, _position, _context._handlerCount - _position);
            _context._handlerCount = _position;
        }
    }

    /// <summary>Puts handlers and plates back.</summary>
    internal readonly ref struct OutsideScope
    {
        private readonly RunContext _context;
        private readonly Poutine[] _handlers;
        private readonly int _count;
        private readonly PlateScope? _plate;
        private readonly WeightScope? _weights;

        internal OutsideScope(RunContext context)
        {
            (_context, _handlers, _count, _plate, _weights) = (context, context._handlers, context._handlerCount, context.Plate, context._weights);
            // An array of its own: what is put on meanwhile must not stand in the place of those that were taken off.
            context._handlers = [.. _handlers.AsSpan(0, context._asked), null!];
            context._handlerCount = context._asked;
            (context.Plate, context._weights) = (null, null);
        }

        /// <summary>Puts them back.</summary>
        public void Dispose() => (_context._handlers, _context._handlerCount, _context.Plate, _context._weights) = (_handlers, _count, _plate, _weights);
    }

    /// <summary>Puts the thread's former context back.</summary>
    public readonly ref struct AmbientScope
    {
        private readonly RunContext? _former;

        internal AmbientScope(RunContext context)
        {
            _former = t_ambient;
            t_ambient = context;
        }

        /// <summary>Puts the former context back.</summary>
        public void Dispose() => t_ambient = _former;
    }
}
