using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// A distribution's argument: a tensor or a number. A number takes the dtype and the device of the tensors beside it, and the default dtype where there
/// is none.
/// </summary>
public readonly struct TensorArg
{
    private readonly Tensor? _tensor;
    private readonly double _number;

    private TensorArg(Tensor? tensor, double number)
    {
        _tensor = tensor;
        _number = number;
    }

    /// <summary>A tensor as it is; one of integers or booleans counts as numbers of the default dtype.</summary>
    public static implicit operator TensorArg(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return new TensorArg(tensor, 0);
    }

    /// <summary>A number.</summary>
    public static implicit operator TensorArg(double number) => new(null, number);

    /// <summary>Numbers of a float tensor of shape (count).</summary>
    public static implicit operator TensorArg(float[] numbers) => new(TensorNumbers.Of(numbers), 0);

    /// <summary>Numbers of a double tensor of shape (count).</summary>
    public static implicit operator TensorArg(double[] numbers) => new(TensorNumbers.Of(numbers), 0);

    /// <summary>The argument as a tensor of floating point.</summary>
    internal Tensor Resolve()
    {
        var dtype = Floating(_tensor) ?? get_default_dtype();
        return As(dtype, CPU);
    }

    /// <summary>The argument as a tensor that goes with another one.</summary>
    internal Tensor Like(Tensor other) => As(other.dtype, other.device);

    /// <summary>Two arguments as tensors of one dtype.</summary>
    internal static (Tensor A, Tensor B) Resolve(TensorArg a, TensorArg b)
    {
        var (first, second) = (Floating(a._tensor), Floating(b._tensor));
        var dtype = first is { } x && second is { } y && x != y ? promote_types(x, y) : first ?? second ?? get_default_dtype();
        var device = (a._tensor ?? b._tensor)?.device ?? CPU;
        return (a.As(dtype, device), b.As(dtype, device));
    }

    /// <summary>Three arguments as tensors of one dtype.</summary>
    internal static (Tensor A, Tensor B, Tensor C) Resolve(TensorArg a, TensorArg b, TensorArg c)
    {
        var (first, second) = Resolve(a, b);
        var (third, _) = a._tensor is null && b._tensor is null ? Resolve(c, a) : Resolve(c, first);
        return (new TensorArg(first, 0).Like(third), new TensorArg(second, 0).Like(third), third);
    }

    private static ScalarType? Floating(Tensor? tensor) => tensor is not null && tensor.is_floating_point() ? tensor.dtype : null;

    private Tensor As(ScalarType dtype, Device device) =>
        _tensor is null ? Number(dtype, device) : _tensor.dtype == dtype ? _tensor : _tensor.to_type(dtype);

    // With a dtype as an argument a number becomes a tensor of its own type first, which is then converted.
    private Tensor Number(ScalarType dtype, Device device) =>
        dtype == ScalarType.Float32 ? tensor((float)_number, device: device) : tensor(_number, dtype, device);
}
