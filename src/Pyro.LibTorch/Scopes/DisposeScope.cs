using Pyro.LibTorch;

namespace TorchSharp;

/// <summary>
/// Disposes, at its end, every tensor that was made on its thread while it was the innermost scope, except those moved elsewhere.
/// </summary>
public sealed class DisposeScope : IDisposable
{
    // So many tensors are released in one call.
    private const int Batch = 32;

    private readonly DisposeScopeManager manager;

    // Of IDisposable; an array of objects takes them without a look at their type.
    private List<object> items;
    private bool disposed;

    internal DisposeScope(DisposeScopeManager manager, DisposeScope? outer)
    {
        this.manager = manager;
        items = manager.TakeList();
        Outer = outer;
    }

    internal DisposeScope? Outer { get; set; }

    /// <summary>What the scope will dispose.</summary>
    public IReadOnlyList<IDisposable> DisposablesView => [.. items.Cast<IDisposable>()];

    /// <summary>How many objects the scope will dispose.</summary>
    public int DisposablesCount => items.Count;

    /// <summary>Gives an object to the enclosing scope; to nobody where there is none.</summary>
    public T MoveToOuter<T>(T disposable)
        where T : IDisposable
    {
        Move(disposable, Outer);
        return disposable;
    }

    /// <summary>Gives two objects to the enclosing scope.</summary>
    public (T1 first, T2 second) MoveToOuter<T1, T2>(T1 first, T2 second)
        where T1 : IDisposable
        where T2 : IDisposable => (MoveToOuter(first), MoveToOuter(second));

    /// <summary>Gives three objects to the enclosing scope.</summary>
    public (T1 first, T2 second, T3 third) MoveToOuter<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable
        where T2 : IDisposable
        where T3 : IDisposable => (MoveToOuter(first), MoveToOuter(second), MoveToOuter(third));

    /// <summary>Gives objects to the enclosing scope.</summary>
    public void MoveToOuter(params IDisposable[] disposables) => MoveToOuter((IEnumerable<IDisposable>)disposables);

    /// <summary>Gives objects to the enclosing scope.</summary>
    public void MoveToOuter(IEnumerable<IDisposable> disposables)
    {
        foreach (var disposable in disposables)
            Move(disposable, Outer);
    }

    /// <summary>Gives an object to another scope.</summary>
    public T MoveToOther<T>(DisposeScope scope, T disposable)
        where T : IDisposable
    {
        Move(disposable, scope);
        return disposable;
    }

    /// <summary>Gives two objects to another scope.</summary>
    public (T1 first, T2 second) MoveToOther<T1, T2>(DisposeScope scope, T1 first, T2 second)
        where T1 : IDisposable
        where T2 : IDisposable => (MoveToOther(scope, first), MoveToOther(scope, second));

    /// <summary>Gives three objects to another scope.</summary>
    public (T1 first, T2 second, T3 third) MoveToOther<T1, T2, T3>(DisposeScope scope, T1 first, T2 second, T3 third)
        where T1 : IDisposable
        where T2 : IDisposable
        where T3 : IDisposable => (MoveToOther(scope, first), MoveToOther(scope, second), MoveToOther(scope, third));

    /// <summary>Gives objects to another scope.</summary>
    public void MoveToOther(DisposeScope scope, params IDisposable[] disposables) => MoveToOther(scope, (IEnumerable<IDisposable>)disposables);

    /// <summary>Gives objects to another scope.</summary>
    public void MoveToOther(DisposeScope scope, IEnumerable<IDisposable> disposables)
    {
        foreach (var disposable in disposables)
            Move(disposable, scope);
    }

    /// <summary>Takes an object out of every scope: from now on the caller disposes it.</summary>
    public T Detach<T>(T disposable)
        where T : IDisposable
    {
        Move(disposable, null);
        return disposable;
    }

    /// <summary>Takes two objects out of every scope.</summary>
    public (T1 first, T2 second) Detach<T1, T2>(T1 first, T2 second)
        where T1 : IDisposable
        where T2 : IDisposable => (Detach(first), Detach(second));

    /// <summary>Takes three objects out of every scope.</summary>
    public (T1 first, T2 second, T3 third) Detach<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable
        where T2 : IDisposable
        where T3 : IDisposable => (Detach(first), Detach(second), Detach(third));

    /// <summary>Takes objects out of every scope.</summary>
    public void Detach(params IDisposable[] disposables) => Detach((IEnumerable<IDisposable>)disposables);

    /// <summary>Takes objects out of every scope.</summary>
    public void Detach(IEnumerable<IDisposable> disposables)
    {
        foreach (var disposable in disposables)
            Move(disposable, null);
    }

    /// <summary>Takes over an object from whoever disposes it now.</summary>
    public void Attach(IDisposable disposable) => Move(disposable, this);

    /// <summary>Takes over objects.</summary>
    public void Attach(params IDisposable[] disposables) => Attach((IEnumerable<IDisposable>)disposables);

    /// <summary>Takes over objects and returns them.</summary>
    public IReadOnlyList<IDisposable> Attach(IEnumerable<IDisposable> disposables)
    {
        var attached = disposables.ToList();
        foreach (var disposable in attached)
            Move(disposable, this);
        return attached;
    }

