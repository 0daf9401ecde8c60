using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Pyro.LibTorch.Tests;

public class LifetimeTests
{
    [Fact]
    public void A_scope_disposes_what_was_made_in_it_and_not_moved_out()
    {
        Tensor inner, kept;
        using (var outer = NewDisposeScope())
        {
            using (var scope = NewDisposeScope())
            {
                inner = ones(3);
                kept = (inner + 1).MoveToOuterDisposeScope();
                Assert.Equal(1, scope.DisposablesCount);
            }
            Assert.True(inner.IsInvalid);
            Assert.Equal(6, kept.sum().item<float>());
        }
        Assert.True(kept.IsInvalid);
    }

    [Fact]
    public async Task Elements_are_copied_before_the_collector_takes_the_tensor()
    {
        using var over = new CancellationTokenSource();
        var collector = Task.Run(
            () =>
            {
                while (!over.IsCancellationRequested)
                {
                    GC.Collect(0);
                    GC.WaitForPendingFinalizers();
                    zeros(200_000, ScalarType.Float64).Dispose();
                }
            },
            TestContext.Current.CancellationToken);
        for (var i = 0; i < 1000; i++)
        {
            // Nothing holds the tensor but the call.
            var elements = ones(200_000, ScalarType.Float64).data<double>().ToArray();
            Assert.Equal(200_000, elements.Sum());
        }
        await over.CancelAsync();
        await collector;
    }

    [Fact]
    public void Disposing_twice_and_out_of_order_is_harmless()
    {
        var outer = NewDisposeScope();
        var inner = NewDisposeScope();
        var tensor = zeros(2);
        outer.Dispose();
        Assert.False(tensor.IsInvalid);
        inner.Dispose();
        inner.Dispose();
        tensor.Dispose();
        tensor.Dispose();
        Assert.Null(CurrentDisposeScope);
    }

    [Fact]
    public void A_disposed_tensor_says_so()
    {
        var tensor = zeros(2);
        tensor.Dispose();
        Assert.Throws<ObjectDisposedException>(() => tensor + 1);
        Assert.Equal("a disposed tensor", tensor.ToString());
    }

    [Fact]
    public void A_view_outlives_the_tensor_it_views()
    {
        var matrix = arange(6).reshape(2, 3);
        var row = matrix[1];
        matrix.Dispose();
        Assert.Equal([3L, 4L, 5L], row.data<long>().ToArray());
    }

    [Fact]
    public void A_native_error_names_operation_shapes_and_dtypes()
    {
        var error = Assert.Throws<ExternalException>(() => zeros(2, 3) + zeros(4));
        Assert.Contains("[add(self: Float32 [2, 3], target: Float32 [4])]", error.Message);
        Assert.DoesNotContain("Exception raised from", error.Message);
    }

    [Fact]
    public void An_item_is_the_only_element_in_its_own_type()
    {
        Assert.Contains("[3]", Assert.Throws<ArgumentException>(() => ones(3).item<float>()).Message);
        Assert.Contains("Float32", Assert.Throws<ArgumentException>(() => ones(1).item<double>()).Message);
    }

    [Fact]
    public void A_device_that_is_not_there_is_an_exception_that_says_so()
    {
        Assert.SkipWhen(cuda_is_available(), "There is a CUDA device here.");
        Assert.Contains("no device 'cuda:0'", Assert.Throws<InvalidOperationException>(() => ones(2).cuda()).Message);
        Assert.Throws<InvalidOperationException>(() => zeros(2, device: CUDA));
    }
}
