using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Pyro.Distributions;
using Pyro.Programs;
using static TorchSharp.torch;

namespace Pyro.Params;

/// <summary>
/// The learnable parameters, by name. Reading is safe from any thread and takes no lock; two threads that create the same parameter get one.
/// </summary>
public sealed partial class ParamStore
{
    /// <summary>The tag that parameters have when none is given.</summary>
    public const string DefaultTag = "default";

    private static readonly ImmutableHashSet<string> s_defaultTags = [DefaultTag];

    private readonly ConcurrentDictionary<string, StoredParam> _byName = new();
    private readonly ConcurrentDictionary<string, Tensor> _averages = new();
    private readonly Lock _writing = new();
    private ImmutableList<StoredParam> _inOrder = [];

    /// <summary>The store that runs use when they are given none.</summary>
    public static ParamStore Default { get; } = new();

    /// <summary>How many parameters there are.</summary>
    public int Count => _inOrder.Count;

    /// <summary>The parameters, in the order in which they were created.</summary>
    public IReadOnlyList<StoredParam> Parameters => _inOrder;

    /// <summary>The names, in the order in which the parameters were created.</summary>
    public IEnumerable<string> Names => _inOrder.Select(parameter => parameter.Name);

    /// <summary>A parameter.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="KeyNotFoundException">There is none of this name.</exception>
    public StoredParam this[string name] => _byName.TryGetValue(name, out var parameter)
        ? parameter
        : throw new KeyNotFoundException(Count == 0
            ? $"The store has no parameter '{name}': it is empty until a program that has parameters has run."
            : $"The store has no parameter '{name}'. It has: {string.Join(", ", Names)}.");

    /// <summary>Whether there is a parameter of this name.</summary>
    /// <param name="name">The name.</param>
    public bool Contains(string name) => _byName.ContainsKey(name);

    /// <summary>Looks a parameter up.</summary>
    /// <param name="name">The name.</param>
    /// <param name="parameter">The parameter.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryGet(string name, [NotNullWhen(true)] out StoredParam? parameter) => _byName.TryGetValue(name, out parameter);

    /// <summary>The value that a parameter has now, detached from gradients, as a tensor that does not change when the parameter does.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="KeyNotFoundException">There is none of this name.</exception>
    public Tensor GetValue(string name)
    {
        using var noGrad = no_grad();
        return this[name].Value().detach().clone();
    }

    /// <summary>The value of a parameter, which is created when it is not there yet.</summary>
    /// <param name="name">The name.</param>
    /// <param name="initial">What it starts with; the store keeps a copy.</param>
    /// <param name="constraint">Where its values lie; anywhere when none is given.</param>
    /// <param name="tags">Its tags; <see cref="DefaultTag"/> when none is given.</param>
    /// <returns>The value, connected to the stored parameter for gradients.</returns>
    /// <exception cref="ModelException">The initial value is outside the constraint, or the parameter exists with another constraint or shape.</exception>
    public Tensor GetParam(string name, InitialValue initial, Constraint? constraint = null, params string[] tags) =>
        GetOrCreate(name, initial, constraint, out _, tags).Value();

    /// <summary>Removes a parameter.</summary>
    /// <param name="name">The name.</param>
    /// <returns>Whether there was one.</returns>
    public bool Remove(string name)
    {
        lock (_writing)
        {
            if (!_byName.TryRemove(name, out var parameter))
                return false;
            _inOrder = _inOrder.Remove(parameter);
            return true;
        }
    }

    /// <summary>Removes all parameters.</summary>
    public void Clear()
    {
        lock (_writing)
        {
            _byName.Clear();
            _averages.Clear();
            _inOrder = [];
        }
    }

    /// <summary>
    /// Gives a parameter another value, of any shape. Its place, its constraint and its tags stay; what an optimizer keeps of it begins anew where the shape is
    /// another.
    /// </summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value; the store keeps a copy.</param>
    /// <exception cref="KeyNotFoundException">There is none of this name.</exception>
    /// <exception cref="ModelException">The value is outside of the constraint.</exception>
    public void Replace(string name, Tensor value)
    {
        var former = this[name];
        var made = Create(name, value, former.Constraint, [.. former.Tags]);
        lock (_writing)
        {
            if (!_byName.TryUpdate(name, made, former))
                throw new KeyNotFoundException($"The parameter '{name}' was removed or replaced by somebody else.");
            made.SetTags(former.TagSet);
            _inOrder = _inOrder.Replace(former, made);
        }
    }

