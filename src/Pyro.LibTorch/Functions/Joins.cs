using Pyro.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Tensors joined along an existing dimension.</summary>
    public static Tensor concatenate(IList<Tensor> tensors, long axis = 0) => cat(tensors, axis);

    /// <summary>Tensors joined along an existing dimension.</summary>
    public static Tensor concatenate(Tensor[] tensors, long axis = 0) => cat(tensors, axis);

    /// <summary>Tensors joined along an existing dimension.</summary>
    public static Tensor concatenate(ReadOnlySpan<Tensor> tensors, long axis = 0) => cat(tensors, axis);

    /// <summary>Vectors as the columns of a matrix; matrices side by side.</summary>
    public static Tensor column_stack(IList<Tensor> tensors) => Ops.column_stack(SpanOf(tensors));

    /// <summary>Vectors as the columns of a matrix; matrices side by side.</summary>
    public static Tensor column_stack(params Tensor[] tensors) => Ops.column_stack(tensors);

    /// <summary>Vectors as the columns of a matrix; matrices side by side.</summary>
    public static Tensor column_stack(ReadOnlySpan<Tensor> tensors) => Ops.column_stack(tensors);

    /// <summary>Tensors one above the other, vectors as rows.</summary>
    public static Tensor row_stack(IList<Tensor> tensors) => Ops.vstack(SpanOf(tensors));

    /// <summary>Tensors one above the other, vectors as rows.</summary>
    public static Tensor row_stack(params Tensor[] tensors) => Ops.vstack(tensors);

    /// <summary>Tensors one above the other, vectors as rows.</summary>
    public static Tensor row_stack(ReadOnlySpan<Tensor> tensors) => Ops.vstack(tensors);

    /// <summary>Tensors one above the other, vectors as rows.</summary>
    public static Tensor vstack(IList<Tensor> tensors) => Ops.vstack(SpanOf(tensors));

    /// <summary>Tensors one above the other, vectors as rows.</summary>
    public static Tensor vstack(Tensor[] tensors) => Ops.vstack(tensors);

    /// <summary>Tensors one above the other, vectors as rows.</summary>
    public static Tensor vstack(ReadOnlySpan<Tensor> tensors) => Ops.vstack(tensors);

    /// <summary>Tensors side by side: along the second dimension, vectors along the first.</summary>
    public static Tensor hstack(IList<Tensor> tensors) => Ops.hstack(SpanOf(tensors));

    /// <summary>Tensors side by side: along the second dimension, vectors along the first.</summary>
    public static Tensor hstack(params Tensor[] tensors) => Ops.hstack(tensors);

    /// <summary>Tensors side by side: along the second dimension, vectors along the first.</summary>
    public static Tensor hstack(IEnumerable<Tensor> tensors) => Ops.hstack(SpanOf(tensors));

    /// <summary>Tensors side by side: along the second dimension, vectors along the first.</summary>
    public static Tensor hstack(ReadOnlySpan<Tensor> tensors) => Ops.hstack(tensors);

    /// <summary>Tensors one behind the other: along the third dimension.</summary>
    public static Tensor dstack(params Tensor[] tensors) => Ops.dstack(tensors);

    /// <summary>Tensors one behind the other: along the third dimension.</summary>
    public static Tensor dstack(IList<Tensor> tensors) => Ops.dstack(SpanOf(tensors));

    /// <summary>Tensors one behind the other: along the third dimension.</summary>
    public static Tensor dstack(ReadOnlySpan<Tensor> tensors) => Ops.dstack(tensors);

    /// <summary>Tensors one behind the other: along the third dimension.</summary>
    public static Tensor dstack(IEnumerable<Tensor> tensors) => Ops.dstack(SpanOf(tensors));

    /// <summary>The matrix with the tensors as its diagonal blocks.</summary>
    public static Tensor block_diag(params Tensor[] tensors) => Ops.block_diag(tensors);

    /// <summary>All combinations of the elements of vectors, one a row.</summary>
    public static Tensor cartesian_prod(IList<Tensor> tensors) => Ops.cartesian_prod(SpanOf(tensors));

    /// <summary>All combinations of the elements of vectors, one a row.</summary>
    public static Tensor cartesian_prod(params Tensor[] tensors) => Ops.cartesian_prod(tensors);

    /// <summary>All combinations of the elements of vectors, one a row.</summary>
    public static Tensor cartesian_prod(ReadOnlySpan<Tensor> tensors) => Ops.cartesian_prod(tensors);

    /// <summary>The coordinates of a grid over vectors; indexing "ij" (matrix) or "xy" (Cartesian).</summary>
    public static Tensor[] meshgrid(IEnumerable<Tensor> tensors, string indexing = "ij") => Ops.meshgrid(SpanOf(tensors), Text.Of(indexing));

    /// <summary>The tensors with at least one dimension each.</summary>
    public static IEnumerable<Tensor> atleast_1d(params Tensor[] input) => [.. input.Select(tensor => tensor.atleast_1d())];

    /// <summary>The tensors with at least two dimensions each.</summary>
    public static IEnumerable<Tensor> atleast_2d(params Tensor[] input) => [.. input.Select(tensor => tensor.atleast_2d())];

    /// <summary>The tensors with at least three dimensions each.</summary>
    public static IEnumerable<Tensor> atleast_3d(params Tensor[] input) => [.. input.Select(tensor => tensor.atleast_3d())];

    /// <summary>Parts along the columns: the second dimension, or the only one (views).</summary>
    public static Tensor[] hsplit(Tensor input, Tensor indices_or_sections) => input.hsplit(indices_or_sections);

    /// <summary>Parts along the columns: the second dimension, or the only one (views).</summary>
    public static Tensor[] hsplit(Tensor input, long indices_or_sections) => input.hsplit(indices_or_sections);

    /// <summary>Parts along the columns: the second dimension, or the only one (views).</summary>
    public static Tensor[] hsplit(Tensor input, long[] indices_or_sections) => input.hsplit(indices_or_sections);

    /// <summary>Parts along the columns: the second dimension, or the only one (views).</summary>
    public static Tensor[] hsplit(Tensor input, (long, long) indices_or_sections) => input.hsplit([indices_or_sections.Item1, indices_or_sections.Item2]);

    /// <summary>Parts along the columns: the second dimension, or the only one (views).</summary>
    public static Tensor[] hsplit(Tensor input, (long, long, long) indices_or_sections) => input.hsplit([indices_or_sections.Item1, indices_or_sections.Item2, indices_or_sections.Item3]);

    /// <summary>Parts along the columns: the second dimension, or the only one (views).</summary>
    public static Tensor[] hsplit(Tensor input, (long, long, long, long) indices_or_sections) => input.hsplit([indices_or_sections.Item1, indices_or_sections.Item2, indices_or_sections.Item3, indices_or_sections.Item4]);

    /// <summary>Parts along the third dimension (views).</summary>
    public static Tensor[] dsplit(Tensor input, Tensor indices_or_sections) => input.dsplit(indices_or_sections);

    /// <summary>Parts along the third dimension (views).</summary>
    public static Tensor[] dsplit(Tensor input, long size) => input.dsplit(size);

    /// <summary>Parts along the third dimension (views).</summary>
    public static Tensor[] dsplit(Tensor input, long[] indices_or_sections) => input.dsplit(indices_or_sections);

    /// <summary>Parts along the third dimension (views).</summary>
    public static Tensor[] dsplit(Tensor input, (long, long) indices_or_sections) => input.dsplit(indices_or_sections);

    /// <summary>Parts along the third dimension (views).</summary>
    public static Tensor[] dsplit(Tensor input, (long, long, long) indices_or_sections) => input.dsplit(indices_or_sections);

    /// <summary>Parts along the third dimension (views).</summary>
    public static Tensor[] dsplit(Tensor input, (long, long, long, long) indices_or_sections) => input.dsplit(indices_or_sections);

    /// <summary>Parts between given indices of the first dimension (views).</summary>
    public static Tensor[] vsplit(Tensor input, long[] indices_or_sections) => input.vsplit(indices_or_sections);
}
