using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Pyro.Distributions;
using Pyro.Files;
using Pyro.Programs;
using static TorchSharp.torch;

namespace Pyro.Params;

/// <summary>
/// The learnable parameters, by name. Reading is safe from any thread; programs that read them wait for nobody. Two threads that create the same parameter get one.
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

    /// <summary>
    /// The value that a parameter has now, detached from gradients, as a tensor that does not change when the parameter does. It is one that somebody gave it, also
    /// where another thread gives it another one at that time; a step of training on another thread changes it number by number.
    /// </summary>
    /// <param name="name">The name.</param>
    /// <exception cref="KeyNotFoundException">There is none of this name.</exception>
    /// <exception cref="ModelException">It was a module's, which has been disposed.</exception>
    public Tensor GetValue(string name)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var parameter = this[name];
        Tensor leaf;
        lock (_writing)
            leaf = parameter.Leaf.detach().clone();
        return parameter.ValueOf(leaf).MoveToOuterDisposeScope();
    }

    /// <summary>The value of a parameter, which is created when it is not there yet; one that is there has the dtype that it has, whatever the initial value's.</summary>
    /// <param name="name">The name: any text that a file can hold, which half of a pair of surrogates is not.</param>
    /// <param name="initial">
    /// What it starts with; the store keeps a copy. A function may be called by each of several threads that create the parameter at once, and one of its values is
    /// taken; it may ask for other parameters.
    /// </param>
    /// <param name="constraint">Where its values lie; anywhere when none is given.</param>
    /// <param name="tags">Its tags; <see cref="DefaultTag"/> when none is given.</param>
    /// <returns>The value, connected to the stored parameter for gradients.</returns>
    /// <exception cref="ModelException">
    /// The initial value is outside the constraint or has no shape of it, a name or a tag is no text, or the parameter exists with another constraint or shape. None
    /// was created.
    /// </exception>
    public Tensor GetParam(string name, InitialValue initial, Constraint? constraint = null, params string[] tags) =>
        GetOrCreate(name, initial, constraint, out _, tags).Value();

    /// <summary>Removes a parameter, or a module's buffer.</summary>
    /// <param name="name">The name.</param>
    /// <returns>Whether there was one.</returns>
    public bool Remove(string name)
    {
        lock (_writing)
        {
            if (!_byName.TryRemove(name, out var parameter))
                return _buffers.TryRemove(name, out _);
            _inOrder = _inOrder.Remove(parameter);
            return true;
        }
    }

    /// <summary>Removes all parameters and buffers.</summary>
    public void Clear()
    {
        lock (_writing)
        {
            _byName.Clear();
            _buffers.Clear();
            _averages.Clear();
            _inOrder = [];
        }
    }

    /// <summary>
    /// Gives a parameter another value, of any shape and dtype. Its place, its constraint and its tags stay; what an optimizer keeps of it begins anew where the shape or
    /// the dtype is another.
    /// </summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value; the store keeps a copy.</param>
    /// <exception cref="KeyNotFoundException">There is none of this name.</exception>
    /// <exception cref="ModelException">The value is outside of the constraint, or has no shape of it.</exception>
    public void Replace(string name, Tensor value)
    {
        var former = this[name];
        var made = Create(name, value, former.Constraint, [.. former.Tags]);
        lock (_writing)
        {
            if (!_byName.TryUpdate(name, made, former))
                throw new KeyNotFoundException($"The parameter '{name}' was removed or replaced by somebody else.");
            made.SetTags(former.TagSet);
            made.Continues = true;
            made.Unconstrained.requires_grad = !former.IsFrozen;
            _inOrder = _inOrder.Replace(former, made);
        }
    }

    /// <summary>Adds tags to parameters.</summary>
    /// <param name="names">Their names.</param>
    /// <param name="tags">The tags.</param>
    /// <exception cref="KeyNotFoundException">There is none of one of the names; nothing has changed.</exception>
    /// <exception cref="ArgumentException">A tag is no text that a file can hold.</exception>
    public void Tag(IEnumerable<string> names, params string[] tags)
    {
        CheckTags(tags);
        Retag(names, present => present.Union(tags));
    }

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

    /// <summary>Keeps parameters as they are: no optimizer changes them until <see cref="Unfreeze"/>, and no gradient is taken. Files keep it.</summary>
    /// <param name="names">Their names.</param>
    /// <exception cref="KeyNotFoundException">There is none of one of the names; nothing has changed.</exception>
    public void Freeze(params IEnumerable<string> names) => SetTrained(names, isTrained: false);

    /// <summary>Lets optimizers change parameters again, from the state that they have kept of them.</summary>
    /// <param name="names">Their names.</param>
    /// <exception cref="KeyNotFoundException">There is none of one of the names; nothing has changed.</exception>
    public void Unfreeze(params IEnumerable<string> names) => SetTrained(names, isTrained: true);

    private void SetTrained(IEnumerable<string> names, bool isTrained)
    {
        lock (_writing)
            foreach (var leaf in names.Select(name => this[name].Leaf).ToArray())
                leaf.requires_grad = isTrained;
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
        var own = parameter.Leaf;
        if (!value.Sizes().AsSpan().SequenceEqual(parameter.Shape))
            throw new ModelException(name,
                $"The parameter '{name}' has shape {Shapes.Format(parameter.Shape)} and was given a value of shape {Shapes.Format(value.Sizes())}. Give one of its shape.");
        var leaf = Leaf(name, value.to(own.dtype, own.device), parameter.Constraint);
        lock (_writing)
            parameter.Leaf.copy_(leaf);
    }

    /// <summary>The name of the parameter that a tensor is; null where it is none of this store's.</summary>
    /// <param name="parameter">The tensor that optimizers change, or one of the values, the last eight at most, that <c>Param</c> or <see cref="GetParam"/> gave.</param>
    public string? NameOf(Tensor parameter) => _inOrder.Find(present => present.Is(parameter))?.Name;

    /// <summary>The parameters that carry a tag.</summary>
    /// <param name="tag">The tag.</param>
    public IEnumerable<StoredParam> WithTag(string tag) => _inOrder.Where(parameter => parameter.Tags.Contains(tag));

    /// <summary>The decaying average of the costs downstream of a site, which its baseline reads; null where there is none yet. No parameter, and never trained.</summary>
    internal Tensor? Average(string site) => _averages.GetValueOrDefault(site);

    /// <summary>Keeps an average; the store has its own copy.</summary>
    internal void SetAverage(string site, Tensor average)
    {
        if (_averages.TryGetValue(site, out var old) && old.dtype == average.dtype && old.Sizes().AsSpan().SequenceEqual(average.Sizes()))
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
            parameter = CreateOrGet(name, initial, constraint ?? Constraints.Real, out created, tags);
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
    /// so a module that is made again, or a store that is loaded, goes on where the other was. It lives as long as the module, also where that was made in a dispose scope.
    /// </summary>
    /// <exception cref="ModelException">
    /// There is another parameter of that name: of another shape, with a constraint, or of a module that has been disposed. Or the name is no text.
    /// </exception>
    internal StoredParam GetOrAdopt(string name, Tensor leaf, out bool created, params string[] tags)
    {
        created = false;
        if (_byName.TryGetValue(name, out var parameter) && ReferenceEquals(parameter.Unconstrained, leaf))
            return parameter;
        lock (_writing)
        {
            if (!_byName.TryGetValue(name, out parameter))
            {
                CheckName(name);
                parameter = new StoredParam(name, leaf.DetachFromDisposeScope(), Constraints.Real, TagsOf(tags));
                _byName[name] = parameter;
                _inOrder = _inOrder.Add(parameter);
                created = true;
                return parameter;
            }
            if (!parameter.Constraint.Equals(Constraints.Real) || !parameter.Leaf.Sizes().AsSpan().SequenceEqual(leaf.Sizes()))
                throw new ModelException(name,
                    $"The store has a parameter '{name}' of shape {Shapes.Format(parameter.Unconstrained.Sizes())} and constraint {parameter.Constraint}, and the module's " +
                    $"has shape {Shapes.Format(leaf.Sizes())} and none. Give the module another name, or remove the stored parameter.");
            using (no_grad())
            {
                leaf.copy_(parameter.Unconstrained);
                if (parameter.IsFrozen)
                    leaf.requires_grad = false;
                ShareGradient(parameter.Unconstrained, leaf);
            }
            parameter.Become(leaf.DetachFromDisposeScope());
            return parameter;
        }
    }

    // One step may make its module several times, in model and guide and by each particle: all that reaches any of them is the parameter's.
    private static void ShareGradient(Tensor former, Tensor leaf)
    {
        if (!leaf.requires_grad || former.dtype != leaf.dtype || former.device_type != leaf.device_type || former.device_index != leaf.device_index)
            return;
        using var scope = NewDisposeScope();
        former.grad ??= former.zeros_like();
        leaf.grad = former.grad;
    }

    // Outside of the lock: what a function gives may take long, and may ask for other parameters or for this one.
    private StoredParam CreateOrGet(string name, InitialValue initial, Constraint constraint, out bool created, string[] tags)
    {
        var made = Create(name, initial, constraint, tags);
        StoredParam? earlier;
        lock (_writing)
        {
            created = !_byName.TryGetValue(name, out earlier);
            if (created)
            {
                _byName[name] = made;
                _inOrder = _inOrder.Add(made);
            }
        }
        if (earlier is null)
            return made;
        made.Unconstrained.Dispose();
        return earlier;
    }

    private static StoredParam Create(string name, InitialValue initial, Constraint constraint, string[] tags)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        CheckName(name);
        var value = initial.Create() ?? throw new ModelException(name,
            $"There is no parameter '{name}' yet. Give it an initial value where it is first used.");
        var leaf = Leaf(name, value.is_floating_point() ? value : value.to_type(get_default_dtype()), constraint);
        var made = new StoredParam(name, leaf, constraint, TagsOf(tags));
        try
        {
            made.ComputeShape();
        }
        catch (Exception failure) when (failure is ArgumentException or ExternalException or IndexOutOfRangeException)
        {
            throw NotComputed(name, value, constraint, failure);
        }
        leaf.DetachFromDisposeScope().requires_grad = true;
        return made;
    }

    private static Tensor Leaf(string name, Tensor value, Constraint constraint)
    {
        if (ValueShape.FindMisfit(constraint, value.Sizes()) is { } misfit)
            throw new ModelException(name,
                $"The parameter '{name}' is given a value of shape {Shapes.Format(value.Sizes())}, and its constraint {constraint} is made for {misfit}: {constraint.Description}. " +
                "Give it a value of such a shape, or another constraint.");
        try
        {
            return LeafOf(name, value, constraint);
        }
        catch (Exception failure) when (failure is ArgumentException or ExternalException or IndexOutOfRangeException)
        {
            throw NotComputed(name, value, constraint, failure);
        }
    }

    private static ModelException NotComputed(string name, Tensor value, Constraint constraint, Exception failure) => new(name,
        $"The parameter '{name}' is given a value of shape {Shapes.Format(value.Sizes())} and dtype {value.dtype}, with which its constraint {constraint} cannot compute: " +
        $"{failure.Message} Give it a value of another shape or dtype, or another constraint.", failure);

    private static void CheckName(string name)
    {
        if (!FileText.ComesBack(name))
            throw new ModelException(name, $"The parameter's name '{name}' has half of a pair of surrogates in it, which no file can hold. Give it another name.");
    }

    private static ImmutableHashSet<string> TagsOf(string[] tags)
    {
        CheckTags(tags);
        return tags.Length == 0 ? s_defaultTags : [.. tags];
    }

    private static void CheckTags(string[] tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        foreach (var tag in tags)
            if (tag is null || !FileText.ComesBack(tag))
                throw new ArgumentException(tag is null ? "A tag is null." : $"The tag '{tag}' has half of a pair of surrogates in it, which no file can hold.", nameof(tags));
    }

    private static Tensor LeafOf(string name, Tensor value, Constraint constraint)
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
