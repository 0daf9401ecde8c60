using System.Numerics;
using System.Runtime.CompilerServices;
using Pyro.LibTorch;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The only element, of exactly this type.</summary>
        /// <exception cref="ArgumentException">Another number of elements, or another element type.</exception>
        public T item<T>()
            where T : unmanaged
        {
            if (numel() != 1)
                throw new ArgumentException($"Only a tensor of one element has an item; this one has shape [{string.Join(", ", shape)}].");
            RequireType<T>();
            if (Unsafe.SizeOf<T>() > sizeof(long))
                return data<T>()[0];
            var bits = Ops.item(this);
            return Unsafe.As<long, T>(ref bits);
        }

        /// <summary>The elements as numbers of exactly their type, in row-major order; written through where the tensor is writable memory here.</summary>
        public TensorAccessor<T> data<T>()
            where T : unmanaged
        {
            RequireType<T>();
            return new TensorAccessor<T>(this);
        }

        /// <summary>The memory of a contiguous tensor on the processor, without copying.</summary>
        public unsafe Span<byte> bytes
        {
            get
            {
                RequireMemory();
                return new Span<byte>((void*)Ops.data_ptr(this), checked((int)(numel() * element_size())));
            }

            set
            {
                var memory = bytes;
                if (value.Length != memory.Length)
                    throw new ArgumentException($"{value.Length} bytes for a tensor of {memory.Length} bytes.");
                value.CopyTo(memory);
            }
        }

        /// <summary>The only element as a number of its kind.</summary>
        public Scalar ToScalar()
        {
            if (numel() != 1)
                throw new ArgumentException($"Only a tensor of one element is a number; this one has shape [{string.Join(", ", shape)}].");
            if (is_complex())
            {
                using var wide = to_type(ScalarType.ComplexFloat64);
                return wide.item<Complex>();
            }
            var bits = Ops.item(this);
            return dtype switch
            {
                ScalarType.Byte => (byte)bits,
                ScalarType.Int8 => (sbyte)bits,
                ScalarType.Int16 => (short)bits,
                ScalarType.Int32 => (int)bits,
                ScalarType.Int64 => bits,
                ScalarType.Float16 => Unsafe.As<long, Half>(ref bits),
                ScalarType.Float32 => Unsafe.As<long, float>(ref bits),
                ScalarType.Float64 => Unsafe.As<long, double>(ref bits),
                ScalarType.Bool => (bits & 0xff) != 0,
                ScalarType.BFloat16 => BitConverter.Int32BitsToSingle((int)(bits & 0xffff) << 16).ToBFloat16Scalar(),
                var other => throw new NotSupportedException($"A tensor of {other} has no number."),
            };
        }

        internal void RequireMemory()
        {
            if (device_type != DeviceType.CPU)
                throw new InvalidOperationException($"The tensor lives on {device}; copy it with cpu() to read its memory.");
            if (!is_contiguous())
                throw new InvalidOperationException("The elements are not contiguous in memory; use contiguous() first.");
            if (is_conj() || is_neg())
                throw new InvalidOperationException("The memory holds the elements' conjugates or negatives; use resolve_conj() or resolve_neg() first.");
        }

        private void RequireType<T>()
            where T : unmanaged
        {
            var type = dtype;
            var fits = type switch
            {
                ScalarType.Byte => typeof(T) == typeof(byte),
                ScalarType.Int8 => typeof(T) == typeof(sbyte),
                ScalarType.Int16 => typeof(T) == typeof(short),
                ScalarType.Int32 => typeof(T) == typeof(int),
                ScalarType.Int64 => typeof(T) == typeof(long),
                ScalarType.Float16 => typeof(T) == typeof(Half),
                ScalarType.Float32 => typeof(T) == typeof(float),
                ScalarType.Float64 => typeof(T) == typeof(double),
                ScalarType.ComplexFloat32 => typeof(T) == typeof((float, float)),
                ScalarType.ComplexFloat64 => typeof(T) == typeof(Complex),
                ScalarType.Bool => typeof(T) == typeof(bool),
                _ => false,
            };
            if (!fits)
                throw new ArgumentException($"The elements are {type}, not {typeof(T)}; convert with to_type first.");
        }
    }
}
