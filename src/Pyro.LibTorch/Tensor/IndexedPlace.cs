using TorchSharp;
using static TorchSharp.torch;

namespace Pyro.LibTorch;

/// <summary>
/// What the indices of one access point to. Numbers, slices and new dimensions are views, one after the other; what remains are index tensors
/// over dimensions of the view, absent for a whole one.
/// </summary>
internal sealed class IndexedPlace : IDisposable
{
    private readonly Tensor source;
    private readonly List<Tensor?> tensors = [];

    // Index tensors that stand for truth values.
    private readonly List<Tensor> made = [];
    private Tensor view;

    // The dimension of the view that the next index is for, and how many dimensions the index tensors so far are for: a mask has several.
    private long dimension;
    private long covered;

    internal IndexedPlace(Tensor source, TensorIndex[] indices)
    {
        ArgumentNullException.ThrowIfNull(indices);
        view = this.source = source;
        var rank = source.dim();
        var wanted = indices.Sum(DimensionsOf);
        if (wanted > rank)
            throw new ArgumentException($"too many indices for tensor of dimension {rank}: {wanted} dimensions are indexed, the shape is [{string.Join(", ", source.shape)}]", nameof(indices));
        try
        {
            for (var at = 0; at < indices.Length; at++)
                Walk(indices[at], indices.AsSpan(at + 1));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The elements: a view where there are no index tensors.</summary>
    internal Tensor Get()
    {
        if (tensors.Count > 0)
            return Ops.index(view, [.. tensors]);
        // An untouched tensor is handed out as another view, so that its owner's disposal and the result's stay apart.
        var result = ReferenceEquals(view, source) ? Ops.alias(source) : view;
        view = source;
        return result;
    }

    internal void Put(Tensor value, bool accumulate)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (tensors.Count > 0)
        {
            using var bare = new FittedValue(value, 0);
            Ops.index_put_(view, [.. tensors], bare.Value, accumulate);
            return;
        }
        using var fitted = new FittedValue(value, view.dim());
        if (accumulate)
            Ops.add_(view, fitted.Value);
        else
            Ops.copy_(view, fitted.Value, false);
    }

    public void Dispose()
    {
        if (!ReferenceEquals(view, source))
            view.Dispose();
        view = source;
        foreach (var tensor in made)
            tensor.Dispose();
    }

    private static long DimensionsOf(TensorIndex index) => index.Is switch
    {
        TensorIndex.Kind.None or TensorIndex.Kind.Bool or TensorIndex.Kind.Ellipsis => 0,
        TensorIndex.Kind.Tensor when IsMask(index.Picked ?? throw new ArgumentNullException(nameof(index))) => index.Picked.dim(),
        _ => 1,
    };

    // libtorch takes bytes for truth values, too.
    private static bool IsMask(Tensor index) => index.dtype is ScalarType.Bool or ScalarType.Byte;

    private void Walk(TensorIndex index, ReadOnlySpan<TensorIndex> rest)
    {
        switch (index.Is)
        {
            case TensorIndex.Kind.Single:
                Step(Ops.select(view, dimension, index.Start!.Value));
                break;
            case TensorIndex.Kind.Slice:
                if (index.Start is not null || index.Stop is not null || index.Step is not null)
                    Step(Ops.slice(view, dimension, index.Start, index.Stop, index.Step ?? 1));
                dimension++;
                break;
            case TensorIndex.Kind.None:
                Step(Ops.unsqueeze(view, dimension++));
                break;
            case TensorIndex.Kind.Bool:
                Truth(index.Start == 1);
                break;
            case TensorIndex.Kind.Ellipsis:
                dimension = view.dim();
                foreach (var later in rest)
                    dimension -= DimensionsOf(later);
                break;
            default:
                Tensorial(index.Picked!);
                break;
        }
    }

    private void Tensorial(Tensor index)
    {
        if (index.dim() == 0 && IsMask(index))
            Truth(index.ToBoolean());
        else if (index.dim() == 0 && is_integral(index.dtype))
            Step(Ops.select(view, dimension, index.ToInt64()));
        else
            Pick(index, IsMask(index) ? index.dim() : 1);
    }

    // Picks from a new dimension of size 1, all or nothing.
    private void Truth(bool value)
    {
        Step(Ops.unsqueeze(view, dimension));
        var index = tensor(value ? new long[] { 0 } : []);
        made.Add(index);
        Pick(index, 1);
    }

    private void Pick(Tensor index, long dimensions)
    {
        for (; covered < dimension; covered++)
            tensors.Add(null);
        tensors.Add(index);
        covered += dimensions;
        dimension += dimensions;
    }

    private void Step(Tensor next)
    {
        if (!ReferenceEquals(view, source))
            view.Dispose();
        view = next;
    }
}
