using System.Numerics;
using System.Runtime.InteropServices;
using Pyro.Distributions;
using Pyro.Files;
using Pyro.Params;
using TorchSharp;
using static TorchSharp.torch;

namespace Pyro.Optim;

/// <summary>
/// An optimizer of the parameters in a store. It keeps its state by parameter name, so parameters may appear while inference runs, and a store that is
/// loaded again meets the state it left. Each parameter has its own count of steps.
/// </summary>
public abstract class PyroOptim
{
    private readonly Dictionary<string, OptimState> _states = [];
    private readonly List<(StoredParam Parameter, Tensor Gradient)> _pending = [];
    private readonly List<double> _factors = [];

    /// <summary>Where given, all gradients of a step are scaled down together when their norm is larger; positive.</summary>
    public double? MaxGradientNorm { get; init => field = Positive(value, nameof(MaxGradientNorm)); }

    /// <summary>Where given, each number of a gradient is brought into the interval from minus this to this; positive.</summary>
    public double? MaxGradient { get; init => field = Positive(value, nameof(MaxGradient)); }

    /// <summary>What the learning rate is multiplied with, by the parameter's steps before this one; see <see cref="Schedules"/>. One where none is given.</summary>
    public Func<long, double>? Schedule { get; init; }

    /// <summary>
    /// Changes each parameter by its gradient. Either all change or, where a gradient is not finite, or the options or the schedule of one fail, none does.
    /// </summary>
    /// <param name="parameters">The parameters; one without a gradient stays as it is.</param>
    /// <exception cref="ModelException">A gradient in host memory, or a factor of the schedule, is not finite.</exception>
    public void Step(ParamSet parameters)
    {
        using var noGrad = no_grad();
        try
        {
            foreach (var parameter in parameters)
                Collect(parameter);
            Clip();
            foreach (var (parameter, _) in _pending)
            {
                Prepare(parameter);
                _factors.Add(Factor(parameter));
            }
            for (var i = 0; i < _pending.Count; i++)
            {
                var (parameter, gradient) = _pending[i];
                var state = StateOf(parameter);
                state.Steps++;
                Change(parameter, gradient, state, _factors[i]);
            }
        }
        finally
        {
            _pending.Clear();
            _factors.Clear();
        }
    }

    /// <summary>How many steps a parameter has been given.</summary>
    /// <param name="name">The parameter's name.</param>
    public long StepsOf(string name) => _states.TryGetValue(name, out var state) ? state.Steps : 0;

    /// <summary>Forgets everything: the next step is the first.</summary>
    public void Clear()
    {
        foreach (var state in _states.Values)
            state.Dispose();
        _states.Clear();
    }

    /// <summary>Saves the state of all parameters in the safetensors format. Written beside the file and renamed: a crash leaves the old one.</summary>
    /// <param name="path">The file.</param>
    public void Save(string path)
    {
        var archive = new TensorArchive("optimizer");
        Write(archive);
        archive.Save(path);
    }

    /// <summary>Loads a state. It takes the place of the present one; parameters that do not exist yet find theirs when they appear.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file is damaged or is something else. Nothing has changed.</exception>
    public void Load(string path)
    {
        using var scope = NewDisposeScope();
        Read(TensorArchive.Load(path, "optimizer"))();
    }

    /// <summary>Called for each parameter of a step before any is changed: what may fail at a parameter, fails here.</summary>
    /// <param name="parameter">The parameter.</param>
    protected virtual void Prepare(StoredParam parameter)
    {
    }

    /// <summary>Changes one parameter.</summary>
    /// <param name="parameter">The parameter, whose <see cref="StoredParam.Unconstrained"/> is changed in place.</param>
    /// <param name="gradient">Its gradient: contiguous, and not to be changed.</param>
    /// <param name="state">What is kept from step to step; its count includes this one.</param>
    /// <param name="factor">What the learning rate is multiplied with.</param>
    protected abstract void Change(StoredParam parameter, Tensor gradient, OptimState state, double factor);

    /// <summary>Applies a rule: in one pass over host memory, by operations elsewhere.</summary>
    private protected static void Apply<TRule>(TRule rule, Tensor leaf, Tensor gradient, Tensor? first = null, Tensor? second = null, Tensor? third = null)
        where TRule : struct, IUpdate
    {
        if (!InHostMemory(leaf) || !leaf.is_contiguous())
            Update.Run(rule, leaf, gradient, first, second, third);
        else if (leaf.dtype == ScalarType.Float32)
            Apply<TRule, float>(rule, leaf, gradient, first, second, third);
        else
            Apply<TRule, double>(rule, leaf, gradient, first, second, third);
    }

