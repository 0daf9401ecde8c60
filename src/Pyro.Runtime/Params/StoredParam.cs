using System.Collections.Immutable;
using Pyro.Distributions;
using Pyro.Distributions.Transforms;
using Pyro.Programs;
using static TorchSharp.torch;

namespace Pyro.Params;

/// <summary>
/// A parameter in a store: an unconstrained tensor, which optimizers change, and the bijection that makes it the value which programs see.
/// </summary>
public sealed class StoredParam
{
    private readonly Bijector _bijector;
    private volatile ImmutableHashSet<string> _tags;
    private long[]? _shape;

    // The values that were given last. A table of all would keep its room for as many as ever were there at once, and weak handles besides.
    private readonly WeakReference<Tensor?>[] _given = [new(null), new(null), new(null), new(null), new(null), new(null), new(null), new(null)];
    private int _next;

    internal StoredParam(string name, Tensor unconstrained, Constraint constraint, ImmutableHashSet<string> tags)
    {
        Name = name;
        Unconstrained = unconstrained;
        Constraint = constraint;
        _bijector = constraint.TransformTo();
        _tags = tags;
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The name of the module that it belongs to; its own name where it belongs to none.</summary>
    public string ModuleName => Name.Split(ModuleParameters.Separator, 2)[0];

    /// <summary>Its name within the module; its own name where it belongs to none.</summary>
    public string NameInModule => Name.Split(ModuleParameters.Separator, 2)[^1];

    /// <summary>Where the value lies.</summary>
    public Constraint Constraint { get; }

    /// <summary>The leaf tensor that optimizers change in place; the store's own, or the very tensor of a module, which lives as long as the module.</summary>
    public Tensor Unconstrained { get; private set; }

    /// <summary>The tags.</summary>
    public IReadOnlySet<string> Tags => _tags;

    /// <summary>Whether no optimizer changes it: it was frozen, or is the tensor of a module that asks for no gradient.</summary>
    public bool IsFrozen => !Unconstrained.IsInvalid && !Unconstrained.requires_grad;

    /// <summary>The value, in the current dispose scope; gradients flow from it to <see cref="Unconstrained"/>.</summary>
    public Tensor Value()
    {
        var value = ValueOf(Unconstrained);
        if (!ReferenceEquals(value, Unconstrained))
            _given[_next++ & (_given.Length - 1)].SetTarget(value);
        return value;
    }

    /// <summary>Whether a tensor is the parameter: the one that optimizers change, or one of the values that <see cref="Value"/> gave last.</summary>
    internal bool Is(Tensor tensor)
    {
        if (ReferenceEquals(tensor, Unconstrained))
            return true;
        foreach (var given in _given)
            if (given.TryGetTarget(out var value) && ReferenceEquals(tensor, value))
                return true;
        return false;
    }

    /// <summary>The value's shape, which some bijections make another than that of <see cref="Unconstrained"/>.</summary>
    internal long[] Shape => _shape ??= ComputeShape();

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Shapes.Format(Unconstrained.Sizes())} {Constraint}";

    /// <summary>The value that it has where a tensor stands in the place of <see cref="Unconstrained"/>.</summary>
    internal Tensor ValueOf(Tensor unconstrained) => _bijector.Forward(unconstrained);

    /// <summary>Its leaf, which is there.</summary>
    /// <exception cref="ModelException">It was a module's, which has been disposed.</exception>
    internal Tensor Leaf => !Unconstrained.IsInvalid ? Unconstrained : throw new ModelException(Name,
        $"The parameter '{Name}' was the tensor of a module that has been disposed, and its value with it. Dispose the module when the store is no longer needed, " +
        $"{nameof(ParamStore.Remove)} the parameter, or {nameof(ParamStore.Load)} a file that has it.");

    /// <summary>Goes on with another leaf, which has the value already.</summary>
    internal void Become(Tensor leaf) => (Unconstrained, _shape) = (leaf, null);

    internal void SetTags(ImmutableHashSet<string> tags) => _tags = tags;

    internal ImmutableHashSet<string> TagSet => _tags;

    /// <summary>Whether it goes on with what was of its name, as one does that was loaded or given another value, so that an optimizer's state of that name is its.</summary>
    internal bool Continues { get; set; }

    /// <summary>Of a parameter that was read from a file: whether it was frozen when it was saved; null where the file does not say.</summary>
    internal bool? WasFrozen { get; init; }

    /// <summary>Finds out whether there is a value, and what shape it has.</summary>
    internal long[] ComputeShape()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        return _shape = ValueOf(Unconstrained).Sizes();
    }
}
