namespace TorchSharp;

/// <summary>What dispose scopes have seen on this thread.</summary>
public class ThreadDisposeScopeStatistics
{
    /// <summary>Tensors made while no scope was open.</summary>
    public long CreatedOutsideScopeCount { get; internal set; }

    /// <summary>Tensors disposed that belonged to no scope.</summary>
    public long DisposedOutsideScopeCount { get; internal set; }

    /// <summary>Tensors made inside of a scope.</summary>
    public long CreatedInScopeCount { get; internal set; }

    /// <summary>Tensors disposed that belonged to a scope, by it or by hand.</summary>
    public long DisposedInScopeCount { get; internal set; }

    /// <summary>Tensors that a scope took over later.</summary>
    public long AttachedToScopeCount { get; internal set; }

    /// <summary>Tensors that left every scope.</summary>
    public long DetachedFromScopeCount { get; internal set; }

    /// <summary>Tensors made on this thread that have not been disposed on it; those that were collected instead are among them.</summary>
    public long ThreadTotalLiveCount =>
        CreatedOutsideScopeCount + CreatedInScopeCount - DisposedOutsideScopeCount - DisposedInScopeCount;

    /// <summary>Starts counting anew.</summary>
    public void Reset() => CreatedOutsideScopeCount = DisposedOutsideScopeCount = CreatedInScopeCount =
        DisposedInScopeCount = AttachedToScopeCount = DetachedFromScopeCount = 0;

    /// <inheritdoc/>
    public override string ToString() =>
        $"created {CreatedInScopeCount} in and {CreatedOutsideScopeCount} outside of scopes, disposed {DisposedInScopeCount} and " +
        $"{DisposedOutsideScopeCount}, attached {AttachedToScopeCount}, detached {DetachedFromScopeCount}, alive {ThreadTotalLiveCount}";
}

/// <summary>The dispose scopes of this thread.</summary>
public class DisposeScopeManager
{
    [ThreadStatic]
    private static ThreadDisposeScopeStatistics? statistics;

    /// <summary>What dispose scopes have seen on this thread.</summary>
    public static ThreadDisposeScopeStatistics Statistics => statistics ??= new ThreadDisposeScopeStatistics();
}
