using System.Runtime.CompilerServices;
using Pyro.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The elements that indices, slices, masks and index tensors pick; setting broadcasts the value into them.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        /// <summary>The elements that index tensors and masks pick; setting broadcasts the value into them.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        /// <summary>One index of the first dimension.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[long i1]
        {
            get => Picked([i1]);
            set => Put([i1], value);
        }

        /// <summary>One index of each of the first two dimensions.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2]
        {
            get => Picked([i1, i2]);
            set => Put([i1, i2], value);
        }

        /// <summary>One index of each of the first three dimensions.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3]
        {
            get => Picked([i1, i2, i3]);
            set => Put([i1, i2, i3], value);
        }

        /// <summary>One index of each of the first four dimensions.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4]
        {
            get => Picked([i1, i2, i3, i4]);
            set => Put([i1, i2, i3, i4], value);
        }

        /// <summary>One index of each of the first five dimensions.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4, long i5]
        {
            get => Picked([i1, i2, i3, i4, i5]);
            set => Put([i1, i2, i3, i4, i5], value);
        }

        /// <summary>One index of each of the first six dimensions.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4, long i5, long i6]
        {
            get => Picked([i1, i2, i3, i4, i5, i6]);
            set => Put([i1, i2, i3, i4, i5, i6], value);
        }

        /// <summary>One index of each of the first dimensions.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[params long[] indices]
        {
            get => Picked(indices);
            set => Put(indices, value);
        }

        /// <summary>The elements that indices, slices, masks and index tensors pick: a view where no tensor is among them.</summary>
        public Tensor index(params TensorIndex[] indices)
        {
            var (view, tensors) = Views(indices);
            if (tensors.Length == 0)
                return view;
            var result = Ops.index(view, tensors);
            Release(view);
            return result;
        }

        /// <summary>The elements that index tensors and masks pick.</summary>
        public Tensor index(params Tensor[] indices) => Ops.index(this, indices);

        /// <summary>Puts a value, broadcast, where the indices point.</summary>
        public Tensor index_put_(Tensor value, params TensorIndex[] indices) => index_put_(value, indices, false);

        /// <summary>Puts (or adds) a value, broadcast, where the indices point.</summary>
        public Tensor index_put_(Tensor value, TensorIndex[] indices, bool accumulate = false)
        {
            var (view, tensors) = Views(indices);
            if (tensors.Length > 0)
                Ops.index_put_(view, tensors, value, accumulate);
            else if (accumulate)
                Ops.add_(view, value);
            else
                Ops.copy_(view, value, false);
            Release(view);
            return this;
        }

        /// <summary>Puts a value, broadcast, where index tensors and masks point.</summary>
        public Tensor index_put_(Tensor value, params Tensor[] indices) => Ops.index_put_(this, indices, value, false);

        /// <summary>Puts (or adds) a value, broadcast, where index tensors and masks point.</summary>
        public Tensor index_put_(Tensor value, Tensor[] indices, bool accumulate = false) => Ops.index_put_(this, indices, value, accumulate);

        /// <summary>Puts a number where the indices point.</summary>
        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            using var number = Ops.scalar(Number.Of(value), new Options(dtype, device));
            return index_put_(number, indices, false);
        }

        /// <summary>Puts a number where index tensors and masks point.</summary>
        public Tensor index_put_(Scalar value, params Tensor[] indices)
        {
            using var number = Ops.scalar(Number.Of(value), new Options(dtype, device));
            return Ops.index_put_(this, indices, number, false);
        }

        private Tensor Picked(ReadOnlySpan<long> indices)
        {
            var view = this;
            foreach (var index in indices)
                Step(ref view, Ops.select(view, 0, index));
            return ReferenceEquals(view, this) ? Ops.share(this) : view;
        }

        private void Put(ReadOnlySpan<long> indices, Tensor value)
        {
            using var view = Picked(indices);
            Ops.copy_(view, value, false);
        }

        // Numbers, slices and new dimensions are views, one after the other; what remains are index tensors, one a dimension of the view,
        // absent for a whole dimension.
        private (Tensor View, Tensor?[] Tensors) Views(TensorIndex[] indices)
        {
            var view = this;
            var dimension = 0L;
            var tensors = new List<Tensor?>();
            void Pick(Tensor index)
            {
                while (tensors.Count < dimension)
                    tensors.Add(null);
                tensors.Add(index);
            }

            foreach (var (index, at) in indices.Select((index, at) => (index, at)))
            {
                switch (index.Is)
                {
                    case TensorIndex.Kind.Single:
                        Step(ref view, Ops.select(view, dimension, index.Start!.Value));
                        break;
                    case TensorIndex.Kind.Slice:
                        if (index.Start is not null || index.Stop is not null || index.Step is not null)
                            Step(ref view, Ops.slice(view, dimension, index.Start, index.Stop, index.Step ?? 1));
                        dimension++;
                        break;
                    case TensorIndex.Kind.None:
                        Step(ref view, Ops.unsqueeze(view, dimension));
                        dimension++;
                        break;
                    case TensorIndex.Kind.Bool:
                        Step(ref view, Ops.unsqueeze(view, dimension));
                        Pick(tensor(index.Start == 1 ? new long[] { 0 } : []));
                        dimension++;
                        break;
                    case TensorIndex.Kind.Ellipsis:
                        dimension = view.dim() - indices[(at + 1)..].Sum(DimensionsOf);
                        break;
                    default:
                        var picked = index.Picked ?? throw new ArgumentNullException(nameof(indices));
                        // A 0-dim mask picks from a new dimension.
                        if (picked.dtype == ScalarType.Bool && picked.dim() == 0)
                            Step(ref view, Ops.unsqueeze(view, dimension));
                        Pick(picked.dtype == ScalarType.Bool && picked.dim() == 0 ? picked.unsqueeze(0) : picked);
                        dimension += Math.Max(1, DimensionsOf(index));
                        break;
                }
            }
            // An untouched tensor is handed out as another view, so that its owner's disposal and the result's stay apart.
            return (ReferenceEquals(view, this) && tensors.Count == 0 ? Ops.alias(this) : view, [.. tensors]);
        }

        private static long DimensionsOf(TensorIndex index) => index.Is switch
        {
            TensorIndex.Kind.None or TensorIndex.Kind.Bool or TensorIndex.Kind.Ellipsis => 0,
            TensorIndex.Kind.Tensor when index.Picked!.dtype == ScalarType.Bool => index.Picked.dim(),
            _ => 1,
        };

        private void Step(ref Tensor view, Tensor next)
        {
            Release(view);
            view = next;
        }

        private void Release(Tensor view)
        {
            if (!ReferenceEquals(view, this))
                view.Dispose();
        }
    }
}
