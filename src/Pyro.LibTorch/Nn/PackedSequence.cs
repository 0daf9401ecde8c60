using Pyro.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class utils
        {
            /// <summary>Sequences of different lengths for recurrent networks.</summary>
            public static partial class rnn
            {
                /// <summary>Sequences by step: at each step, those that are long enough, longest first.</summary>
                public sealed class PackedSequence : IDisposable
                {
                    /// <summary>The elements, step by step.</summary>
                    public readonly Tensor data;

                    /// <summary>How many sequences have each step: int64.</summary>
                    public readonly Tensor batch_sizes;

                    /// <summary>The place of each packed sequence among those given; null where they were sorted.</summary>
                    public readonly Tensor? sorted_indices;

                    /// <summary>The place of each given sequence among the packed; null where they were sorted.</summary>
                    public readonly Tensor? unsorted_indices;

                    internal PackedSequence(Tensor data, Tensor batch_sizes, Tensor? sorted_indices, Tensor? unsorted_indices)
                    {
                        (this.data, this.batch_sizes) = (data, batch_sizes);
                        (this.sorted_indices, this.unsorted_indices) = (sorted_indices, unsorted_indices);
                    }

                    /// <summary>Disposes the tensors.</summary>
                    public void Dispose()
                    {
                        foreach (var tensor in All)
                            tensor.Dispose();
                    }

                    /// <summary>Moves the tensors to the scope around the current one.</summary>
                    public PackedSequence MoveToOuterDisposeScope()
                    {
                        foreach (var tensor in All)
                            tensor.MoveToOuterDisposeScope();
                        return this;
                    }

                    /// <summary>Takes the tensors out of their scopes.</summary>
                    public PackedSequence DetachFromDisposeScope()
                    {
                        foreach (var tensor in All)
                            tensor.DetachFromDisposeScope();
                        return this;
                    }

                    private IEnumerable<Tensor> All => new[] { data, batch_sizes, sorted_indices, unsorted_indices }.OfType<Tensor>();
                }

                /// <summary>Sequences (length, …) as one tensor (longest, sequences, …), or (sequences, longest, …) where batch_first.</summary>
                public static Tensor pad_sequence(IEnumerable<Tensor> sequences, bool batch_first = false, double padding_value = 0) =>
                    Ops.pad_sequence(SpanOf(sequences), batch_first, padding_value);

                /// <summary>Packs padded sequences of given lengths (a tensor of int64 on the processor), longest first where enforce_sorted.</summary>
                public static PackedSequence pack_padded_sequence(Tensor input, Tensor lengths, bool batch_first = false, bool enforce_sorted = true)
                {
                    using var scope = NewDisposeScope();
                    var (ordered, descending) = (lengths, (Tensor?)null);
                    if (!enforce_sorted)
                    {
                        (ordered, descending) = lengths.sort(descending: true, stable: true);
                        input = input.index_select(batch_first ? 0 : 1, descending.to(input.device));
                    }
                    var (data, sizes) = Ops.pack_padded_sequence(input, ordered, batch_first);
                    return new PackedSequence(data, sizes, descending?.to(input.device), descending?.argsort().to(input.device)).MoveToOuterDisposeScope();
                }

                /// <summary>Packs sequences (length, …), longest first where enforce_sorted.</summary>
                public static PackedSequence pack_sequence(IEnumerable<Tensor> sequences, bool enforce_sorted = true)
                {
                    using var scope = NewDisposeScope();
                    var all = sequences.ToArray();
                    var lengths = tensor(all.Select(sequence => sequence.shape[0]).ToArray());
                    return pack_padded_sequence(pad_sequence(all), lengths, enforce_sorted: enforce_sorted).MoveToOuterDisposeScope();
                }

                /// <summary>The padded sequences, in the order in which they were packed, and their lengths.</summary>
                public static (Tensor, Tensor) pad_packed_sequence(PackedSequence sequence, bool batch_first = false, double padding_value = 0, long? total_length = null)
                {
                    using var scope = NewDisposeScope();
                    var (padded, lengths) = Ops.pad_packed_sequence(sequence.data, sequence.batch_sizes, batch_first, padding_value, total_length ?? 0);
                    if (sequence.unsorted_indices is { } places)
                        (padded, lengths) = (padded.index_select(batch_first ? 0 : 1, places), lengths.index_select(0, places.cpu()));
                    return (padded.MoveToOuterDisposeScope(), lengths.MoveToOuterDisposeScope());
                }
            }
        }
    }
}
