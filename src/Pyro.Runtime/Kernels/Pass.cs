using System.Numerics;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace Pyro.Kernels;

/// <summary>A pass over the elements of a density, for its values, for the derivatives by its arguments, or for both; or for sums of them.</summary>
internal static class Pass
{
    /// <summary>Writes what is asked for.</summary>
    /// <param name="plan">How the tensors meet.</param>
    /// <param name="inputs">The density's arguments, and the weights where there are some.</param>
    /// <param name="values">Where values go.</param>
    /// <param name="outer">The derivative by the values; null for one.</param>
    /// <param name="derivatives">Where derivatives go; null for one that is not wanted.</param>
    public static void Run<TDensity, TOutcome, T>(Plan plan, ReadOnlySpan<Tensor> inputs, Tensor? values, Tensor? outer, ReadOnlySpan<Tensor?> derivatives)
        where TDensity : struct, IDensity
        where TOutcome : struct, IOutcome
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var layout = plan.Layout;
        var x = new Source<T>(inputs[0], 0, layout);
        var a = new Source<T>(inputs[1], 1, layout);
        var b = new Source<T>(TDensity.Parameters > 1 ? inputs[2] : null, 2, layout);
        var c = new Source<T>(TDensity.Parameters > 2 ? inputs[3] : null, 3, layout);
        var weights = new Source<T>(plan.Weighted ? inputs[plan.Weights] : null, plan.Weights, layout);
        var factors = new Source<T>(outer, plan.Output, layout);
        var results = new Results<T>(values, plan.Output, layout);
        var dx = new Results<T>(derivatives.Length > 0 ? derivatives[0] : null, 0, layout);
        var da = new Results<T>(derivatives.Length > 1 ? derivatives[1] : null, 1, layout);
        var db = new Results<T>(TDensity.Parameters > 1 && derivatives.Length > 2 ? derivatives[2] : null, 2, layout);
        var dc = new Results<T>(TDensity.Parameters > 2 && derivatives.Length > 3 ? derivatives[3] : null, 3, layout);
        var wanted = Wanted.None;
        for (var i = 0; i < derivatives.Length; i++)
            wanted |= derivatives[i] is null ? Wanted.None : (Wanted)(1 << i);
        var at = layout.Start();
        do
        {
            var result = results.At(in at);
            var toX = dx.At(in at);
            var toA = da.At(in at);
            var toB = db.At(in at);
            var toC = dc.At(in at);
            Inner<TDensity, TOutcome, T>(layout.Inner, wanted, T.CreateTruncating(plan.Scale), plan.Weighted,
                x.At(in at), a.At(in at), b.At(in at), c.At(in at), weights.At(in at), factors.At(in at), ref result, ref toX, ref toA, ref toB, ref toC);
            result.End();
            toX.End();
            toA.End();
            toB.End();
            toC.End();
        }
        while (at.Next());
        results.End();
        dx.End();
        da.End();
        db.End();
        dc.End();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Inner<TDensity, TOutcome, T>(int count, Wanted wanted, T scale, bool weighted, Operand<T> x, Operand<T> a, Operand<T> b,
        Operand<T> c, Operand<T> weight, Operand<T> outer, ref Target<T> result, ref Target<T> dx, ref Target<T> da, ref Target<T> db, ref Target<T> dc)
        where TDensity : struct, IDensity
        where TOutcome : struct, IOutcome
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var same = new Vector<T>(scale);
        var changed = weighted || !TOutcome.Values || scale != T.One;
        var i = TOutcome.Values && !changed && x.Varies && a.Varies && (TDensity.Parameters < 2 || b.Varies) && (TDensity.Parameters < 3 || c.Varies)
            && result.IsOne && dx.IsEach && da.IsEach && db.IsEach && dc.IsEach
            ? Dense<TDensity, TOutcome, T>(count, wanted, x, a, b, c, ref result, dx, da, db, dc) : 0;
        for (; i <= count - Vector<T>.Count; i += Vector<T>.Count)
        {
            var factor = same;
            if (weighted)
                factor *= weight.At(i);
            if (!TOutcome.Values)
                factor *= outer.At(i);
            var (vx, va, vb, vc) = (x.At(i), a.At(i), TDensity.Parameters > 1 ? b.At(i) : default, TDensity.Parameters > 2 ? c.At(i) : default);
            if (!TOutcome.Derivatives)
            {
                result.Put(i, Weighed(changed, factor, TDensity.Value(vx, va, vb, vc)));
                continue;
            }
            var value = TDensity.Value(vx, va, vb, vc, out var gx, out var ga, out var gb, out var gc);
            if (TOutcome.Values)
                result.Put(i, Weighed(changed, factor, value));
            if ((wanted & Wanted.X) != 0)
                dx.Put(i, Weighed(changed, factor, gx));
            if ((wanted & Wanted.A) != 0)
                da.Put(i, Weighed(changed, factor, ga));
            if (TDensity.Parameters > 1 && (wanted & Wanted.B) != 0)
                db.Put(i, Weighed(changed, factor, gb));
            if (TDensity.Parameters > 2 && (wanted & Wanted.C) != 0)
                dc.Put(i, Weighed(changed, factor, gc));
        }
        if (i < count)
            Rest<TDensity, TOutcome, T>(i, count - i, wanted, same, weighted, x, a, b, c, weight, outer, ref result, ref dx, ref da, ref db, ref dc);
    }

    // As many whole blocks as there are of what most likelihoods are: numbers of their own everywhere, summed as they are. A loop without a question what
    // is where keeps more in registers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Dense<TDensity, TOutcome, T>(int count, Wanted wanted, Operand<T> x, Operand<T> a, Operand<T> b, Operand<T> c,
        ref Target<T> result, Target<T> dx, Target<T> da, Target<T> db, Target<T> dc)
        where TDensity : struct, IDensity
        where TOutcome : struct, IOutcome
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var block = Target<T>.Block * Vector<T>.Count;
        var start = 0;
        for (; start <= count - block; start += block)
        {
            Vector<T> sum = default;
            for (var i = start; i < start + block; i += Vector<T>.Count)
            {
                var (vx, va, vb, vc) = (x.Each(i), a.Each(i), TDensity.Parameters > 1 ? b.Each(i) : default, TDensity.Parameters > 2 ? c.Each(i) : default);
                if (!TOutcome.Derivatives)
                {
                    sum += TDensity.Value(vx, va, vb, vc);
                    continue;
                }
                sum += TDensity.Value(vx, va, vb, vc, out var gx, out var ga, out var gb, out var gc);
                if ((wanted & Wanted.X) != 0)
                    dx.PutEach(i, gx);
                if ((wanted & Wanted.A) != 0)
                    da.PutEach(i, ga);
                if (TDensity.Parameters > 1 && (wanted & Wanted.B) != 0)
                    db.PutEach(i, gb);
                if (TDensity.Parameters > 2 && (wanted & Wanted.C) != 0)
                    dc.PutEach(i, gc);
            }
            result.Add(sum);
        }
        return start;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> Weighed<T>(bool changed, Vector<T> factor, Vector<T> value) => changed ? Lanes.Times(factor, value) : value;

    // The last elements, fewer than a register has. A method of its own: what is inlined into one has a limit.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Rest<TDensity, TOutcome, T>(int start, int left, Wanted wanted, Vector<T> factor, bool weighted, Operand<T> x, Operand<T> a,
        Operand<T> b, Operand<T> c, Operand<T> weight, Operand<T> outer, ref Target<T> result, ref Target<T> dx, ref Target<T> da, ref Target<T> db,
        ref Target<T> dc)
        where TDensity : struct, IDensity
        where TOutcome : struct, IOutcome
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (weighted)
            factor *= weight.At(start, left);
        if (!TOutcome.Values)
            factor *= outer.At(start, left);
        var (vx, va, vb, vc) = (x.At(start, left), a.At(start, left), b.At(start, left), c.At(start, left));
        if (!TOutcome.Derivatives)
        {
            result.Put(start, Lanes.Times(factor, TDensity.Value(vx, va, vb, vc)), left);
            return;
        }
        var value = TDensity.Value(vx, va, vb, vc, out var gx, out var ga, out var gb, out var gc);
        if (TOutcome.Values)
            result.Put(start, Lanes.Times(factor, value), left);
        if ((wanted & Wanted.X) != 0)
            dx.Put(start, Lanes.Times(factor, gx), left);
        if ((wanted & Wanted.A) != 0)
            da.Put(start, Lanes.Times(factor, ga), left);
        if ((wanted & Wanted.B) != 0)
            db.Put(start, Lanes.Times(factor, gb), left);
        if ((wanted & Wanted.C) != 0)
            dc.Put(start, Lanes.Times(factor, gc), left);
    }
}
