using static TorchSharp.torch;

namespace Pyro.Programs;

/// <summary>What a parameter starts with: a number, a tensor, or a function that is called only when the parameter does not exist yet.</summary>
public readonly struct InitialValue
{
    private readonly Tensor? _tensor;
    private readonly Func<Tensor>? _create;
    private readonly double _number;

    private InitialValue(double number, Tensor? tensor, Func<Tensor>? create)
    {
        _number = number;
        _tensor = tensor;
        _create = create;
        IsGiven = true;
    }

    /// <summary>Whether there is one. Without it the parameter must exist.</summary>
    public bool IsGiven { get; }

    /// <summary>The shape, where it is known without calling a function.</summary>
    internal long[]? Shape => _tensor?.Sizes() ?? (IsGiven && _create is null ? [] : null);

    /// <summary>Whether it may have a shape: that of the tensor or number. What a function would give is not known, nor what an ended tensor was.</summary>
    internal bool MayHave(ReadOnlySpan<long> shape) => _tensor is null ? _create is not null || !IsGiven || shape.IsEmpty : _tensor.IsInvalid || shape.SequenceEqual(_tensor.Sizes());

    /// <summary>A scalar of the default dtype.</summary>
    public static implicit operator InitialValue(double number) => new(number, null, null);

    /// <summary>A tensor; the store keeps a copy.</summary>
    /// <exception cref="ArgumentNullException">There is none.</exception>
    public static implicit operator InitialValue(Tensor tensor) => new(0, tensor ?? throw new ArgumentNullException(nameof(tensor)), null);

    /// <summary>A function that gives the tensor when it is needed.</summary>
    /// <exception cref="ArgumentNullException">There is none.</exception>
    public static implicit operator InitialValue(Func<Tensor> create) => new(0, null, create ?? throw new ArgumentNullException(nameof(create)));

    /// <summary>The value as a tensor, in the current dispose scope; null where none is given, and where its function gives none.</summary>
    public Tensor? Create() => !IsGiven ? null : _create is not null ? _create() : _tensor ?? tensor(_number, get_default_dtype());
}
