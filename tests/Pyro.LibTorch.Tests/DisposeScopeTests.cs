using TorchSharp;
using static TorchSharp.torch;

namespace Pyro.LibTorch.Tests;

public sealed class DisposeScopeTests
{
    [Fact]
    public void A_scope_disposes_what_was_made_in_it()
    {
        Tensor inside, outer;
        using (var scope = NewDisposeScope())
        {
            inside = ones(3);
            var kept = inside + 1;
            outer = kept.MoveToOuterDisposeScope();
            Assert.Equal(1, scope.DisposablesCount);
            Assert.Same(scope, CurrentDisposeScope);
        }
        Assert.True(inside.IsInvalid);
        Assert.False(outer.IsInvalid);
        Assert.Null(CurrentDisposeScope);
        outer.Dispose();
    }

    [Fact]
    public void Moving_detaching_and_attaching_between_nested_scopes()
    {
        using var outer = NewDisposeScope();
        Tensor moved, detached;
        using (var inner = NewDisposeScope())
        {
            moved = inner.MoveToOuter(ones(1));
            detached = ones(1).DetachFromDisposeScope();
            Assert.Equal(0, inner.DisposablesCount);
        }
        Assert.True(outer.Contains(moved));
        Assert.False(moved.IsInvalid);
        Assert.False(detached.IsInvalid);
        outer.Attach(detached);
        outer.DisposeEverythingBut(moved);
        Assert.True(detached.IsInvalid);
        Assert.False(moved.IsInvalid);
    }

    [Fact]
    public void A_scope_that_goes_on_has_forgotten_what_it_disposed()
    {
        using var scope = NewDisposeScope();
        var tensors = Enumerable.Range(0, 70).Select(_ => ones(1)).ToList();
        using var parameter = new TorchSharp.Modules.Parameter(ones(1));
        scope.Attach(parameter);
        var statistics = DisposeScopeManager.Statistics.TensorStatistics;
        var (inside, outside) = (statistics.DisposedInScopeCount, statistics.DisposedOutsideScopeCount);

        scope.DisposeEverything();

        Assert.All(tensors, tensor => Assert.True(tensor.IsInvalid && !scope.Contains(tensor)));
        Assert.True(parameter.IsInvalid && !scope.Contains(parameter));
        Assert.Equal(0, scope.DisposablesCount);
        Assert.Equal((inside + 71, outside), (statistics.DisposedInScopeCount, statistics.DisposedOutsideScopeCount));
    }

    [Fact]
    public void Disposing_twice_and_out_of_order_is_harmless()
    {
        var outer = NewDisposeScope();
        var first = ones(1);
        var inner = NewDisposeScope();
        var second = ones(1);
        outer.Dispose();
        Assert.True(first.IsInvalid);
        Assert.False(second.IsInvalid);
        inner.Dispose();
        inner.Dispose();
        outer.Dispose();
        first.Dispose();
        second.Dispose();
        Assert.Null(CurrentDisposeScope);
    }

    [Fact]
    public void Threads_may_dispose_what_anothers_scope_holds()
    {
        Tensor[] made;
        using (NewDisposeScope())
        {
            made = [.. Enumerable.Range(0, 2000).Select(_ => ones(1))];
            Parallel.ForEach(made.Take(1500), tensor => tensor.Dispose());
            Assert.All(made.Skip(1500), tensor => Assert.False(tensor.IsInvalid));
        }
        Assert.All(made, tensor => Assert.True(tensor.IsInvalid));
    }

    [Fact]
    public void Use_after_dispose_is_an_exception()
    {
        var x = ones(2);
        x.Dispose();
        Assert.ThrowsAny<InvalidOperationException>(() => x + 1);
        Assert.ThrowsAny<InvalidOperationException>(() => x.shape);
    }

    [Fact]
    public void Statistics_count_what_happened_on_this_thread()
    {
        var statistics = DisposeScopeManager.Statistics;
        statistics.Reset();
        var outside = ones(1);
        using (NewDisposeScope())
        {
            _ = ones(1);
            ones(1).Dispose();
            _ = ones(1).DetachFromDisposeScope();
        }
        outside.Dispose();
        Assert.Equal(1, statistics.CreatedOutsideScopeCount);
        Assert.Equal(3, statistics.CreatedInScopeCount);
        Assert.Equal(2, statistics.DisposedInScopeCount);
        Assert.Equal(1, statistics.DisposedOutsideScopeCount);
        Assert.Equal(1, statistics.DetachedFromScopeCount);
        Assert.Equal(1, statistics.ThreadTotalLiveCount);
    }
}
