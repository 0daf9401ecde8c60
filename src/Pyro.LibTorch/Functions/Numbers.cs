using System.Numerics;
using Pyro.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A 0-dim complex tensor of single precision.</summary>
    public static Tensor tensor((float Real, float Imaginary) scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        TensorData.Copy<(float, float)>([scalar], [], ScalarType.ComplexFloat32, dtype, device, requires_grad);

    /// <summary>A 0-dim complex tensor of single precision.</summary>
    public static Tensor tensor(float real, float imaginary, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        tensor((real, imaginary), dtype, device, requires_grad);

    /// <summary>A 0-dim complex tensor of double precision.</summary>
    public static Tensor tensor((double Real, double Imaginary) scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        tensor(new Complex(scalar.Real, scalar.Imaginary), dtype, device, requires_grad);

    /// <summary>A 0-dim complex tensor of double precision.</summary>
    public static Tensor tensor(double real, double imaginary, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        tensor(new Complex(real, imaginary), dtype, device, requires_grad);

    /// <summary>A tensor of Int32 with a copy of the data.</summary>
    public static Tensor tensor(int[] rawArray, long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        TensorData.Copy<int>(rawArray, [dim0, dim1, dim2, dim3], ScalarType.Int32, dtype, device, requires_grad).Named(names);
}
