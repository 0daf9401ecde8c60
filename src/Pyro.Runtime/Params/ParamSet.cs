using System.Collections;
using Pyro.Traces;
using TorchSharp;
using static TorchSharp.torch;

namespace Pyro.Params;

/// <summary>
/// The parameters that a step trains: each once, in the order in which the step met them; a tensor that is stored under several names once, under the one that
/// the step met first. Kept from step to step, it allocates nothing.
/// </summary>
public sealed class ParamSet : IReadOnlyCollection<StoredParam>
{
    // Parameters and their tensors: one tensor may be stored under several names, as that of a network that two modules share, and a parameter is another tensor
    // with the same gradient by the next particle, where its module is made anew.
    private readonly HashSet<object> _members = new(ReferenceEqualityComparer.Instance);
    private readonly List<StoredParam> _inOrder = [];

    /// <inheritdoc/>
    public int Count => _inOrder.Count;

    /// <summary>A parameter by its position.</summary>
    /// <param name="index">The position, from 0.</param>
    public StoredParam this[int index] => _inOrder[index];

    /// <summary>Adds a parameter, unless it is frozen or its tensor is there already; its gradient starts from zero when it is new in this step.</summary>
    /// <param name="parameter">The parameter.</param>
    public void Add(StoredParam parameter)
    {
        var isNew = _members.Add(parameter);
        if (!_members.Add(parameter.Unconstrained) || !isNew)
            return;
        if (parameter.IsFrozen)
            return;
        _inOrder.Add(parameter);
        ZeroGrad(parameter.Unconstrained);
    }

    /// <summary>Adds the parameters that a trace has met.</summary>
    /// <param name="trace">The trace.</param>
    public void AddFrom(Trace trace)
    {
        foreach (ref readonly var entry in trace.Entries)
            if (entry.Parameter is { } parameter)
                Add(parameter);
    }

    /// <summary>Empties the set.</summary>
    public void Clear()
    {
        _members.Clear();
        _inOrder.Clear();
    }

    /// <inheritdoc/>
    public IEnumerator<StoredParam> GetEnumerator() => _inOrder.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static void ZeroGrad(Tensor leaf)
    {
        var gradient = leaf.grad;
        if (gradient is null)
            return;
        if (gradient.device_type == DeviceType.CPU && gradient.is_contiguous())
            gradient.bytes.Clear();
        else
            using (no_grad())
                gradient.fill_(0);
    }
}