    /// <summary>Adds tags to parameters.</summary>
    /// <param name="names">Their names.</param>
    /// <param name="tags">The tags.</param>
    /// <exception cref="KeyNotFoundException">There is none of one of the names; nothing has changed.</exception>
    public void Tag(IEnumerable<string> names, params string[] tags) => Retag(names, present => present.Union(tags));

    /// <summary>Takes tags off parameters.</summary>
    /// <param name="names">Their names.</param>
    /// <param name="tags">The tags.</param>
    /// <exception cref="KeyNotFoundException">There is none of one of the names; nothing has changed.</exception>
    public void Untag(IEnumerable<string> names, params string[] tags) => Retag(names, present => present.Except(tags));

    /// <summary>Adds tags to a parameter.</summary>
    /// <param name="name">The name.</param>
    /// <param name="tags">The tags.</param>
    /// <exception cref="KeyNotFoundException">There is none of this name.</exception>
    public void Tag(string name, params string[] tags) => Tag([name], tags);

    /// <summary>Takes tags off a parameter.</summary>
    /// <param name="name">The name.</param>
    /// <param name="tags">The tags.</param>
    /// <exception cref="KeyNotFoundException">There is none of this name.</exception>
    public void Untag(string name, params string[] tags) => Untag([name], tags);

    private void Retag(IEnumerable<string> names, Func<ImmutableHashSet<string>, ImmutableHashSet<string>> change)
    {
        lock (_writing)
            foreach (var parameter in names.Select(name => this[name]).ToArray())
                parameter.SetTags(change(parameter.TagSet));
    }

    /// <summary>Takes a tag off all parameters.</summary>
    /// <param name="tag">The tag.</param>
    /// <exception cref="KeyNotFoundException">No parameter has it.</exception>
    public void DeleteTag(string tag)
    {
        lock (_writing)
        {
            var tagged = WithTag(tag).ToArray();
            if (tagged.Length == 0)
                throw new KeyNotFoundException($"No parameter has the tag '{tag}'. There are: {string.Join(", ", _inOrder.SelectMany(p => p.Tags).Distinct().Order())}.");
            foreach (var parameter in tagged)
                parameter.SetTags(parameter.TagSet.Remove(tag));
        }
    }

