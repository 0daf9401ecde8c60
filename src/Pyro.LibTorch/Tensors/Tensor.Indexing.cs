using Pyro.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>One part of an index: a position, a slice, a mask or positions in a tensor, a new dimension, or everything that is left.</summary>
    public struct TensorIndex
    {
        private enum Kind
        {
            None,
            Single,
            Slice,
            Tensor,
            Ellipsis,
        }

        private Kind kind;
        private long start;
        private long stop;
        private long step;
        private Tensor? tensor;

        /// <summary>Every dimension that the other parts leave over.</summary>
        public static readonly TensorIndex Ellipsis = new() { kind = Kind.Ellipsis };

        /// <summary>A new dimension of size 1.</summary>
        public static readonly TensorIndex None = new() { kind = Kind.None };

        /// <summary>A new dimension of size 1.</summary>
        public static readonly TensorIndex Null = None;

        /// <summary>A whole dimension.</summary>
        public static readonly TensorIndex Colon = Slice();

        /// <summary>The positions from start (from the first) before stop (to the last), every step-th; negative ones count from the end.</summary>
        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) =>
            new() { kind = Kind.Slice, start = start ?? 0, stop = stop ?? long.MaxValue, step = step ?? 1 };

        /// <summary>The positions of a range.</summary>
        public static TensorIndex Slice(Range range) => Slice(
            range.Start.IsFromEnd ? -range.Start.Value : range.Start.Value,
            range.End.IsFromEnd ? (range.End.Value == 0 ? null : -range.End.Value) : range.End.Value);

        /// <summary>One position.</summary>
        public static TensorIndex Single(long? index) => index is { } position ? new() { kind = Kind.Single, start = position } : None;

        /// <summary>Positions or a mask.</summary>
        public static TensorIndex Tensor(Tensor tensor) => new() { kind = Kind.Tensor, tensor = tensor };

        /// <summary>One position.</summary>
        public static implicit operator TensorIndex(long value) => Single(value);

        /// <summary>The positions of a range.</summary>
        public static implicit operator TensorIndex(Range range) => Slice(range);

        /// <summary>One position, perhaps counted from the end.</summary>
        public static implicit operator TensorIndex(Index index) => Single(index.IsFromEnd ? -index.Value : index.Value);

        /// <summary>How many dimensions of the indexed tensor this part takes.</summary>
        private readonly int Consumes => kind switch
        {
            Kind.None or Kind.Ellipsis => 0,
            Kind.Tensor => tensor!.dtype == ScalarType.Bool ? (int)tensor.ndim : 1,
            _ => 1,
        };

        /// <summary>The view that the basic parts select, and the tensors left to index it with, by dimension.</summary>
        internal static (Tensor View, Tensor?[] Advanced) Apply(Tensor self, ReadOnlySpan<TensorIndex> parts)
        {
            var consumed = 0;
            foreach (var part in parts)
                consumed += part.Consumes;
            if (consumed > self.ndim)
                throw new ArgumentOutOfRangeException(nameof(parts), $"{consumed} indices for a tensor of {self.ndim} dimensions [{string.Join(", ", self.shape)}].");

            var view = self.alias();
            var advanced = new List<Tensor?>();
            var dim = 0;
            foreach (var part in parts)
            {
                switch (part.kind)
                {
                    case Kind.Single:
                        view = view.select(dim, part.start);
                        break;
                    case Kind.Slice:
                        view = view.slice(dim++, part.start, part.stop, part.step);
                        break;
                    case Kind.None:
                        view = view.unsqueeze(dim++);
                        break;
                    case Kind.Ellipsis:
                        dim += (int)self.ndim - consumed;
                        break;
                    default:
                        while (advanced.Count < dim)
                            advanced.Add(null);
                        advanced.Add(part.tensor);
                        dim += part.Consumes;
                        break;
                }
            }
            return (view, [.. advanced]);
        }
    }

    public partial class Tensor
    {
        /// <summary>The elements that the parts of the index select: a view for positions and slices, a copy for masks and tensors of positions.</summary>
        [System.Runtime.CompilerServices.IndexerName("TensorItems")]
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        /// <inheritdoc cref="this[TensorIndex[]]"/>
        [System.Runtime.CompilerServices.IndexerName("TensorItems")]
        public Tensor this[params Tensor[] indices]
        {
            get => index([.. indices.Select(TensorIndex.Tensor)]);
            set => index_put_(value, [.. indices.Select(TensorIndex.Tensor)]);
        }

        /// <summary>The view at one position of the first dimension.</summary>
        [System.Runtime.CompilerServices.IndexerName("TensorItems")]
        public Tensor this[long i1]
        {
            get => select(0, i1);
            set => select(0, i1).copy_(value);
        }

        /// <summary>The view at one position of each of the first two dimensions.</summary>
        [System.Runtime.CompilerServices.IndexerName("TensorItems")]
        public Tensor this[long i1, long i2]
        {
            get => select(0, i1).select(0, i2);
            set => this[i1, i2].copy_(value);
        }

        /// <inheritdoc cref="this[TensorIndex[]]"/>
        public unsafe Tensor index(params TensorIndex[] indices)
        {
            var (view, advanced) = TensorIndex.Apply(this, indices);
            if (advanced.Length == 0)
                return view;
            fixed (nint* pointer = AdvancedHandles(advanced))
                return New(Native.Index(view.Handle, pointer, advanced.Length), nameof(index), view, advanced[^1]);
        }

        /// <summary>Writes values, with broadcasting, to the elements that the index selects.</summary>
        public unsafe Tensor index_put_(Tensor value, params TensorIndex[] indices)
        {
            var (view, advanced) = TensorIndex.Apply(this, indices);
            if (advanced.Length == 0)
            {
                view.copy_(value);
                return this;
            }
            fixed (nint* pointer = AdvancedHandles(advanced))
                return Done(Native.IndexPut(view.Handle, pointer, advanced.Length, value.Handle, 0), nameof(index_put_), view, value);
        }

        private static nint[] AdvancedHandles(Tensor?[] tensors) => [.. tensors.Select(tensor => tensor?.Handle ?? 0)];
    }
}
