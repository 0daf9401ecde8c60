namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The element at a place in row-major order.</summary>
        public T ReadCpuValue<T>(long i)
            where T : unmanaged => data<T>()[i];

        /// <inheritdoc cref="ReadCpuValue{T}(long)"/>
        public double ReadCpuDouble(long i) => ReadCpuValue<double>(i);

        /// <inheritdoc cref="ReadCpuValue{T}(long)"/>
        public float ReadCpuSingle(long i) => ReadCpuValue<float>(i);

        /// <inheritdoc cref="ReadCpuValue{T}(long)"/>
        public int ReadCpuInt32(long i) => ReadCpuValue<int>(i);

        /// <inheritdoc cref="ReadCpuValue{T}(long)"/>
        public long ReadCpuInt64(long i) => ReadCpuValue<long>(i);

        /// <inheritdoc cref="ReadCpuValue{T}(long)"/>
        public byte ReadCpuByte(long i) => ReadCpuValue<byte>(i);

        /// <inheritdoc cref="ReadCpuValue{T}(long)"/>
        public sbyte ReadCpuSByte(long i) => ReadCpuValue<sbyte>(i);

        /// <inheritdoc cref="ReadCpuValue{T}(long)"/>
        public short ReadCpuInt16(long i) => ReadCpuValue<short>(i);

        /// <inheritdoc cref="ReadCpuValue{T}(long)"/>
        public bool ReadCpuBool(long i) => ReadCpuValue<bool>(i);

        /// <inheritdoc cref="ReadCpuValue{T}(long)"/>
        public float ReadCpuFloat16(long i) => (float)ReadCpuValue<Half>(i);

        /// <summary>The elements of a contiguous tensor on the processor, as they lie in memory.</summary>
        public void WriteBytesToStream(Stream stream, int bufferSize = 1024)
        {
            ArgumentNullException.ThrowIfNull(stream);
            stream.Write(bytes);
        }

        /// <summary>Reads the elements of a contiguous tensor on the processor.</summary>
        /// <exception cref="EndOfStreamException">The stream ends too early; what had arrived is in the tensor.</exception>
        public void ReadBytesFromStream(Stream stream, int bufferSize = 1024)
        {
            ArgumentNullException.ThrowIfNull(stream);
            stream.ReadExactly(bytes);
        }

        /// <summary>The only element as a number, or the elements in nested lists.</summary>
        public object tolist()
        {
            if (dim() == 0)
                return NumberOf(ToScalar(), dtype);
            var result = new List<object>();
            using var scope = NewDisposeScope();
            foreach (var slice in unbind(0))
                result.Add(slice.tolist());
            return result;
        }

        private static object NumberOf(Scalar scalar, ScalarType type) => type switch
        {
            ScalarType.Bool => scalar.ToBoolean(),
            ScalarType.Byte => scalar.ToByte(),
            ScalarType.Int8 => scalar.ToSByte(),
            ScalarType.Int16 => scalar.ToInt16(),
            ScalarType.Int32 => scalar.ToInt32(),
            ScalarType.Int64 => scalar.ToInt64(),
            ScalarType.Float16 => scalar.ToHalf(),
            ScalarType.Float32 or ScalarType.BFloat16 => scalar.ToSingle(),
            ScalarType.ComplexFloat32 => scalar.ToComplexFloat32(),
            ScalarType.ComplexFloat64 => scalar.ToComplexFloat64(),
            _ => scalar.ToDouble(),
        };
    }
}