    /// <summary>Gives a parameter another value. Programs see it from the next run on; tags, constraint and the optimizer's state stay.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value, of the parameter's shape.</param>
    /// <exception cref="KeyNotFoundException">There is none of this name.</exception>
    /// <exception cref="ModelException">The value has another shape, or is outside of the constraint.</exception>
    public void SetValue(string name, Tensor value)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var parameter = this[name];
        var leaf = Leaf(name, value.to(parameter.Unconstrained.dtype, parameter.Unconstrained.device), parameter.Constraint);
        if (!leaf.shape.AsSpan().SequenceEqual(parameter.Unconstrained.shape))
            throw new ModelException(name,
                $"The parameter '{name}' has shape {Shapes.Format(parameter.Value().shape)} and was given a value of shape {Shapes.Format(value.shape)}. Give one of its shape.");
        lock (_writing)
            parameter.Unconstrained.copy_(leaf);
    }

    /// <summary>The name of the parameter that a tensor is; null where it is none.</summary>
    /// <param name="unconstrained">The tensor that optimizers change.</param>
    public string? NameOf(Tensor unconstrained) => _inOrder.Find(parameter => ReferenceEquals(parameter.Unconstrained, unconstrained))?.Name;

    /// <summary>The parameters that carry a tag.</summary>
    /// <param name="tag">The tag.</param>
    public IEnumerable<StoredParam> WithTag(string tag) => _inOrder.Where(parameter => parameter.Tags.Contains(tag));

    /// <summary>The decaying average of the costs downstream of a site, which its baseline reads; null where there is none yet. No parameter, and never trained.</summary>
    internal Tensor? Average(string site) => _averages.GetValueOrDefault(site);

    /// <summary>Keeps an average; the store has its own copy.</summary>
    internal void SetAverage(string site, Tensor average)
    {
        if (_averages.TryGetValue(site, out var old) && old.dtype == average.dtype && old.shape.AsSpan().SequenceEqual(average.shape))
            old.copy_(average);
        else
            _averages[site] = average.clone().DetachFromDisposeScope();
    }

    /// <summary>The averages as they are, in the present dispose scope.</summary>
    internal KeyValuePair<string, Tensor>[] CopyAverages()
    {
        if (_averages.IsEmpty)
            return [];
        using var noGrad = no_grad();
        return [.. _averages.Select(average => KeyValuePair.Create(average.Key, average.Value.clone()))];
    }

    /// <summary>Makes the averages what they were.</summary>
    internal void RestoreAverages(KeyValuePair<string, Tensor>[] former)
    {
        if (_averages.IsEmpty)
            return;
        using var noGrad = no_grad();
        foreach (var (site, _) in _averages)
            if (!Array.Exists(former, average => average.Key == site))
                _averages.TryRemove(site, out _);
        foreach (var (site, value) in former)
            SetAverage(site, value);
    }

    internal StoredParam GetOrCreate(string name, InitialValue initial, Constraint? constraint, out bool created, params string[] tags)
    {
        created = false;
        if (!_byName.TryGetValue(name, out var parameter))
        {
            lock (_writing)
            {
                if (!_byName.TryGetValue(name, out parameter))
                {
                    parameter = Create(name, initial, constraint ?? Constraints.Real, tags);
                    _byName[name] = parameter;
                    _inOrder = _inOrder.Add(parameter);
                    created = true;
                }
            }
        }
        if (!created && constraint is not null && !constraint.Equals(parameter.Constraint))
            throw new ModelException(name,
                $"The parameter '{name}' was created with the constraint {parameter.Constraint} and is asked for with {constraint}. " +
                "Give it one constraint everywhere, or another name.");
        if (!created && !initial.MayHave(parameter.Shape))
            throw new ModelException(name,
                $"The parameter '{name}' has shape {Shapes.Format(parameter.Shape)} and is asked for with an initial value of shape {Shapes.Format(initial.Shape!)}. " +
                $"It keeps the shape that it was created with: give it one that does not change with the data, another name or store, or {nameof(Remove)} it first.");
        return parameter;
    }

    /// <summary>
    /// The parameter that a module's tensor is. One that is new is the tensor itself; one that exists gives the tensor its value, and is that tensor from then on:
    /// so a module that is made again, or a store that is loaded, goes on where the other was.
    /// </summary>
    /// <exception cref="ModelException">There is another parameter of that name: of another shape, or with a constraint.</exception>
    internal StoredParam GetOrAdopt(string name, Tensor leaf, out bool created, params string[] tags)
    {
        created = false;
        if (_byName.TryGetValue(name, out var parameter) && ReferenceEquals(parameter.Unconstrained, leaf))
            return parameter;
        lock (_writing)
        {
            if (!_byName.TryGetValue(name, out parameter))
            {
                parameter = new StoredParam(name, leaf, Constraints.Real, tags.Length == 0 ? s_defaultTags : [.. tags]);
                _byName[name] = parameter;
                _inOrder = _inOrder.Add(parameter);
                created = true;
                return parameter;
            }
            if (!parameter.Constraint.Equals(Constraints.Real) || !parameter.Unconstrained.shape.AsSpan().SequenceEqual(leaf.shape))
                throw new ModelException(name,
                    $"The store has a parameter '{name}' of shape {Shapes.Format(parameter.Unconstrained.shape)} and constraint {parameter.Constraint}, and the module's " +
                    $"has shape {Shapes.Format(leaf.shape)} and none. Give the module another name, or remove the stored parameter.");
            using (no_grad())
                leaf.copy_(parameter.Unconstrained);
            parameter.Become(leaf);
            return parameter;
        }
    }

    private static StoredParam Create(string name, InitialValue initial, Constraint constraint, string[] tags)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var value = initial.Create() ?? throw new ModelException(name,
            $"There is no parameter '{name}' yet. Give it an initial value where it is first used.");
        var leaf = Leaf(name, value.is_floating_point() ? value : value.to_type(get_default_dtype()), constraint);
        leaf.requires_grad = true;
        return new StoredParam(name, leaf.DetachFromDisposeScope(), constraint, tags.Length == 0 ? s_defaultTags : [.. tags]);
    }

    private static Tensor Leaf(string name, Tensor value, Constraint constraint)
    {
        if (constraint.Find(value) is { } found)
            throw new ModelException(name,
                $"The parameter '{name}' is given {found}, outside its constraint {constraint}: {constraint.Description}. " +
                "Give it an initial value inside, or another constraint.");
        var leaf = constraint.TransformTo().Inverse(value).detach().contiguous().clone();
        if (Constraints.Real.Find(leaf) is not null)
            throw new ModelException(name,
                $"The parameter '{name}' is given the edge of its constraint {constraint}, which no step can leave. " +
                "Give it an initial value strictly inside.");
        return leaf;
    }
}