    private static void Apply<TRule, T>(TRule rule, Tensor leaf, Tensor gradient, Tensor? first, Tensor? second, Tensor? third)
        where TRule : struct, IUpdate
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Update.Run(rule, Numbers<T>(leaf), Numbers<T>(gradient), Numbers<T>(first), Numbers<T>(second), Numbers<T>(third));
        // Parameter and state belong to the optimizer; the gradient may be held by nothing else.
        GC.KeepAlive(gradient);
    }

    private static Span<T> Numbers<T>(Tensor? tensor)
        where T : unmanaged => tensor is null ? [] : MemoryMarshal.Cast<byte, T>(tensor.bytes);

    private static bool InHostMemory(Tensor tensor) =>
        tensor.device_type == DeviceType.CPU && tensor.dtype is ScalarType.Float32 or ScalarType.Float64;

    internal void Write(TensorArchive archive) => archive.AddList("optimizer", _states.OrderBy(state => state.Key, StringComparer.Ordinal), (entry, state) =>
    {
        entry.Text("name", state.Key);
        entry.Number("steps", state.Value.Steps);
        entry.Texts("slots", state.Value.Slots.Select(slot => slot.Name));
        entry.Texts("keys", state.Value.Slots.Select(slot => archive.Add($"optimizer.{state.Key}.{slot.Name}", slot.Tensor)));
    });

    /// <summary>Reads what an archive holds, and gives what makes it the present state.</summary>
    internal Action Read(TensorArchive archive)
    {
        var loaded = new Dictionary<string, OptimState>();
        foreach (var entry in archive.List("optimizer"))
        {
            var (name, slots, keys) = (entry.Text("name"), entry.Texts("slots"), entry.Texts("keys"));
            var state = new OptimState { Steps = entry.Number("steps") };
            if (state.Steps < 0 || slots.Length != keys.Length || slots.Distinct().Count() != slots.Length)
                throw archive.Refused($"the state of '{name}' is none: {state.Steps} steps, {slots.Length} names and {keys.Length} tensors");
            foreach (var (slot, key) in slots.Zip(keys))
            {
                var tensor = archive.Take(key);
                if (!tensor.is_floating_point() || Constraints.Real.Find(tensor) is not null)
                    throw archive.Refused($"the state of '{name}' has numbers of type {tensor.dtype} that no state can have");
                state.Set(slot, tensor);
            }
            if (!loaded.TryAdd(name, state))
                throw archive.Refused($"it has two states of '{name}'");
        }
        return () =>
        {
            Clear();
            foreach (var (name, state) in loaded)
                _states.Add(name, state.Keep());
        };
    }

    private void Collect(StoredParam parameter)
    {
        var gradient = parameter.Unconstrained.grad;
        if (gradient is null)
            return;
        if (!gradient.is_contiguous())
            gradient = gradient.contiguous();
        if (InHostMemory(gradient) && Constraints.Real.Find(gradient) is { } found)
            throw new ModelException(parameter.Name,
                $"The gradient of parameter '{parameter.Name}' is {found}. Nothing was changed. Look for a site whose density is steep there: " +
                "start the parameter elsewhere, give it a constraint, or lower the learning rate.");
        _pending.Add((parameter, gradient));
    }

    private void Clip()
    {
        if (MaxGradient is { } most)
            for (var i = 0; i < _pending.Count; i++)
                _pending[i] = (_pending[i].Parameter, _pending[i].Gradient.clamp(-most, most));
        if (MaxGradientNorm is not { } limit || _pending.Count == 0)
            return;
        var squares = _pending.Select(item => item.Gradient.to_type(ScalarType.Float64).square().sum().item<double>());
        var norm = Math.Sqrt(squares.Sum());
        if (norm > limit)
            for (var i = 0; i < _pending.Count; i++)
                _pending[i] = (_pending[i].Parameter, _pending[i].Gradient * (limit / norm));
    }

    private static double? Positive(double? value, string name) => value is null or > 0
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "The limit of gradients must be positive.");

    private double Factor(StoredParam parameter)
    {
        if (Schedule is null)
            return 1;
        var steps = _states.TryGetValue(parameter.Name, out var state) && state.Fits(parameter.Unconstrained) ? state.Steps : 0;
        return Schedule(steps) is var factor && double.IsFinite(factor) && factor >= 0 ? factor : throw new ModelException(parameter.Name,
            $"The schedule multiplies the learning rate of parameter '{parameter.Name}' with {factor} after {steps} steps. Nothing was changed. " +
            "Give factors that are finite and at least 0.");
    }

    private OptimState StateOf(StoredParam parameter)
    {
        var leaf = parameter.Unconstrained;
        if (_states.TryGetValue(parameter.Name, out var state) && state.Fits(leaf))
            return state;
        state?.Dispose();
        return _states[parameter.Name] = new OptimState();
    }
}

/// <summary>An optimizer whose options may differ from parameter to parameter.</summary>
/// <typeparam name="TOptions">The options.</typeparam>
public abstract class PyroOptim<TOptions> : PyroOptim
    where TOptions : class
{
    private readonly Dictionary<string, TOptions> _known = [];
    private readonly Func<StoredParam, TOptions> _options;

    /// <summary>Creates an optimizer.</summary>
    /// <param name="options">Gives the options of a parameter, by its name, module and tags; called once for each.</param>
    protected PyroOptim(Func<StoredParam, TOptions> options) => _options = options;

    /// <summary>Changes one parameter.</summary>
    /// <param name="options">The parameter's options.</param>
    /// <param name="leaf">What is changed in place.</param>
    /// <param name="gradient">Its gradient: contiguous, and not to be changed.</param>
    /// <param name="state">What is kept from step to step; its count includes this one.</param>
    /// <param name="factor">What the learning rate is multiplied with.</param>
    protected abstract void Change(TOptions options, Tensor leaf, Tensor gradient, OptimState state, double factor);

    /// <inheritdoc/>
    protected sealed override void Prepare(StoredParam parameter)
    {
        if (!_known.ContainsKey(parameter.Name))
            _known.Add(parameter.Name, _options(parameter));
    }

    /// <inheritdoc/>
    protected sealed override void Change(StoredParam parameter, Tensor gradient, OptimState state, double factor) =>
        Change(_known[parameter.Name], parameter.Unconstrained, gradient, state, factor);
}
