using System.Numerics;
using static TorchSharp.torch;

namespace Pyro.Kernels;

/// <summary>The pass for the derivatives by a density's arguments, or for sums of them: all that are wanted at once.</summary>
internal static class GradientPass
{
    /// <summary>Writes the derivatives.</summary>
    /// <param name="plan">How the tensors meet.</param>
    /// <param name="inputs">The density's arguments, and the weights where there are some.</param>
    /// <param name="output">The derivative by the values.</param>
    /// <param name="gradients">Where to; null for a derivative that is not wanted.</param>
    public static void Run<TDensity, T>(Plan plan, ReadOnlySpan<Tensor> inputs, Tensor output, ReadOnlySpan<Tensor?> gradients)
        where TDensity : struct, IDensity
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var layout = plan.Layout;
        var x = new Source<T>(inputs[0], 0, layout);
        var a = new Source<T>(inputs[1], 1, layout);
        var b = new Source<T>(TDensity.Parameters > 1 ? inputs[2] : null, 2, layout);
        var c = new Source<T>(TDensity.Parameters > 2 ? inputs[3] : null, 3, layout);
        var weights = new Source<T>(plan.Weighted ? inputs[plan.Weights] : null, plan.Weights, layout);
        var outer = new Source<T>(output, plan.Output, layout);
        var dx = new Results<T>(gradients[0], 0, layout);
        var da = new Results<T>(gradients[1], 1, layout);
        var db = new Results<T>(TDensity.Parameters > 1 ? gradients[2] : null, 2, layout);
        var dc = new Results<T>(TDensity.Parameters > 2 ? gradients[3] : null, 3, layout);
        var wanted = Wanted.None;
        for (var i = 0; i < gradients.Length; i++)
            wanted |= gradients[i] is null ? Wanted.None : (Wanted)(1 << i);
        var at = layout.Start();
        do
        {
            var x0 = dx.At(in at);
            var a0 = da.At(in at);
            var b0 = db.At(in at);
            var c0 = dc.At(in at);
            Inner<TDensity, T>(layout.Inner, wanted, plan.Weighted, x.At(in at), a.At(in at), b.At(in at), c.At(in at), weights.At(in at), outer.At(in at),
                ref x0, ref a0, ref b0, ref c0);
            x0.End();
            a0.End();
            b0.End();
            c0.End();
        }
        while (at.Next());
        dx.End();
        da.End();
        db.End();
        dc.End();
    }

    private static void Inner<TDensity, T>(int count, Wanted wanted, bool weighted, Operand<T> x, Operand<T> a, Operand<T> b, Operand<T> c, Operand<T> weight,
        Operand<T> outer, ref Target<T> dx, ref Target<T> da, ref Target<T> db, ref Target<T> dc)
        where TDensity : struct, IDensity
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var i = 0;
        for (; i <= count - Vector<T>.Count; i += Vector<T>.Count)
        {
            TDensity.Gradient(x.At(i), a.At(i), b.At(i), c.At(i), wanted, out var vx, out var va, out var vb, out var vc);
            var factor = outer.At(i);
            if (weighted)
                factor *= weight.At(i);
            if ((wanted & Wanted.X) != 0)
                dx.Put(i, Lanes.Times(factor, vx));
            if ((wanted & Wanted.A) != 0)
                da.Put(i, Lanes.Times(factor, va));
            if (TDensity.Parameters > 1 && (wanted & Wanted.B) != 0)
                db.Put(i, Lanes.Times(factor, vb));
            if (TDensity.Parameters > 2 && (wanted & Wanted.C) != 0)
                dc.Put(i, Lanes.Times(factor, vc));
        }
        if (count - i is > 0 and var left)
        {
            TDensity.Gradient(x.At(i, left), a.At(i, left), b.At(i, left), c.At(i, left), wanted, out var vx, out var va, out var vb, out var vc);
            var factor = outer.At(i, left);
            if (weighted)
                factor *= weight.At(i, left);
            if ((wanted & Wanted.X) != 0)
                dx.Put(i, Lanes.Times(factor, vx), left);
            if ((wanted & Wanted.A) != 0)
                da.Put(i, Lanes.Times(factor, va), left);
            if (TDensity.Parameters > 1 && (wanted & Wanted.B) != 0)
                db.Put(i, Lanes.Times(factor, vb), left);
            if (TDensity.Parameters > 2 && (wanted & Wanted.C) != 0)
                dc.Put(i, Lanes.Times(factor, vc), left);
        }
    }
}
