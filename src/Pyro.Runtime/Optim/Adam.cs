using System.Numerics;
using System.Runtime.InteropServices;
using Pyro.Distributions;
using Pyro.Params;
using TorchSharp;
using static TorchSharp.torch;

namespace Pyro.Optim;

/// <summary>Adam (Kingma and Ba, "Adam: a method for stochastic optimization", 2015).</summary>
public sealed class Adam : PyroOptim
{
    private readonly Dictionary<string, State> _states = [];
    private readonly List<(StoredParam Parameter, Tensor Gradient)> _pending = [];
    private readonly double _beta1;
    private readonly double _beta2;
    private readonly double _eps;
    private readonly double _weightDecay;

    /// <summary>Creates the optimizer.</summary>
    /// <param name="lr">The learning rate.</param>
    /// <param name="betas">How slowly the means of the gradient and of its square forget; (0.9, 0.999) when not given.</param>
    /// <param name="eps">What is added to the divisor.</param>
    /// <param name="weightDecay">The weight of an L2 penalty on the unconstrained parameters.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public Adam(double lr = 1e-3, (double Beta1, double Beta2)? betas = null, double eps = 1e-8, double weightDecay = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lr);
        ArgumentOutOfRangeException.ThrowIfNegative(eps);
        ArgumentOutOfRangeException.ThrowIfNegative(weightDecay);
        (_beta1, _beta2) = betas ?? (0.9, 0.999);
        if (_beta1 is not (>= 0 and < 1) || _beta2 is not (>= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(betas), betas, "Each beta must be from 0 to below 1.");
        LearningRate = lr;
        _eps = eps;
        _weightDecay = weightDecay;
    }

    /// <summary>The learning rate, which may be changed between steps.</summary>
    public double LearningRate { get; set; }

    /// <inheritdoc/>
    public override void Step(ParamSet parameters)
    {
        using var noGrad = no_grad();
        try
        {
            foreach (var parameter in parameters)
                Collect(parameter);
            foreach (var (parameter, gradient) in _pending)
                Change(StateOf(parameter), parameter.Unconstrained, gradient);
        }
        finally
        {
            _pending.Clear();
        }
    }

    /// <summary>How many steps a parameter has been given.</summary>
    /// <param name="name">The parameter's name.</param>
    public long StepsOf(string name) => _states.TryGetValue(name, out var state) ? state.Steps : 0;

    private static bool InHostMemory(Tensor tensor) =>
        tensor.device_type == DeviceType.CPU && tensor.dtype is ScalarType.Float32 or ScalarType.Float64;

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

    private State StateOf(StoredParam parameter)
    {
        var leaf = parameter.Unconstrained;
        if (_states.TryGetValue(parameter.Name, out var state) && state.Fits(leaf))
            return state;
        state?.Dispose();
        return _states[parameter.Name] = new State(leaf);
    }

    private void Change(State state, Tensor leaf, Tensor gradient)
    {
        var update = AdamUpdate.Step(++state.Steps, LearningRate, _beta1, _beta2, _eps, _weightDecay);
        if (!InHostMemory(leaf))
            Update.Run(update, leaf, gradient, state.Mean, state.Square, null);
        else if (leaf.dtype == ScalarType.Float32)
            Run<float>(update, state, leaf, gradient);
        else
            Run<double>(update, state, leaf, gradient);
    }

    private static void Run<T>(AdamUpdate update, State state, Tensor leaf, Tensor gradient)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Update.Run(update, Numbers<T>(leaf), Numbers<T>(gradient), Numbers<T>(state.Mean), Numbers<T>(state.Square), []);

    private static Span<T> Numbers<T>(Tensor tensor)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(tensor.bytes);

    private sealed class State : IDisposable
    {
        public State(Tensor leaf)
        {
            Mean = leaf.zeros_like(requires_grad: false).DetachFromDisposeScope();
            Square = leaf.zeros_like(requires_grad: false).DetachFromDisposeScope();
        }

        public Tensor Mean { get; }

        public Tensor Square { get; }

        public long Steps { get; set; }

        public bool Fits(Tensor leaf) =>
            leaf.dtype == Mean.dtype && leaf.device_type == Mean.device_type && leaf.shape.AsSpan().SequenceEqual(Mean.shape);

        public void Dispose()
        {
            Mean.Dispose();
            Square.Dispose();
        }
    }
}
