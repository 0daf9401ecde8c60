using System.Collections;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A shape: the sizes of the dimensions.</summary>
    public struct Size : IEnumerable<long>
    {
        private readonly long[]? shape;

        /// <summary>The shape of a scalar.</summary>
        public static Size Empty = new(Array.Empty<long>());

        /// <summary>Given sizes.</summary>
        public Size(long[] shape) => this.shape = (long[])shape.Clone();

        /// <summary>Given sizes.</summary>
        public Size(IEnumerable<long> shape) => this.shape = shape.ToArray();

        /// <summary>Given sizes.</summary>
        public Size(int[] shape) => this.shape = Array.ConvertAll(shape, s => (long)s);

        /// <summary>One dimension.</summary>
        public Size(long size) => shape = [size];

        /// <summary>Two dimensions.</summary>
        public Size((long, long) size) => shape = [size.Item1, size.Item2];

        /// <summary>Three dimensions.</summary>
        public Size((long, long, long) size) => shape = [size.Item1, size.Item2, size.Item3];

        /// <summary>Four dimensions.</summary>
        public Size((long, long, long, long) size) => shape = [size.Item1, size.Item2, size.Item3, size.Item4];

        /// <summary>Five dimensions.</summary>
        public Size((long, long, long, long, long) size) => shape = [size.Item1, size.Item2, size.Item3, size.Item4, size.Item5];

        /// <summary>Six dimensions.</summary>
        public Size((long, long, long, long, long, long) size) =>
            shape = [size.Item1, size.Item2, size.Item3, size.Item4, size.Item5, size.Item6];

        /// <summary>One dimension.</summary>
        public Size(int size) => shape = [size];

        /// <summary>Two dimensions.</summary>
        public Size((int, int) size) => shape = [size.Item1, size.Item2];

        /// <summary>Three dimensions.</summary>
        public Size((int, int, int) size) => shape = [size.Item1, size.Item2, size.Item3];

        /// <summary>Four dimensions.</summary>
        public Size((int, int, int, int) size) => shape = [size.Item1, size.Item2, size.Item3, size.Item4];

        /// <summary>Five dimensions.</summary>
        public Size((int, int, int, int, int) size) => shape = [size.Item1, size.Item2, size.Item3, size.Item4, size.Item5];

        /// <summary>Six dimensions.</summary>
        public Size((int, int, int, int, int, int) size) =>
            shape = [size.Item1, size.Item2, size.Item3, size.Item4, size.Item5, size.Item6];

        /// <summary>Whether there is no dimension.</summary>
        public bool IsEmpty => Length == 0;

        /// <summary>Whether it is the shape of a scalar.</summary>
        public bool IsScalar => Length == 0;

        /// <summary>The number of dimensions.</summary>
        public int Length => Shape.Length;

        /// <summary>The sizes.</summary>
        public long[] Shape => shape ?? [];

        /// <summary>One size; negative indices count from the end.</summary>
        public long this[int idx] => Shape[idx < 0 ? Length + idx : idx];

        /// <summary>One size; negative indices count from the end.</summary>
        public long this[long idx] => Shape[idx < 0 ? Length + idx : idx];

        /// <summary>One dimension.</summary>
        public static implicit operator Size(long size) => new(size);

        /// <summary>Two dimensions.</summary>
        public static implicit operator Size((long, long) size) => new(size);

        /// <summary>Three dimensions.</summary>
        public static implicit operator Size((long, long, long) size) => new(size);

        /// <summary>Four dimensions.</summary>
        public static implicit operator Size((long, long, long, long) size) => new(size);

        /// <summary>Five dimensions.</summary>
        public static implicit operator Size((long, long, long, long, long) size) => new(size);

        /// <summary>Six dimensions.</summary>
        public static implicit operator Size((long, long, long, long, long, long) size) => new(size);

        /// <summary>Given sizes.</summary>
        public static implicit operator Size(long[] size) => new(size);

        /// <summary>The dimensions of one after those of another.</summary>
        public static Size operator +(Size left, Size right) => new([.. left.Shape, .. right.Shape]);

        /// <summary>More dimensions after the first ones.</summary>
        public static Size operator +(Size left, IEnumerable<long> right) => new([.. left.Shape, .. right]);

        /// <summary>Whether the sizes are equal.</summary>
        public static bool operator ==(Size left, Size right) => left.Shape.AsSpan().SequenceEqual(right.Shape);

        /// <summary>Whether the sizes differ.</summary>
        public static bool operator !=(Size left, Size right) => !(left == right);

        /// <inheritdoc/>
        public override readonly bool Equals(object? obj) => obj is Size other && this == other;

        /// <inheritdoc/>
        public override readonly int GetHashCode()
        {
            var hash = new HashCode();
            foreach (var size in shape ?? [])
                hash.Add(size);
            return hash.ToHashCode();
        }

        /// <summary>The dimensions from first to before next.</summary>
        public Size Slice(int first, int next) => new(Shape[first..next]);

        /// <summary>The first dimensions.</summary>
        public IEnumerable<long> Take(int i) => Shape.Take(i);

        /// <summary>The number of elements of a tensor of this shape.</summary>
        public long numel()
        {
            var product = 1L;
            foreach (var size in Shape)
                product *= size;
            return product;
        }

        /// <inheritdoc/>
        public IEnumerator<long> GetEnumerator() => ((IEnumerable<long>)Shape).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
