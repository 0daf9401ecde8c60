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
            using var place = new IndexedPlace(this, indices);
            return place.Get();
        }

        /// <summary>The elements that index tensors and masks pick.</summary>
        public Tensor index(params Tensor[] indices) => index(Each(indices));

        /// <summary>Puts a value, broadcast, where the indices point.</summary>
        public Tensor index_put_(Tensor value, params TensorIndex[] indices) => index_put_(value, indices, false);

        /// <summary>Puts (or adds) a value, broadcast, where the indices point.</summary>
        public Tensor index_put_(Tensor value, TensorIndex[] indices, bool accumulate = false)
        {
            using var place = new IndexedPlace(this, indices);
            place.Put(value, accumulate);
            return this;
        }

        /// <summary>Puts a value, broadcast, where index tensors and masks point.</summary>
        public Tensor index_put_(Tensor value, params Tensor[] indices) => index_put_(value, Each(indices), false);

        /// <summary>Puts (or adds) a value, broadcast, where index tensors and masks point.</summary>
        public Tensor index_put_(Tensor value, Tensor[] indices, bool accumulate = false) => index_put_(value, Each(indices), accumulate);

        /// <summary>Puts a number where the indices point.</summary>
        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            using var number = Ops.scalar(Number.Of(value), new Options(dtype, device));
            return index_put_(number, indices, false);
        }

        /// <summary>Puts a number where index tensors and masks point.</summary>
        public Tensor index_put_(Scalar value, params Tensor[] indices) => index_put_(value, Each(indices));

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
            using var fitted = new FittedValue(value, view.dim());
            Ops.copy_(view, fitted.Value, false);
        }

        // An absent one is a whole dimension.
        private static TensorIndex[] Each(Tensor[] indices) => Array.ConvertAll(indices, index => index is null ? TensorIndex.Colon : TensorIndex.Tensor(index));

        private void Step(ref Tensor view, Tensor next)
        {
            if (!ReferenceEquals(view, this))
                view.Dispose();
            view = next;
        }
    }
}
