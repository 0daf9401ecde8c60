namespace TorchSharp;

public static partial class torch
{
    /// <summary>Whether an object is a tensor.</summary>
    public static bool is_tensor(object obj) => obj is Tensor;

    /// <summary>Whether the elements are integers.</summary>
    public static bool is_integral(Tensor t) => t.is_integral();

    /// <summary>Whether the elements are complex.</summary>
    public static bool is_complex(Tensor input) => input.is_complex();

    /// <summary>Whether the elements are real floating point numbers.</summary>
    public static bool is_floating_point(Tensor input) => input.is_floating_point();

    /// <summary>Whether the only element is not 0.</summary>
    public static bool is_nonzero(Tensor input) => input.is_nonzero();

    /// <summary>The number of elements.</summary>
    public static long numel(Tensor input) => input.numel();

    /// <summary>The real part (a view).</summary>
    public static Tensor real(Tensor input) => input.real;

    /// <summary>The imaginary part (a view).</summary>
    public static Tensor imag(Tensor input) => input.imag;

    /// <summary>The tensor as truth values.</summary>
    public static Tensor BoolTensor(Tensor t) => t.@bool();

    /// <summary>The tensor as unsigned 8-bit integers.</summary>
    public static Tensor ByteTensor(Tensor t) => t.@byte();

    /// <summary>The tensor in double precision.</summary>
    public static Tensor DoubleTensor(Tensor t) => t.@double();

    /// <summary>The tensor in single precision.</summary>
    public static Tensor FloatTensor(Tensor t) => t.@float();

    /// <summary>The tensor as signed 32-bit integers.</summary>
    public static Tensor IntTensor(Tensor t) => t.@int();

    /// <summary>The tensor as signed 64-bit integers.</summary>
    public static Tensor LongTensor(Tensor t) => t.@long();

    /// <summary>The tensor as signed 16-bit integers.</summary>
    public static Tensor ShortTensor(Tensor t) => t.@short();
}
