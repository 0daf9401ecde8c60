using System.Numerics;
using static TorchSharp.torch;

namespace Pyro.Kernels.Rows;

/// <summary>A pass over the rows of a density, for its values, for the derivatives by its arguments, or for both; or for sums of them.</summary>
internal static class RowPass
{
    /// <summary>Writes what is asked for.</summary>
    /// <param name="plan">How the tensors' rows meet.</param>
    /// <param name="inputs">The value, the parameter, the number beside it where there is one, and the weights where there are some.</param>
    /// <param name="values">Where values go.</param>
    /// <param name="outer">The derivative by the values; null for one.</param>
    /// <param name="derivatives">Where derivatives go; null for one that is not wanted.</param>
    public static void Run<TDensity, T>(Plan plan, ReadOnlySpan<Tensor> inputs, Tensor? values, Tensor? outer, ReadOnlySpan<Tensor?> derivatives)
        where TDensity : struct, IRowDensity
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var layout = plan.Layout;
        var columns = (int)inputs[1].Sizes()[^1];
        var x = new RowSource<T>(inputs[0], TDensity.IsIndex ? 1 : columns, 0, layout);
        var parameter = new RowSource<T>(inputs[1], columns, 1, layout);
        var number = new Source<T>(plan.Arguments > 2 ? inputs[2] : null, 2, layout);
        var weights = new Source<T>(plan.Weighted ? inputs[plan.Weights] : null, plan.Weights, layout);
        var factors = new Source<T>(outer, plan.Output, layout);
        var results = new Results<T>(values, plan.Output, layout);
        var dx = new RowResults<T>(derivatives.Length > 0 ? derivatives[0] : null, columns, 0, layout);
        var derivative = new RowResults<T>(derivatives.Length > 1 ? derivatives[1] : null, columns, 1, layout);
        var scale = new Vector<T>(T.CreateTruncating(plan.Scale));
        var at = layout.Start();
        do
        {
            var n = number.At(in at);
            var weight = weights.At(in at);
            var factor = factors.At(in at);
            var result = results.At(in at);
            for (var row = 0; row < layout.Inner; row += Vector<T>.Count)
            {
                var left = Math.Min(Vector<T>.Count, layout.Inner - row);
                x.Load(in at, row, left);
                parameter.Load(in at, row, left);
                var each = Vector.ConditionalSelect(
                    Vector.LessThan(Vector<T>.Indices, new Vector<T>(T.CreateTruncating(left))), scale, Vector<T>.Zero);
                if (plan.Weighted)
                    each *= weight.At(row, left);
                if (outer is not null)
                    each *= factor.At(row, left);
                var value = TDensity.Value(
                    x.Columns, parameter.Columns, plan.Arguments > 2 ? n.At(row, left) : default, dx.Columns, derivative.Columns);
                if (values is not null)
                    result.Put(row, Lanes.Times(each, value), left);
                dx.Store(in at, row, left, each);
                derivative.Store(in at, row, left, each);
            }
            result.End();
        }
        while (at.Next());
        results.End();
        x.End();
        parameter.End();
        dx.End();
        derivative.End();
    }
}
