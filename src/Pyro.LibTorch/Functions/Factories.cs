using Pyro.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Zeros in the shape of a tensor.</summary>
    public static Tensor zeros_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Ops.zeros_like(input, Options.Keeping(dtype, device, requires_grad)).Named(names);

    /// <summary>Ones in the shape of a tensor.</summary>
    public static Tensor ones_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Ops.ones_like(input, Options.Keeping(dtype, device, requires_grad)).Named(names);

    /// <summary>Memory as it is found, in the shape of a tensor.</summary>
    public static Tensor empty_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Ops.empty_like(input, Options.Keeping(dtype, device, requires_grad)).Named(names);

    /// <summary>One value everywhere, in the shape of a tensor.</summary>
    public static Tensor full_like(Tensor input, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Ops.full_like(input, Number.Of(value), Options.Keeping(dtype, device, requires_grad)).Named(names);

    /// <summary>Uniform numbers in [0, 1), in the shape of a tensor.</summary>
    public static Tensor rand_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Ops.rand_like(input, Options.Keeping(dtype, device, requires_grad));

    /// <summary>Standard normal numbers, in the shape of a tensor.</summary>
    public static Tensor randn_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Ops.randn_like(input, Options.Keeping(dtype, device, requires_grad));

    /// <summary>Uniform integers in [low, high), in the shape of a tensor.</summary>
    public static Tensor randint_like(Tensor input, long low, long high, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Ops.randint_like(input, low, high, Options.Keeping(dtype, device, requires_grad));

    /// <summary>start, start + step, … below stop; integers where all three are.</summary>
    public static Tensor arange(Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Ops.arange(Number.Of(start), Number.Of(stop), Number.Of(step), new Options(dtype ?? RangeType(start, stop, step), device, requires_grad));

    /// <summary>start, start + 1, … below stop; integers where both are.</summary>
    public static Tensor arange(Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(start, stop, 1, dtype, device, requires_grad);

    /// <summary>0, 1, … below stop; integers where it is one.</summary>
    public static Tensor arange(Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(0, stop, 1, dtype, device, requires_grad);

    private static ScalarType RangeType(params ReadOnlySpan<Scalar> numbers)
    {
        foreach (var number in numbers)
            if (!is_integral(number.Type))
                return get_default_dtype();
        return ScalarType.Int64;
    }

    /// <summary>The identity matrix, or its upper left part; square where columns is negative.</summary>
    public static Tensor eye(long rows, long columns = -1, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Ops.eye(rows, columns < 0 ? rows : columns, new Options(dtype, device, requires_grad)).Named(names);

    /// <summary>Evenly spaced numbers from start to end, both included.</summary>
    public static Tensor linspace(double start, double end, long steps, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Ops.linspace(start, end, steps, new Options(dtype, device, requires_grad));

    /// <summary>base to the power of evenly spaced exponents from start to end, both included.</summary>
    public static Tensor logspace(double start, double end, long steps, double @base = 10, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Ops.logspace(start, end, steps, @base, new Options(dtype, device, requires_grad));

    /// <summary>A random order of 0 … n − 1: int64 unless told otherwise.</summary>
    public static Tensor randperm(long n, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        Ops.randperm(n, new Options(dtype, device, requires_grad), generator);

    /// <summary>Normal numbers.</summary>
    public static Tensor normal(double mean, double std, ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        Ops.normal(mean, std, size, new Options(dtype, device, requires_grad), generator).Named(names);

    /// <summary>Uniform integers in [low, high): int64 unless told otherwise.</summary>
    public static Tensor randint(long low, long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        Ops.randint(low, high, size, new Options(dtype, device, requires_grad), generator).Named(names);

    /// <summary>Uniform integers in [0, high): int64 unless told otherwise.</summary>
    public static Tensor randint(long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        randint(0, high, size, dtype, device, requires_grad, generator, names);

    /// <summary>Uniform integers in [low, high): int64 unless told otherwise.</summary>
    public static Tensor randint(long low, long high, Size size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        randint(low, high, size.Shape, dtype, device, requires_grad, generator, names);

    /// <summary>Uniform integers in [0, high): int64 unless told otherwise.</summary>
    public static Tensor randint(long high, Size size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        randint(0, high, size.Shape, dtype, device, requires_grad, generator, names);

    /// <summary>Uniform integers in [low, high): int64 unless told otherwise.</summary>
    public static Tensor randint(int low, int high, int[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        randint(low, high, Array.ConvertAll(size, s => (long)s), dtype, device, requires_grad, generator, names);

    /// <summary>Uniform integers in [0, high): int64 unless told otherwise.</summary>
    public static Tensor randint(int high, int[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        randint(0, high, Array.ConvertAll(size, s => (long)s), dtype, device, requires_grad, generator, names);

    /// <summary>A tensor over given strides, memory as it is found.</summary>
    public static Tensor empty_strided(long[] size, long[] strides, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Ops.empty_strided(size, strides, new Options(dtype, device, requires_grad)).Named(names);

    /// <summary>Row and column indices of the lower triangle: shape (2, n).</summary>
    public static Tensor tril_indices(long row, long col, long offset = 0, ScalarType dtype = ScalarType.Int64, Device? device = null) =>
        Ops.tril_indices(row, col, offset, new Options(dtype, device));

    /// <summary>Row and column indices of the upper triangle: shape (2, n).</summary>
    public static Tensor triu_indices(long row, long col, long offset = 0, ScalarType dtype = ScalarType.Int64, Device? device = null) =>
        Ops.triu_indices(row, col, offset, new Options(dtype, device));
}
