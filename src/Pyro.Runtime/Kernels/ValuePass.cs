using System.Numerics;
using static TorchSharp.torch;

namespace Pyro.Kernels;

/// <summary>The pass for the values of a density, or for sums of them.</summary>
internal static class ValuePass
{
    /// <summary>Writes the values.</summary>
    /// <param name="plan">How the tensors meet.</param>
    /// <param name="inputs">The density's arguments, and the weights where there are some.</param>
    /// <param name="output">Where to.</param>
    public static void Run<TDensity, T>(Plan plan, ReadOnlySpan<Tensor> inputs, Tensor output)
        where TDensity : struct, IDensity
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var layout = plan.Layout;
        var x = new Source<T>(inputs[0], 0, layout);
        var a = new Source<T>(inputs[1], 1, layout);
        var b = new Source<T>(TDensity.Parameters > 1 ? inputs[2] : null, 2, layout);
        var c = new Source<T>(TDensity.Parameters > 2 ? inputs[3] : null, 3, layout);
        var weights = new Source<T>(plan.Weighted ? inputs[plan.Weights] : null, plan.Weights, layout);
        var results = new Results<T>(output, plan.Output, layout);
        var at = layout.Start();
        do
        {
            var target = results.At(in at);
            if (plan.Weighted)
                Weighted<TDensity, T>(layout.Inner, x.At(in at), a.At(in at), b.At(in at), c.At(in at), weights.At(in at), ref target);
            else
                Plain<TDensity, T>(layout.Inner, x.At(in at), a.At(in at), b.At(in at), c.At(in at), ref target);
            target.End();
        }
        while (at.Next());
        results.End();
    }

    private static void Plain<TDensity, T>(int count, Operand<T> x, Operand<T> a, Operand<T> b, Operand<T> c, ref Target<T> result)
        where TDensity : struct, IDensity
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var target = result;
        var i = 0;
        for (; i <= count - Vector<T>.Count; i += Vector<T>.Count)
            target.Put(i, TDensity.Value(x.At(i), a.At(i), b.At(i), c.At(i)));
        if (count - i is > 0 and var left)
            target.Put(i, TDensity.Value(x.At(i, left), a.At(i, left), b.At(i, left), c.At(i, left)), left);
        result = target;
    }

    private static void Weighted<TDensity, T>(int count, Operand<T> x, Operand<T> a, Operand<T> b, Operand<T> c, Operand<T> weight, ref Target<T> result)
        where TDensity : struct, IDensity
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var target = result;
        var i = 0;
        for (; i <= count - Vector<T>.Count; i += Vector<T>.Count)
            target.Put(i, Lanes.Times(weight.At(i), TDensity.Value(x.At(i), a.At(i), b.At(i), c.At(i))));
        if (count - i is > 0 and var left)
            target.Put(i, Lanes.Times(weight.At(i, left), TDensity.Value(x.At(i, left), a.At(i, left), b.At(i, left), c.At(i, left))), left);
        result = target;
    }
}
