using Pyro.LibTorch;

namespace TorchSharp;

/// <summary>The dispose scopes of a thread, and their statistics.</summary>
public class DisposeScopeManager
{
    [ThreadStatic]
    private static DisposeScopeManager? ofThread;

    private readonly ThreadDisposeScopeStatistics statistics = new();
    private List<object>? spareList;

    /// <summary>The statistics of the calling thread.</summary>
    public static ThreadDisposeScopeStatistics Statistics => OfThread.statistics;

    internal static DisposeScopeManager OfThread => ofThread ??= new DisposeScopeManager();

    internal DisposeScope? Current { get; private set; }

    /// <summary>The native references of this thread's tensors.</summary>
    internal NativeReferences References { get; } = new();

    /// <summary>An empty list for a new scope: the last one that ended left its own, grown to what such scopes hold.</summary>
    internal List<object> TakeList()
    {
        var list = spareList ?? [];
        spareList = null;
        return list;
    }

    /// <summary>Keeps an empty list for the next scope, unless it once held uncommonly much.</summary>
    internal void ReturnList(List<object> list)
    {
        if (list.Count == 0 && list.Capacity <= 4096)
            spareList = list;
    }

    internal static DisposeScope NewScope()
    {
        var manager = OfThread;
        return manager.Current = new DisposeScope(manager, manager.Current);
    }

    /// <summary>A tensor was made: the innermost scope of the thread disposes it.</summary>
    internal void Register(torch.Tensor tensor)
    {
        if (Current is { } scope)
        {
            scope.Add(tensor);
            statistics.TensorStatistics.CreatedInScopeCount++;
        }
        else
        {
            statistics.TensorStatistics.CreatedOutsideScopeCount++;
        }
    }

    /// <summary>A tensor was disposed by itself, not by its scope.</summary>
    internal void Unregister(torch.Tensor tensor)
    {
        if (tensor.Scope is { } scope)
        {
            // Another thread's scope is that thread's alone: it finds the tensor disposed when it ends.
            if (scope.IsOf(this))
                scope.Remove(tensor);
            statistics.TensorStatistics.DisposedInScopeCount++;
        }
        else
        {
            statistics.TensorStatistics.DisposedOutsideScopeCount++;
        }
    }

    /// <summary>Takes a scope, the innermost or not, out of the chain.</summary>
    internal void Remove(DisposeScope scope)
    {
        if (Current == scope)
        {
            Current = scope.Outer;
            return;
        }
        for (var inner = Current; inner is not null; inner = inner.Outer)
            if (inner.Outer == scope)
                inner.Outer = scope.Outer;
    }

    /// <summary>A scope disposes a tensor.</summary>
    internal void CountDisposed() => statistics.TensorStatistics.DisposedInScopeCount++;

    // The tensor's own disposal counted it as one outside of scopes.
    internal void CountDisposedInScope()
    {
        statistics.TensorStatistics.DisposedOutsideScopeCount--;
        statistics.TensorStatistics.DisposedInScopeCount++;
    }

    internal void CountDetached() => statistics.TensorStatistics.DetachedFromScopeCount++;

    internal void CountAttached() => statistics.TensorStatistics.AttachedToScopeCount++;
}

/// <summary>How many objects of a kind a thread made and disposed, in and outside of dispose scopes.</summary>
public class LifetimeStatistics
{
    /// <summary>Made with no scope open.</summary>
    public long CreatedOutsideScopeCount { get; internal set; }

    /// <summary>Disposed while in no scope.</summary>
    public long DisposedOutsideScopeCount { get; internal set; }

    /// <summary>Made with a scope open.</summary>
    public long CreatedInScopeCount { get; internal set; }

    /// <summary>Disposed while in a scope, by it or by themselves.</summary>
    public long DisposedInScopeCount { get; internal set; }

    /// <summary>Taken into a scope after having been in none.</summary>
    public long AttachedToScopeCount { get; internal set; }

    /// <summary>Taken out of every scope.</summary>
    public long DetachedFromScopeCount { get; internal set; }

    /// <summary>Made less disposed, on this thread.</summary>
    public long ThreadTotalLiveCount =>
        CreatedInScopeCount + CreatedOutsideScopeCount - DisposedInScopeCount - DisposedOutsideScopeCount;

    /// <summary>Counts from 0 again.</summary>
    public void Reset()
    {
        CreatedOutsideScopeCount = DisposedOutsideScopeCount = CreatedInScopeCount = 0;
        DisposedInScopeCount = AttachedToScopeCount = DetachedFromScopeCount = 0;
    }

    /// <summary>All counts in one line.</summary>
    public override string ToString() =>
        $"ThreadTotalLiveCount: {ThreadTotalLiveCount}; CreatedOutsideScopeCount: {CreatedOutsideScopeCount}; "
        + $"DisposedOutsideScopeCount: {DisposedOutsideScopeCount}; CreatedInScopeCount: {CreatedInScopeCount}; "
        + $"DisposedInScopeCount: {DisposedInScopeCount}; AttachedToScopeCount: {AttachedToScopeCount}; "
        + $"DetachedFromScopeCount: {DetachedFromScopeCount}";
}

/// <summary>The statistics of a thread, over all kinds of objects and one by one.</summary>
public class ThreadDisposeScopeStatistics
{
    /// <summary>Tensors.</summary>
    public LifetimeStatistics TensorStatistics { get; } = new();

    /// <summary>Packed sequences.</summary>
    public LifetimeStatistics PackedSequenceStatistics { get; } = new();

    /// <summary>Made with no scope open.</summary>
    public long CreatedOutsideScopeCount => TensorStatistics.CreatedOutsideScopeCount + PackedSequenceStatistics.CreatedOutsideScopeCount;

    /// <summary>Disposed while in no scope.</summary>
    public long DisposedOutsideScopeCount => TensorStatistics.DisposedOutsideScopeCount + PackedSequenceStatistics.DisposedOutsideScopeCount;

    /// <summary>Made with a scope open.</summary>
    public long CreatedInScopeCount => TensorStatistics.CreatedInScopeCount + PackedSequenceStatistics.CreatedInScopeCount;

    /// <summary>Disposed while in a scope.</summary>
    public long DisposedInScopeCount => TensorStatistics.DisposedInScopeCount + PackedSequenceStatistics.DisposedInScopeCount;

    /// <summary>Taken into a scope after having been in none.</summary>
    public long AttachedToScopeCount => TensorStatistics.AttachedToScopeCount + PackedSequenceStatistics.AttachedToScopeCount;

    /// <summary>Taken out of every scope.</summary>
    public long DetachedFromScopeCount => TensorStatistics.DetachedFromScopeCount + PackedSequenceStatistics.DetachedFromScopeCount;

    /// <summary>Made less disposed, on this thread.</summary>
    public long ThreadTotalLiveCount => TensorStatistics.ThreadTotalLiveCount + PackedSequenceStatistics.ThreadTotalLiveCount;

    /// <summary>Counts from 0 again.</summary>
    public void Reset()
    {
        TensorStatistics.Reset();
        PackedSequenceStatistics.Reset();
    }

    /// <summary>All counts in one line.</summary>
    public override string ToString() => TensorStatistics.ToString();
}
