using Pyro.LibTorch;

namespace TorchSharp.Modules;

/// <summary>What an optimizer keeps for one parameter.</summary>
public abstract class OptimizerState
{
    /// <summary>The state of a parameter, empty until Initialize.</summary>
    protected OptimizerState(Parameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        Parameter = parameter;
    }

    internal Parameter Parameter { get; }

    /// <summary>The tensors that the update changes, in its order.</summary>
    internal virtual (torch.Tensor? First, torch.Tensor? Second, torch.Tensor? Third) Kept => default;

    /// <summary>Makes the state of a parameter that no step has changed.</summary>
    public abstract void Initialize(OptimizerOptions options);

    /// <summary>Writes the state.</summary>
    public virtual void SaveStateDict(BinaryWriter writer) => Visit(new FieldWriter(writer));

    /// <summary>Reads a state that SaveStateDict wrote.</summary>
    /// <exception cref="InvalidDataException">The data are truncated, or no such state.</exception>
    public virtual void LoadStateDict(BinaryReader reader) => TensorFile.Guard(() =>
    {
        Visit(new FieldReader(reader));
        return this;
    });

    /// <summary>Takes over copies of another state's values.</summary>
    public virtual void LoadStateDict(OptimizerState source)
    {
        RequireFit(source);
        Visit(new FieldAssigner(source.Values(), Parameter));
    }

    /// <summary>Whether two states hold nearly the same values.</summary>
    public virtual bool ApproximatelyEquals(OptimizerState other) =>
        other is not null && other.GetType() == GetType() && Values().Zip(other.Values()).All(pair => pair switch
        {
            (null, null) => true,
            (torch.Tensor own, torch.Tensor others) => own.shape.AsSpan().SequenceEqual(others.shape) && own.allclose(others),
            var (own, others) => Equals(own, others),
        });

    /// <summary>Moves the state to a device.</summary>
    public virtual void to(torch.Device device) => Visit(new FieldMover(device));

    /// <summary>Reads a tensor that may be absent, in place of the one here.</summary>
    protected static void LoadConditionalStateTensor(BinaryReader reader, ref torch.Tensor result, torch.Device device)
    {
        torch.Tensor? read = result;
        new FieldReader(reader).VisitOptional(ref read);
        if (read is not null)
            new FieldMover(device).Visit(ref read);
        result = read!;
    }

    /// <summary>Writes a tensor that may be absent.</summary>
    protected static void SaveConditionalStateTensor(BinaryWriter writer, torch.Tensor tensor)
    {
        torch.Tensor? written = tensor;
        new FieldWriter(writer).VisitOptional(ref written);
    }

    internal virtual void Visit(IFields fields)
    {
    }

    /// <exception cref="ArgumentException">The other state is another optimizer's, or one of a parameter of another shape.</exception>
    internal void RequireFit(OptimizerState source)
    {
        if (source.GetType() != GetType())
            throw new ArgumentException($"A state of {source.GetType().DeclaringType?.Name} for a parameter of {GetType().DeclaringType?.Name}.", nameof(source));
        foreach (var tensor in source.Values().OfType<torch.Tensor>())
            if (!tensor.shape.AsSpan().SequenceEqual(Parameter.shape))
                throw new ArgumentException($"The state is of a parameter of shape [{string.Join(", ", tensor.shape)}], this one's is [{string.Join(", ", Parameter.shape)}].", nameof(source));
    }

    /// <summary>Makes what the next step needs and is not there yet.</summary>
    internal virtual void Prepare(OptimizerOptions options)
    {
    }

    internal void Release()
    {
        foreach (var tensor in Values().OfType<torch.Tensor>())
            tensor.Dispose();
    }

    /// <summary>Zeros like the parameter, which live as long as the state.</summary>
    private protected torch.Tensor Zeros()
    {
        using var mode = torch.no_grad();
        return Parameter.zeros_like(requires_grad: false).DetachFromDisposeScope();
    }

    private List<object?> Values()
    {
        var values = new FieldValues();
        Visit(values);
        return values.Values;
    }
}
