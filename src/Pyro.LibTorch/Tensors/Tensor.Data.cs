using System.Runtime.CompilerServices;
using Pyro.LibTorch;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The memory of a contiguous CPU tensor, byte by byte, without a copy. Valid while the tensor lives.</summary>
        /// <exception cref="InvalidOperationException">The tensor is not contiguous or not on the CPU.</exception>
        public unsafe Span<byte> bytes
        {
            get => new(Pointer(), checked((int)(NumberOfElements * ElementSize)));
            set
            {
                var target = bytes;
                if (value.Length != target.Length)
                    throw new ArgumentException($"The tensor has {target.Length} bytes and got {value.Length}.", nameof(value));
                value.CopyTo(target);
            }
        }

        /// <summary>The elements in the order of the dimensions; without a copy where the tensor is contiguous on the CPU.</summary>
        /// <exception cref="ArgumentException"><typeparamref name="T"/> is not the element type.</exception>
        public TensorAccessor<T> data<T>()
            where T : unmanaged
        {
            if (TypeOf<T>() != dtype)
                throw new ArgumentException($"The elements are {dtype}, not {typeof(T).Name}: convert with to_type first.", nameof(T));
            return new TensorAccessor<T>(this);
        }

        /// <summary>The one element, converted to <typeparamref name="T"/>.</summary>
        /// <exception cref="ArgumentException">The tensor has more or fewer elements than one, or T is not a number.</exception>
        public unsafe T item<T>()
            where T : unmanaged
        {
            if (typeof(T) == typeof(float) || typeof(T) == typeof(double) || typeof(T) == typeof(Half))
            {
                double number;
                if (Native.ItemDouble(Handle, &number) != 0)
                    NativeFailure.Throw(nameof(item), this);
                if (typeof(T) == typeof(double))
                    return Unsafe.BitCast<double, T>(number);
                return typeof(T) == typeof(float) ? Unsafe.BitCast<float, T>((float)number) : Unsafe.BitCast<Half, T>((Half)number);
            }
            long integer;
            if (Native.ItemLong(Handle, &integer) != 0)
                NativeFailure.Throw(nameof(item), this);
            if (typeof(T) == typeof(long))
                return Unsafe.BitCast<long, T>(integer);
            if (typeof(T) == typeof(int))
                return Unsafe.BitCast<int, T>(checked((int)integer));
            if (typeof(T) == typeof(short))
                return Unsafe.BitCast<short, T>(checked((short)integer));
            if (typeof(T) == typeof(sbyte))
                return Unsafe.BitCast<sbyte, T>(checked((sbyte)integer));
            if (typeof(T) == typeof(byte))
                return Unsafe.BitCast<byte, T>(checked((byte)integer));
            if (typeof(T) == typeof(bool))
                return Unsafe.BitCast<bool, T>(integer != 0);
            throw new ArgumentException($"{typeof(T).Name} is not an element type.", nameof(T));
        }

        internal unsafe void* Pointer()
        {
            if (device_type != DeviceType.CPU || !is_contiguous())
                throw new InvalidOperationException($"Only a contiguous CPU tensor has its elements in one piece: call cpu().contiguous() first (this one is on {device}).");
            var pointer = Native.Data(Handle);
            if (pointer is null && NumberOfElements > 0)
                NativeFailure.Throw(nameof(data), this);
            return pointer;
        }

        private static ScalarType TypeOf<T>() => default(T) switch
        {
            float => ScalarType.Float32,
            double => ScalarType.Float64,
            long => ScalarType.Int64,
            int => ScalarType.Int32,
            short => ScalarType.Int16,
            sbyte => ScalarType.Int8,
            byte => ScalarType.Byte,
            bool => ScalarType.Bool,
            Half => ScalarType.Float16,
            _ => throw new ArgumentException($"{typeof(T).Name} is not an element type.", nameof(T)),
        };
    }
}
