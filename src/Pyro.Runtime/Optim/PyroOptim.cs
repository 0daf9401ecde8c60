using System.Numerics;
using System.Runtime.InteropServices;
using Pyro.Distributions;
using Pyro.Params;
using TorchSharp;
using static TorchSharp.torch;

namespace Pyro.Optim;

/// <summary>
/// An optimizer of the parameters in a store. It keeps its state by parameter name, so parameters may appear while inference runs, and a store that is
/// loaded again meets the state it left. Each parameter has its own count of steps. A parameter that was removed and is created anew begins anew; one that was
/// loaded, or given another value, goes on. One thread at a time may use it.
/// </summary>
public abstract partial class PyroOptim
{
    private readonly Dictionary<string, OptimState> _states = [];
    private readonly List<(StoredParam Parameter, Tensor Gradient)> _pending = [];
    private readonly List<double> _factors = [];
    private int _isBusy;

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
    /// <exception cref="ModelException">A gradient in host memory, or a factor of the schedule, is not finite, or a parameter has options that its rule cannot use.</exception>
    /// <exception cref="InvalidOperationException">Another thread uses the optimizer, or it is used by its own options or schedule.</exception>
    public void Step(ParamSet parameters)
    {
        Enter();
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        try
        {
            for (var i = 0; i < parameters.Count; i++)
                Collect(parameters[i]);
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
            Leave();
        }
    }

    /// <summary>How many steps a parameter has been given. Not to be asked while another thread steps.</summary>
    /// <param name="name">The parameter's name.</param>
    public long StepsOf(string name) => _states.TryGetValue(name, out var state) ? state.Steps : 0;

    /// <summary>Forgets everything that it keeps of parameters, and the options that their function gave: the next step is the first.</summary>
    /// <exception cref="InvalidOperationException">Another thread uses the optimizer.</exception>
    public void Clear()
    {
        Enter();
        try
        {
            ForgetStates();
            ForgetOptions();
        }
        finally
        {
            Leave();
        }
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

    private protected virtual void ForgetOptions()
    {
    }

    /// <summary>What is kept of a parameter; null where that is nothing yet, or another parameter's.</summary>
    private protected OptimState? Present(StoredParam parameter) => _states.TryGetValue(parameter.Name, out var state) && state.IsOf(parameter) ? state : null;

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

    // What a rule goes over in one pass.
    private static bool InHostMemory(Tensor tensor) =>
        tensor.device_type == DeviceType.CPU && tensor.dtype is ScalarType.Float32 or ScalarType.Float64;

    private void Enter()
    {
        if (Interlocked.Exchange(ref _isBusy, 1) != 0)
            throw new InvalidOperationException(
                "This optimizer is in a step already, or is saved, loaded or cleared: by another thread, or around the options or the schedule that use it. " +
                $"Give each thread that trains a {GetType().Name} of its own.");
    }

    private void Leave() => Volatile.Write(ref _isBusy, 0);

    private void ForgetStates()
    {
        foreach (var state in _states.Values)
            state.Dispose();
        _states.Clear();
    }

    private void Collect(StoredParam parameter)
    {
        var gradient = parameter.Unconstrained.grad;
        if (gradient is null)
            return;
        if (!gradient.is_contiguous())
            gradient = gradient.contiguous();
        if (gradient.device_type == DeviceType.CPU && Constraints.Real.Find(gradient) is { } found)
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
        var norm = NormOverScale(1);
        var scale = 1.0;
        if (double.IsInfinity(norm))
        {
            // The squares are larger than any number: those of shares of the largest are not.
            scale = _pending.Where(item => item.Gradient.numel() > 0).Max(item => item.Gradient.abs().max().to_type(ScalarType.Float64).Number<double>());
            norm = NormOverScale(scale);
        }
        if (norm > limit / scale)
            for (var i = 0; i < _pending.Count; i++)
                _pending[i] = (_pending[i].Parameter, _pending[i].Gradient * (limit / scale / norm));
    }

    private double NormOverScale(double scale)
    {
        var squares = 0.0;
        foreach (var (_, gradient) in _pending)
        {
            var numbers = gradient.to_type(ScalarType.Float64);
            squares += (scale == 1 ? numbers : numbers / scale).square().sum().Number<double>();
        }
        return Math.Sqrt(squares);
    }

    private static double? Positive(double? value, string name) => value is null or > 0
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "The limit of gradients must be positive.");

    private double Factor(StoredParam parameter)
    {
        if (Schedule is null)
            return 1;
        var steps = Present(parameter)?.Steps ?? 0;
        return Schedule(steps) is var factor && double.IsFinite(factor) && factor >= 0 ? factor : throw new ModelException(parameter.Name,
            $"The schedule multiplies the learning rate of parameter '{parameter.Name}' with {factor} after {steps} steps. Nothing was changed. " +
            "Give factors that are finite and at least 0.");
    }

    private OptimState StateOf(StoredParam parameter)
    {
        if (!_states.TryGetValue(parameter.Name, out var state) || !state.IsOf(parameter))
        {
            state?.Dispose();
            state = _states[parameter.Name] = new OptimState();
        }
        state.Take(parameter);
        return state;
    }
}
