using System.Diagnostics.CodeAnalysis;

namespace TorchSharp;

/// <summary>
/// Disposes the tensors that were made on its thread while it was the innermost scope, unless they were moved out or detached.
/// Scopes nest: dispose them in the reverse order of their making, on the thread that made them.
/// </summary>
public sealed class DisposeScope : IDisposable
{
    [ThreadStatic]
    private static DisposeScope? innermost;

    private readonly DisposeScope? outer;
    private readonly List<torch.Tensor?> tensors = [];
    private int count;
    private bool disposed;

    internal DisposeScope()
    {
        outer = innermost;
        innermost = this;
    }

    internal static DisposeScope? Current => innermost;

    /// <summary>How many tensors the scope holds.</summary>
    public int DisposablesCount => count;

    /// <summary>The tensors that the scope holds.</summary>
    public IReadOnlyList<IDisposable> DisposablesView => [.. tensors.OfType<IDisposable>()];

    /// <summary>Hands a tensor to the next outer scope; without one it belongs to nobody.</summary>
    [return: NotNullIfNotNull(nameof(disposable))]
    public T MoveToOuter<T>(T disposable)
        where T : IDisposable
    {
        if (disposable is torch.Tensor tensor)
        {
            tensor.Scope?.Remove(tensor);
            if (outer is not null)
                outer.Add(tensor);
            else
                DisposeScopeManager.Statistics.DetachedFromScopeCount++;
        }
        return disposable;
    }

    /// <inheritdoc cref="MoveToOuter{T}(T)"/>
    public (T1 First, T2 Second) MoveToOuter<T1, T2>(T1 first, T2 second)
        where T1 : IDisposable
        where T2 : IDisposable => (MoveToOuter(first), MoveToOuter(second));

    /// <inheritdoc cref="MoveToOuter{T}(T)"/>
    public void MoveToOuter(IEnumerable<IDisposable> disposables)
    {
        foreach (var disposable in disposables)
            MoveToOuter(disposable);
    }

    /// <summary>Takes a tensor out of every scope: whoever holds it disposes it.</summary>
    [return: NotNullIfNotNull(nameof(disposable))]
    public T Detach<T>(T disposable)
        where T : IDisposable
    {
        if (disposable is torch.Tensor { Scope: { } scope } tensor)
        {
            scope.Remove(tensor);
            DisposeScopeManager.Statistics.DetachedFromScopeCount++;
        }
        return disposable;
    }

    /// <summary>Takes a tensor into this scope.</summary>
    public void Attach(IDisposable disposable)
    {
        if (disposable is not torch.Tensor tensor)
            return;
        tensor.Scope?.Remove(tensor);
        Add(tensor);
        DisposeScopeManager.Statistics.AttachedToScopeCount++;
    }

    /// <summary>Whether the scope holds this tensor.</summary>
    public bool Contains(IDisposable disposable) => disposable is torch.Tensor tensor && ReferenceEquals(tensor.Scope, this);

    /// <summary>Disposes what the scope holds now; the scope goes on.</summary>
    public void DisposeEverything()
    {
        // From the end, as the tensors remove themselves.
        for (var i = tensors.Count - 1; i >= 0; i--)
            tensors[i]?.Dispose();
        tensors.Clear();
        count = 0;
    }

    /// <summary>Disposes what the scope holds but one tensor, which stays.</summary>
    public T DisposeEverythingBut<T>(T keep)
        where T : IDisposable
    {
        Detach(keep);
        DisposeEverything();
        Attach(keep);
        return keep;
    }

    /// <summary>Disposes what the scope holds and makes the outer scope the current one.</summary>
    public void Dispose()
    {
        if (disposed)
            return;
        disposed = true;
        DisposeEverything();
        // Out of order: a scope that is not the innermost leaves the chain without disturbing those inside it.
        if (ReferenceEquals(innermost, this))
        {
            innermost = outer;
            while (innermost is { disposed: true })
                innermost = innermost.outer;
        }
    }

    internal void Add(torch.Tensor tensor)
    {
        tensor.Scope = this;
        tensor.ScopeIndex = tensors.Count;
        tensors.Add(tensor);
        count++;
    }

    internal void Remove(torch.Tensor tensor)
    {
        tensor.Scope = null;
        count--;
        if (tensor.ScopeIndex == tensors.Count - 1)
            tensors.RemoveAt(tensor.ScopeIndex);
        else
            tensors[tensor.ScopeIndex] = null;
    }
}

public static partial class torch
{
    /// <summary>The innermost dispose scope of this thread.</summary>
    public static DisposeScope? CurrentDisposeScope => DisposeScope.Current;

    /// <summary>Opens a dispose scope: what is made on this thread until it is disposed is disposed with it.</summary>
    public static DisposeScope NewDisposeScope() => new();
}
