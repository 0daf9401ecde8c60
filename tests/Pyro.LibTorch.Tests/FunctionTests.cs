using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>
/// Functions whose derivative is written by hand: alone in the graph, where their derivative is called at once, and among other operations, where libtorch's
/// engine calls it.
/// </summary>
public sealed class FunctionTests
{
    public static TheoryData<bool> Alone => [true, false];

    [Theory]
    [MemberData(nameof(Alone))]
    public void Derivatives_are_those_by_hand_in_the_order_that_is_asked_for(bool alone)
    {
        using var scope = NewDisposeScope();
        var (x, y) = (tensor([1.0, 2.0]).requires_grad_(), tensor([3.0, 5.0]).requires_grad_());
        var result = Rooted(Dot.apply(x, y), alone);
        Assert.Equal(13, result.item<double>());
        var derivatives = autograd.grad([result], [y, x]);
        Assert.Equal([1.0, 2.0], derivatives[0].data<double>().ToArray());
        Assert.Equal([3.0, 5.0], derivatives[1].data<double>().ToArray());
        Assert.All(derivatives, derivative => Assert.False(derivative.requires_grad));
        Assert.Null(x.grad);
    }

    [Theory]
    [MemberData(nameof(Alone))]
    public void A_graph_is_there_once_or_as_often_as_it_is_kept(bool alone)
    {
        using var scope = NewDisposeScope();
        var x = tensor([1.0, 2.0]).requires_grad_();
        var result = Rooted(Dot.apply(x, tensor([3.0, 5.0])), alone);
        for (var i = 0; i < 3; i++)
            Assert.Equal([3.0, 5.0], autograd.grad([result], [x], retain_graph: i < 2)[0].data<double>().ToArray());
        var failure = Assert.ThrowsAny<Exception>(() => autograd.grad([result], [x]));
        Assert.Contains("second time", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Alone))]
    public void One_leaf_in_two_places_has_the_sum_and_no_leaf_has_what_comes_through_it(bool alone)
    {
        using var scope = NewDisposeScope();
        var x = tensor([1.0, 2.0]).requires_grad_();
        Assert.Equal([2.0, 4.0], autograd.grad([Rooted(Dot.apply(x, x), alone)], [x])[0].data<double>().ToArray());
        var doubled = x * 2;
        Assert.Equal([6.0, 10.0], autograd.grad([Rooted(Dot.apply(doubled, tensor([3.0, 5.0])), alone)], [x], retain_graph: true)[0].data<double>().ToArray());
        Assert.Equal([3.0, 5.0], autograd.grad([Rooted(Dot.apply(doubled, tensor([3.0, 5.0])), alone)], [doubled])[0].data<double>().ToArray());
    }

    [Theory]
    [MemberData(nameof(Alone))]
    public void An_input_without_a_derivative_is_an_error_or_null_where_that_is_allowed(bool alone)
    {
        using var scope = NewDisposeScope();
        var (x, y, other) = (tensor([1.0, 2.0]).requires_grad_(), tensor([3.0, 5.0]).requires_grad_(), ones(2).requires_grad_());
        foreach (var missing in (Tensor[])[y, other])
        {
            var result = Rooted(Half.apply(x, y), alone);
            Assert.Contains("not have been used", Assert.ThrowsAny<Exception>(() => autograd.grad([result], [missing], retain_graph: true)).Message, StringComparison.Ordinal);
            Assert.Null(autograd.grad([result], [missing], retain_graph: true, allow_unused: true)[0]);
            Assert.NotNull(autograd.grad([result], [x])[0]);
        }
    }

    [Theory]
    [MemberData(nameof(Alone))]
    public void A_derivative_of_another_shape_or_type_is_fitted_where_it_can_be(bool alone)
    {
        using var scope = NewDisposeScope();
        var x = tensor([1f, 2f]).requires_grad_();
        var fitted = autograd.grad([Rooted(Shaped.apply(x, new long[] { 3, 2 }), alone)], [x])[0];
        Assert.Equal(ScalarType.Float32, fitted.dtype);
        Assert.Equal([3f, 3f], fitted.data<float>().ToArray());
        var failure = Assert.ThrowsAny<Exception>(() => autograd.grad([Rooted(Shaped.apply(x, new long[] { 5 }), alone)], [x]));
        Assert.Contains("[5]", failure.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(Shaped), failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Alone))]
    public void What_the_derivative_throws_reaches_the_caller_and_the_next_call_is_as_if_nothing_had_been(bool alone)
    {
        using var scope = NewDisposeScope();
        var x = ones(2).requires_grad_();
        var failure = Assert.ThrowsAny<Exception>(() => autograd.grad([Rooted(Failing.apply(x), alone)], [x]));
        Assert.Contains("not today", failure.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(Failing), failure.Message, StringComparison.Ordinal);
        Assert.True(is_grad_enabled());
        Assert.Equal([1f, 1f], autograd.grad([x.sum()], [x])[0].data<float>().ToArray());
    }

    [Fact]
    public void A_derivative_runs_without_recording_unless_its_own_graph_is_wanted()
    {
        using var scope = NewDisposeScope();
        var x = tensor([1.0, 2.0]).requires_grad_();
        var first = autograd.grad([Cube.apply(x)], [x], create_graph: true)[0];
        Assert.True(first.requires_grad);
        Assert.Equal([6.0, 12.0], autograd.grad([first.sum()], [x])[0].data<double>().ToArray());
        Assert.False(autograd.grad([Cube.apply(x)], [x])[0].requires_grad);
    }

    [Fact]
    public void Backward_accumulates_and_a_kept_gradient_is_kept()
    {
        using var scope = NewDisposeScope();
        var x = tensor([1.0, 2.0]).requires_grad_();
        var result = Cube.apply(x);
        result.retain_grad();
        autograd.grad([result], [x], retain_graph: true);
        Assert.Equal(1, result.grad!.item<double>());
        result.backward();
        Cube.apply(x).backward();
        Assert.Equal([6.0, 24.0], x.grad!.data<double>().ToArray());
    }

    [Fact]
    public void The_gradient_of_a_number_by_itself_is_the_callers()
    {
        using var scope = NewDisposeScope();
        var x = tensor(2.0).requires_grad_();
        autograd.grad([x + 1], [x])[0].mul_(7);
        Assert.Equal(1, autograd.grad([x + 1], [x])[0].item<double>());
        var half = tensor(2f).to_type(ScalarType.Float16).requires_grad_();
        Assert.Equal(ScalarType.Float16, autograd.grad([half + 1], [half])[0].dtype);
    }

    [Fact]
    public void Several_results_have_their_gradients_or_zeros()
    {
        using var scope = NewDisposeScope();
        var x = tensor([1.0, 2.0]).requires_grad_();
        var results = SumAndProduct.apply(x);
        Assert.Equal([3.0, 2.0], results.Select(result => result.item<double>()));
        Assert.Equal([2.0, 1.0], autograd.grad([results[1]], [x], retain_graph: true)[0].data<double>().ToArray());
        Assert.Equal([1.0, 1.0], autograd.grad([results[0]], [x], retain_graph: true)[0].data<double>().ToArray());
        Assert.Equal([3.0, 2.0], autograd.grad([results[0] + results[1]], [x])[0].data<double>().ToArray());
    }

    [Fact]
    public void Outputs_that_have_no_gradient_and_inputs_that_are_changed_in_place_are_as_they_are_marked()
    {
        using var scope = NewDisposeScope();
        var x = tensor([1.0, -2.0]).requires_grad_();
        Assert.False(Signs.apply(x).requires_grad);
        var y = x * 1;
        var doubled = Doubled.apply(y);
        Assert.Same(y, doubled);
        Assert.Equal([2.0, 2.0], autograd.grad([doubled.sum()], [x])[0].data<double>().ToArray());
    }

    // Among operations a result is not the root of the graph.
    private static Tensor Rooted(Tensor result, bool alone) => alone ? result : result * 1.0;

    private sealed class Dot : autograd.SingleTensorFunction<Dot>
    {
        public override string Name => nameof(Dot);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            ctx.save_for_backward([(Tensor)vars[0], (Tensor)vars[1]]);
            return ((Tensor)vars[0] * (Tensor)vars[1]).sum();
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
        {
            Assert.False(is_grad_enabled());
            var saved = ctx.get_saved_variables();
            return [saved[1] * grad_output, saved[0] * grad_output];
        }
    }

    private sealed class Half : autograd.SingleTensorFunction<Half>
    {
        public override string Name => nameof(Half);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars) => ((Tensor)vars[0] + (Tensor)vars[1]).sum();

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) => [grad_output.expand(2), null!];
    }

    private sealed class Shaped : autograd.SingleTensorFunction<Shaped>
    {
        public override string Name => nameof(Shaped);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            ctx.save_data("shape", vars[1]);
            return ((Tensor)vars[0]).sum();
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) =>
            [ones((long[])ctx.get_data("shape"), ScalarType.Float64), null!];
    }

    private sealed class Failing : autograd.SingleTensorFunction<Failing>
    {
        public override string Name => nameof(Failing);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars) => ((Tensor)vars[0]).sum();

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) => throw new InvalidOperationException("not today");
    }

    private sealed class Cube : autograd.SingleTensorFunction<Cube>
    {
        public override string Name => nameof(Cube);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            ctx.save_for_backward([(Tensor)vars[0]]);
            return ((Tensor)vars[0]).pow(3).sum();
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) =>
            [ctx.get_saved_variables()[0].square() * 3 * grad_output];
    }

    private sealed class SumAndProduct : autograd.MultiTensorFunction<SumAndProduct>
    {
        public override string Name => nameof(SumAndProduct);

        public override List<Tensor> forward(autograd.AutogradContext ctx, params object[] vars)
        {
            var x = (Tensor)vars[0];
            ctx.save_for_backward([x]);
            return [x.sum(), x.prod()];
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, List<Tensor> grad_outputs)
        {
            var x = ctx.get_saved_variables()[0];
            return [grad_outputs[0] + grad_outputs[1] * x.prod() / x];
        }
    }

    private sealed class Signs : autograd.SingleTensorFunction<Signs>
    {
        public override string Name => nameof(Signs);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            var signs = ((Tensor)vars[0]).sign();
            ctx.mark_non_differentiable([signs]);
            return signs;
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) => [grad_output];
    }

    private sealed class Doubled : autograd.SingleTensorFunction<Doubled>
    {
        public override string Name => nameof(Doubled);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            var x = (Tensor)vars[0];
            x.mul_(2);
            ctx.mark_dirty([x]);
            return x;
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) => [grad_output * 2];
    }
}