    /// <summary>Disposes what the scope holds; the scope goes on.</summary>
    public void DisposeEverything()
    {
        while (items.Count > 0)
        {
            DisposeTensors();
            if (items.Count > 0)
                DisposeLast();
        }
    }

    /// <summary>Disposes what the scope holds except some objects, which it goes on holding.</summary>
    public void DisposeEverythingBut(IEnumerable<IDisposable> inKeep)
    {
        var keep = new HashSet<IDisposable>(inKeep, ReferenceEqualityComparer.Instance);
        var kept = DisposablesView.Where(keep.Contains).ToList();
        foreach (var item in kept)
            Remove(item);
        DisposeEverything();
        foreach (var item in kept)
            Add(item);
    }

    /// <summary>Disposes what the scope holds except some objects.</summary>
    public void DisposeEverythingBut(params IDisposable[] keep) => DisposeEverythingBut((IEnumerable<IDisposable>)keep);

    /// <summary>Disposes what the scope holds except one object.</summary>
    public T DisposeEverythingBut<T>(T keep)
        where T : IDisposable
    {
        DisposeEverythingBut([keep]);
        return keep;
    }

    /// <summary>Disposes what the scope holds except two objects.</summary>
    public (T1 first, T2 second) DisposeEverythingBut<T1, T2>(T1 first, T2 second)
        where T1 : IDisposable
        where T2 : IDisposable
    {
        DisposeEverythingBut([first, second]);
        return (first, second);
    }

    /// <summary>Disposes what the scope holds except three objects.</summary>
    public (T1 first, T2 second, T3 third) DisposeEverythingBut<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable
        where T2 : IDisposable
        where T3 : IDisposable
    {
        DisposeEverythingBut([first, second, third]);
        return (first, second, third);
    }

    /// <summary>Ends the scope; harmless when repeated and out of order.</summary>
    public void Dispose()
    {
        if (disposed)
            return;
        disposed = true;
        manager.Remove(this);
        DisposeEverything();
        manager.ReturnList(items);
        items = [];
    }

    /// <summary>Forgets an object that somebody else disposes.</summary>
    public void MarkAsDisposed(IDisposable disposable)
    {
        if (Remove(disposable) && disposable is torch.Tensor)
            manager.CountDisposedInScope();
    }

    /// <summary>Whether the scope will dispose this object.</summary>
    public bool Contains(IDisposable disposable) =>
        disposable is torch.Tensor tensor ? tensor.Scope == this : items.Exists(i => ReferenceEquals(i, disposable));

    internal bool IsOf(DisposeScopeManager thread) => manager == thread;

    internal void Add(IDisposable disposable)
    {
        if (disposable is torch.Tensor tensor)
        {
            tensor.Scope = this;
            tensor.ScopeSlot = items.Count;
        }
        items.Add(disposable);
    }

    internal bool Remove(IDisposable disposable)
    {
        if (disposable is not torch.Tensor tensor)
        {
            var found = items.FindIndex(i => ReferenceEquals(i, disposable));
            if (found >= 0)
                RemoveSlot(found);
            return found >= 0;
        }
        if (tensor.Scope != this)
            return false;
        RemoveSlot(tensor.ScopeSlot);
        tensor.Scope = null;
        return true;
    }

    // The tensors at the end, down to something that has a disposal of its own.
    private unsafe void DisposeTensors()
    {
        var thread = DisposeScopeManager.OfThread;
        var handles = stackalloc nint[Batch];
        var count = 0;
        while (items.Count > 0 && items[^1] is torch.Tensor tensor && tensor.GetType() == typeof(torch.Tensor))
        {
            items.RemoveAt(items.Count - 1);
            tensor.Scope = null;
            var handle = tensor.Leave(thread);
            if (handle != 0)
                handles[count++] = handle;
            if (count == Batch)
            {
                Native.pt_release_all(handles, count);
                count = 0;
            }
        }
        if (count > 0)
            Native.pt_release_all(handles, count);
    }

    private void DisposeLast()
    {
        var item = items[^1];
        items.RemoveAt(items.Count - 1);
        if (item is not torch.Tensor tensor)
        {
            ((IDisposable)item).Dispose();
            return;
        }
        tensor.Scope = null;
        if (tensor.IsInvalid)
            return;
        tensor.Dispose();
        manager.CountDisposedInScope();
    }

    // The last item takes the place of the removed one; tensors know their places.
    private void RemoveSlot(int slot)
    {
        var last = items[^1];
        items[slot] = last;
        if (last is torch.Tensor moved)
            moved.ScopeSlot = slot;
        items.RemoveAt(items.Count - 1);
    }

    private void Move(IDisposable disposable, DisposeScope? to)
    {
        if (disposable is null)
            return;
        var from = disposable is torch.Tensor { Scope: { } owner } ? owner : this;
        if (from == to)
        {
            if (!Contains(disposable))
                AddCounted(disposable, to);
            return;
        }
        if (from.Remove(disposable) && to is null && disposable is torch.Tensor)
            manager.CountDetached();
        if (to is not null)
            AddCounted(disposable, to);
    }

    private void AddCounted(IDisposable disposable, DisposeScope to)
    {
        var attached = disposable is torch.Tensor { Scope: null };
        to.Add(disposable);
        if (attached)
            manager.CountAttached();
    }
}
