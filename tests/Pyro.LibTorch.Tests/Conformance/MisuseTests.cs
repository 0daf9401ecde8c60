using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Pyro.LibTorch.Tests;

/// <summary>Every operation of the tables with arguments that it cannot take: whatever happens, it is a managed exception or a result.</summary>
public class MisuseTests
{
    public static TheoryData<int, string> All() => ConformanceTests.All();

    [Theory]
    [MemberData(nameof(All))]
    public void A_disposed_argument_says_so(int index, string op)
    {
        foreach (var at in With(index).Tensorial)
        {
            using var scope = NewDisposeScope();
            var gone = ones(2);
            gone.Dispose();
            var arguments = With(index);
            arguments.Replace(at, gone);
            Assert.Throws<ObjectDisposedException>(() => Dispatch.Call(op, arguments));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_missing_argument_says_so(int index, string op)
    {
        foreach (var at in With(index).Tensorial)
        {
            using var scope = NewDisposeScope();
            var arguments = With(index);
            arguments.Replace(at, null);
            var error = Attempt(op, arguments);
            if (arguments.MissingWasAsked && error is not null)
                Assert.IsType<ArgumentNullException>(error);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void An_argument_of_another_kind_is_taken_or_refused(int index, string op)
    {
        foreach (var at in With(index).Tensorial)
            foreach (var make in Others)
            {
                using var scope = NewDisposeScope();
                var arguments = With(index);
                arguments.Replace(at, make());
                if (Attempt(op, arguments) is { } error)
                    Assert.True(error is ExternalException or ArgumentException or InvalidOperationException or NotSupportedException, $"{op}: {error}");
            }
    }

    // Of other ranks, sizes, types and layouts, with and without a gradient.
    private static readonly Func<Tensor>[] Others =
    [
        () => tensor(0.5),
        () => tensor(-7L),
        () => zeros(0),
        () => zeros(3, 0, 2, dtype: ScalarType.Float64),
        () => ones([2, 1, 3, 1, 2], dtype: ScalarType.Float64),
        () => ones(5, dtype: ScalarType.Bool),
        () => full(4, 1L << 45),
        () => full([2, 3], -9L),
        () => full([3, 3], double.NaN, dtype: ScalarType.Float64),
        () => full([3, 3], double.PositiveInfinity, dtype: ScalarType.Float64),
        () => ones([3, 3], dtype: ScalarType.Float16),
        () => ones([2, 2], dtype: ScalarType.ComplexFloat64),
        () => ones(6, dtype: ScalarType.Float64).reshape(2, 3).t(),
        () => ones(1, dtype: ScalarType.Float64).expand(4, 4),
        () => ones([4, 4], dtype: ScalarType.Float64, requires_grad: true),
    ];

    private static Arguments With(int index) => new(ConformanceTests.Cases[index].GetProperty("args"));

    private static Exception? Attempt(string op, Arguments arguments)
    {
        try
        {
            var results = Dispatch.Call(op, arguments);
            foreach (var result in results.OfType<Tensor>())
                if (result.requires_grad)
                    result.sum().backward();
            return null;
        }
        catch (Exception error)
        {
            return error;
        }
    }
}
