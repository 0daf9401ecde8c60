using static TorchSharp.torch;

namespace Pyro.Distributions.Transforms;

/// <summary>The last dimension in another order: yᵢ = x of the i-th index.</summary>
public sealed class Permute : Bijector
{
    private readonly long[] _order;
    private readonly long[] _back;

    /// <summary>Creates the map.</summary>
    /// <param name="order">The indices from 0, each once.</param>
    /// <exception cref="ArgumentException">They are not.</exception>
    public Permute(params long[] order)
    {
        _order = [.. order];
        _back = new long[order.Length];
        var seen = new bool[order.Length];
        for (var i = 0; i < order.Length; i++)
        {
            if (order[i] < 0 || order[i] >= order.Length || seen[order[i]])
                throw new ArgumentException($"{Shapes.Format(order)} is not each of the numbers from 0 to {order.Length - 1} once.", nameof(order));
            seen[order[i]] = true;
            _back[order[i]] = i;
        }
    }

    /// <inheritdoc/>
    public override int EventRank => 1;

    /// <inheritdoc/>
    internal override long? InputSize => _order.Length;

    /// <inheritdoc/>
    internal override bool IsFixed => true;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Take(x, _order);

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => Take(y, _back);

    /// <inheritdoc/>
    public override Tensor LogDetJacobian(Tensor x, Tensor y) => x.new_zeros(x.Sizes()[..^1]);

    private static Tensor Take(Tensor x, long[] order) => x.Sizes()[^1] == order.Length
        ? x.index_select(-1, TensorNumbers.Of(order, device: x.device))
        : throw new ArgumentException($"An order of {order.Length} is given to vectors of {x.Sizes()[^1]}.", nameof(x));
}
