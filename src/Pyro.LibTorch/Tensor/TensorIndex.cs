namespace TorchSharp;

public static partial class torch
{
    /// <summary>One index of a tensor: a number, a slice, a tensor, a truth value, a new dimension or an ellipsis.</summary>
    public struct TensorIndex
    {
        internal enum Kind
        {
            Slice,
            Single,
            Bool,
            Tensor,
            None,
            Ellipsis,
        }

        /// <summary>As many whole dimensions as there are.</summary>
        public static TensorIndex Ellipsis = new() { Is = Kind.Ellipsis };

        /// <summary>A new dimension of size 1.</summary>
        public static TensorIndex None = new() { Is = Kind.None };

        /// <summary>A new dimension of size 1.</summary>
        public static TensorIndex Null = new() { Is = Kind.None };

        /// <summary>A whole dimension.</summary>
        public static TensorIndex Colon = Slice();

        internal Kind Is { get; private init; }

        internal long? Start { get; private init; }

        internal long? Stop { get; private init; }

        internal long? Step { get; private init; }

        internal Tensor? Picked { get; private init; }

        /// <summary>Every step-th index from start to before stop; negative ones count from the end.</summary>
        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) =>
            new() { Is = Kind.Slice, Start = start, Stop = stop, Step = step };

        /// <summary>The indices from the first to before the second.</summary>
        public static TensorIndex Slice((int? start, int? end) range) => Slice(range.start, range.end);

        /// <summary>The indices of a range.</summary>
        public static TensorIndex Slice(Range range) => Slice(FromStart(range.Start), range.End is { IsFromEnd: true, Value: 0 } ? null : FromStart(range.End));

        /// <summary>A new dimension of size 1 or 0.</summary>
        public static TensorIndex Bool(bool value) => new() { Is = Kind.Bool, Start = value ? 1 : 0 };

        /// <summary>One index, whose dimension goes away; null is a whole dimension.</summary>
        public static TensorIndex Single(long? index) => index is null ? Colon : new() { Is = Kind.Single, Start = index };

        /// <summary>Indices (integers) or a mask (truth values).</summary>
        public static TensorIndex Tensor(Tensor tensor) => new() { Is = Kind.Tensor, Picked = tensor };

        /// <summary>One index, whose dimension goes away.</summary>
        public static implicit operator TensorIndex(long value) => Single(value);

        /// <summary>The index as a tensor: what it picks by, or its number.</summary>
        public static implicit operator Tensor(TensorIndex value) => value.Is switch
        {
            Kind.Tensor => value.Picked!,
            Kind.Single => tensor(value.Start!.Value),
            Kind.Bool => tensor(value.Start == 1),
            _ => throw new InvalidCastException("A slice is not a tensor."),
        };

        /// <summary>The indices from the first to before the second.</summary>
        public static implicit operator TensorIndex((int? start, int? end) range) => Slice(range);

        /// <summary>The indices of a range.</summary>
        public static implicit operator TensorIndex(Range range) => Slice(range);

        /// <summary>One index, whose dimension goes away.</summary>
        public static implicit operator TensorIndex(Index index) => Single(FromStart(index));

        // What lies behind the end (^0) is out of range, and not the start.
        private static long FromStart(Index index) => index switch
        {
            { IsFromEnd: false } => index.Value,
            { Value: 0 } => long.MaxValue,
            _ => -index.Value,
        };
    }
}
