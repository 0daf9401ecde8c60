using System.Runtime.CompilerServices;
using ProbCompiler.Benchmarks;
using TorchSharp;
using static TorchSharp.torch;

namespace Pyro.LibTorch.Tests;

/// <summary>Native memory under neglect and under load; eng/stress-tensors runs the same for longer. It is the whole process's: nothing else may run.</summary>
[Collection(nameof(Alone))]
public class MemoryTests
{
    [Fact]
    public void Dropped_tensors_are_collected_before_they_fill_the_memory()
    {
        // 100,000 tensors of up to 16 KB: 190 MB of numbers, and 60 MB of libtorch's own, if nobody collected them.
        // The first tensors of a process load libtorch, and the heap grows to its first collection.
        _ = Dropped.Most(20_000, seed: 2);
        var before = ResidentMemory.Bytes;
        Assert.InRange(Dropped.Most(100_000, seed: 1) - before, long.MinValue, 150_000_000);
    }

    [Fact]
    public void Large_tensors_are_collected_as_well()
    {
        var before = ResidentMemory.Bytes;
        // Four gigabytes, whatever else the process holds by now. On a busy machine the finalizers' thread falls behind, but not by all of them.
        for (var i = 0; i < 1000; i++)
            ones(1_000_000).sum();
        Assert.InRange(ResidentMemory.Bytes - before, long.MinValue, 1_500_000_000);
    }

    [Fact]
    public void Nothing_is_alive_after_the_last_reference_has_gone()
    {
        Collect();
        var before = Tensor.TotalCount;
        Drop(1000);
        Collect();
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void Nothing_is_alive_where_references_had_waited_for_their_tensors()
    {
        Collect();
        var before = Tensor.TotalCount;
        Disposed(1000);
        Drop(100);
        Collect();
        Assert.Equal(before, Tensor.TotalCount);
    }

    /// <summary>As many as are released in one call, fewer, and more.</summary>
    [Fact]
    public void A_scope_gives_all_of_its_memory_back()
    {
        Fill(1);
        var before = ResidentMemory.Bytes;
        foreach (var count in (int[])[1, 3, 32, 33])
            for (var i = 0; i < 60; i++)
                Fill(count);
        Assert.InRange(ResidentMemory.Bytes - before, long.MinValue, 200_000_000);

        // Four megabytes each.
        static void Fill(int count)
        {
            using var scope = NewDisposeScope();
            for (var i = 0; i < count; i++)
                _ = ones(1_000_000);
        }
    }

    [Fact]
    public void A_reference_that_is_used_again_belongs_to_its_new_tensor_only()
    {
        var first = tensor(1.0);
        first.Dispose();
        using var second = tensor(2.0);
        first.Dispose();
        Assert.True(first.IsInvalid);
        Assert.Equal(2.0, second.item<double>());
        Assert.Throws<ObjectDisposedException>(() => first.item<double>());
    }

    [Fact]
    public void Threads_leave_no_tensor_behind()
    {
        Collect();
        Assert.True(Stress.Run(8, TimeSpan.FromSeconds(2), seed: 1));
    }

    [Fact]
    public void A_scope_ends_in_peace_whatever_became_of_its_tensors()
    {
        var outer = NewDisposeScope();
        var inner = NewDisposeScope();
        Tensor early = ones(1), twice = ones(1), moved = ones(1), detached = ones(1), taken = ones(1);
        early.Dispose();
        twice.Dispose();
        twice.Dispose();
        moved.MoveToOuterDisposeScope();
        detached.DetachFromDisposeScope();
        var handle = taken.DecoupleFromNativeHandle();
        outer.Dispose();
        Assert.True(moved.IsInvalid);
        inner.Dispose();
        inner.Dispose();
        outer.Dispose();
        Assert.False(detached.IsInvalid);
        using var again = Tensor.UnsafeCreateTensor(handle);
        Assert.Equal(1f, again.item<float>());
        Assert.Null(CurrentDisposeScope);
        detached.Dispose();
    }

    [Fact]
    public void Statistics_count_what_was_made_and_disposed()
    {
        var statistics = DisposeScopeManager.Statistics.TensorStatistics;
        statistics.Reset();
        using (NewDisposeScope())
        {
            _ = ones(1);
            ones(1).Dispose();
            ones(1).DetachFromDisposeScope().Dispose();
        }
        ones(1).Dispose();
        Assert.Equal((3, 2, 1, 2, 1, 0), (statistics.CreatedInScopeCount, statistics.DisposedInScopeCount, statistics.CreatedOutsideScopeCount,
            statistics.DisposedOutsideScopeCount, statistics.DetachedFromScopeCount, statistics.ThreadTotalLiveCount));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Drop(int count)
    {
        for (var i = 0; i < count; i++)
            (ones(i + 1) + 1).sum().MoveToOuterDisposeScope();
    }

    private static void Disposed(int count)
    {
        using var scope = NewDisposeScope();
        for (var i = 0; i < count; i++)
            _ = ones(1);
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }
}
