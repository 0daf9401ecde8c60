using System.Runtime.InteropServices;
using Pyro.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    private static ReadOnlySpan<Tensor> SpanOf(IEnumerable<Tensor> tensors) => tensors switch
    {
        Tensor[] array => array,
        List<Tensor> list => CollectionsMarshal.AsSpan(list),
        _ => tensors.ToArray(),
    };

    /// <summary>Tensors joined along an existing dimension.</summary>
    public static Tensor cat(IList<Tensor> tensors, long dim = 0) => Ops.cat(SpanOf(tensors), dim);

    /// <summary>Tensors joined along an existing dimension.</summary>
    public static Tensor cat(Tensor[] tensors, long dim = 0) => Ops.cat(tensors, dim);

    /// <summary>Tensors joined along an existing dimension.</summary>
    public static Tensor cat(ReadOnlySpan<Tensor> tensors, long dim = 0) => Ops.cat(tensors, dim);

    /// <summary>Tensors joined along an existing dimension.</summary>
    public static Tensor concat(IList<Tensor> tensors, long dim = 0) => Ops.cat(SpanOf(tensors), dim);

    /// <summary>Tensors joined along an existing dimension.</summary>
    public static Tensor concat(Tensor[] tensors, long dim = 0) => Ops.cat(tensors, dim);

    /// <summary>Tensors joined along an existing dimension.</summary>
    public static Tensor concat(ReadOnlySpan<Tensor> tensors, long dim = 0) => Ops.cat(tensors, dim);

    /// <summary>Tensors of one shape joined along a new dimension.</summary>
    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0) => Ops.stack(SpanOf(tensors), dim);

    /// <summary>The tensors broadcast to their common shape (views).</summary>
    public static IList<Tensor> broadcast_tensors(params Tensor[] tensors) => Ops.broadcast_tensors(tensors);

    /// <summary>A view broadcast to a shape.</summary>
    public static Tensor broadcast_to(Tensor input, params long[] shape) => Ops.broadcast_to(input, shape);

    /// <summary>The shape that tensors of these shapes broadcast to.</summary>
    public static Size broadcast_shapes(params long[][] shapes)
    {
        var rank = shapes.Length == 0 ? 0 : shapes.Max(s => s.Length);
        var result = Enumerable.Repeat(1L, rank).ToArray();
        foreach (var shape in shapes)
        {
            for (var i = 0; i < shape.Length; i++)
            {
                ref var size = ref result[rank - shape.Length + i];
                if (shape[i] == size || shape[i] == 1)
                    continue;
                size = size == 1
                    ? shape[i]
                    : throw new ArgumentException($"Shapes do not broadcast: [{string.Join("] and [", shapes.Select(s => string.Join(", ", s)))}].");
            }
        }
        return new Size(result);
    }

    /// <summary>The same elements in another shape, as a view where possible; one size may be −1.</summary>
    public static Tensor reshape(Tensor input, params long[] shape) => Ops.reshape(input, shape);

    /// <summary>The dimensions in another order (a view).</summary>
    public static Tensor permute(Tensor input, params long[] permutation) => Ops.permute(input, permutation);

    /// <summary>Dimensions reversed.</summary>
    public static Tensor flip(Tensor input, params long[] dims) => Ops.flip(input, dims);

    /// <summary>Without the dimensions of size 1, or without dim where it has size 1 (a view).</summary>
    public static Tensor squeeze(Tensor input, long? dim = null) => input.squeeze(dim);

    /// <summary>Drops the dimensions of size 1, or dim where it has size 1, in place.</summary>
    public static Tensor squeeze_(Tensor input, long? dim = null) => input.squeeze_(dim);

    /// <summary>Parts of given sizes along dim (views).</summary>
    public static Tensor[] split(Tensor tensor, long[] split_size_or_sections, long dim = 0) => Ops.split__sizes(tensor, split_size_or_sections, dim);

    /// <summary>One tensor for each index of a dimension, which goes away (views).</summary>
    public static Tensor[] unbind(Tensor input, long dim = 0) => Ops.unbind(input, dim);

    /// <summary>One tensor for each index of a dimension, which goes away (views).</summary>
    public static Tensor[] unbind(Tensor tensor, int dim = 0) => Ops.unbind(tensor, dim);
}
