using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.utils;

namespace Pyro.LibTorch.Tests;

/// <summary>Packed sequences: the same as each sequence alone, whatever their order.</summary>
public class SequenceTests
{
    private static readonly int[] Lengths = [2, 4, 1, 3];

    private static double[] Values(Tensor tensor) => tensor.to_type(ScalarType.Float64).data<double>().ToArray();

    private static Tensor[] Sequences()
    {
        manual_seed(7);
        return [.. Lengths.Select(length => randn(length, 3, dtype: ScalarType.Float64))];
    }

    [Fact]
    public void Packing_and_padding_are_inverse()
    {
        using var scope = NewDisposeScope();
        var sequences = Sequences();
        using var packed = rnn.pack_sequence(sequences, enforce_sorted: false);
        Assert.Equal([4.0, 3, 2, 1], Values(packed.batch_sizes));
        var (padded, lengths) = rnn.pad_packed_sequence(packed, batch_first: true, padding_value: -1, total_length: 5);
        Assert.Equal([4L, 5, 3], padded.shape);
        Assert.Equal(Lengths.Select(length => (double)length), Values(lengths));
        for (var i = 0; i < Lengths.Length; i++)
        {
            Assert.Equal(Values(sequences[i]), Values(padded[i].narrow(0, 0, Lengths[i])));
            Assert.All(Values(padded[i].narrow(0, Lengths[i], 5 - Lengths[i])), value => Assert.Equal(-1, value));
        }
        Assert.ThrowsAny<Exception>(() => rnn.pack_sequence(sequences));
    }

    [Fact]
    public void A_network_sees_each_sequence_alone()
    {
        using var scope = NewDisposeScope();
        var sequences = Sequences();
        using var packed = rnn.pack_sequence(sequences, enforce_sorted: false);
        using var gru = nn.GRU(3, 2, bidirectional: true).to(ScalarType.Float64);
        using var lstm = nn.LSTM(3, 2, numLayers: 2).to(ScalarType.Float64);
        using var plain = nn.RNN(3, 2).to(ScalarType.Float64);
        var h0 = randn(2, 4, 2, dtype: ScalarType.Float64);
        var (outputs, last) = gru.call(packed, h0);
        var (padded, _) = rnn.pad_packed_sequence(outputs);
        var (_, h, c) = lstm.call(packed);
        var (_, simple) = plain.call(packed, h0.narrow(0, 0, 1));
        for (var i = 0; i < Lengths.Length; i++)
        {
            var start = h0.narrow(1, i, 1).contiguous();
            var (alone, end) = gru.call(sequences[i].unsqueeze(1), start);
            Assert.True(alone.squeeze(1).allclose(padded[TensorIndex.Slice(0, Lengths[i]), TensorIndex.Single(i)]));
            Assert.True(end.squeeze(1).allclose(last.select(1, i)));
            var (_, hAlone, cAlone) = lstm.call(sequences[i].unsqueeze(1));
            Assert.True(hAlone.squeeze(1).allclose(h.select(1, i)));
            Assert.True(cAlone.squeeze(1).allclose(c.select(1, i)));
            var (_, simpleAlone) = plain.call(sequences[i].unsqueeze(1), start.narrow(0, 0, 1));
            Assert.True(simpleAlone.squeeze(1).allclose(simple.select(1, i)));
        }
    }

    [Fact]
    public void Packed_tensors_follow_their_scopes()
    {
        rnn.PackedSequence kept;
        using (NewDisposeScope())
            kept = rnn.pack_sequence(Sequences(), enforce_sorted: false).DetachFromDisposeScope();
        Assert.False(kept.data.IsInvalid);
        kept.Dispose();
        Assert.True(kept.data.IsInvalid);
        Assert.True(kept.sorted_indices!.IsInvalid);
    }
}
