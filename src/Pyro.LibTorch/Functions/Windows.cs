using Pyro.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Bartlett window.</summary>
    public static Tensor bartlett_window(long len, bool periodic = true, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Ops.bartlett_window(len, periodic, new Options(dtype, device, requires_grad));

    /// <summary>Blackman window.</summary>
    public static Tensor blackman_window(long len, bool periodic = true, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Ops.blackman_window(len, periodic, new Options(dtype, device, requires_grad));

    /// <summary>Hamming window, alpha − beta · cos.</summary>
    public static Tensor hamming_window(long len, bool periodic = true, float alpha = 0.54f, float beta = 0.46f, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Ops.hamming_window(len, periodic, alpha, beta, new Options(dtype, device, requires_grad));

    /// <summary>Hann window.</summary>
    public static Tensor hann_window(long len, bool periodic = true, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Ops.hann_window(len, periodic, new Options(dtype, device, requires_grad));

    /// <summary>Kaiser window.</summary>
    public static Tensor kaiser_window(long len, bool periodic = true, float beta = 12, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Ops.kaiser_window(len, periodic, beta, new Options(dtype, device, requires_grad));
}
