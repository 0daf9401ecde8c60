using Pyro.LibTorch;

namespace TorchSharp;

/// <summary>Which direction of a Fourier transform is divided by the length.</summary>
public enum FFTNormType
{
    /// <summary>The inverse.</summary>
    Backward = 0,

    /// <summary>The transform itself.</summary>
    Forward = 1,

    /// <summary>Both, by its square root.</summary>
    Ortho = 2,
}

public static partial class torch
{
    /// <summary>Discrete Fourier transforms (native/fft.def).</summary>
    public static partial class fft
    {
        /// <summary>The frequencies of fft of n samples at distance d, in its order.</summary>
        public static Tensor fftfreq(long n, double d = 1, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Ops.fftfreq(n, d, new Options(dtype, device, requires_grad));

        /// <summary>The frequencies of rfft of n samples at distance d.</summary>
        public static Tensor rfftfreq(long n, double d = 1, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Ops.rfftfreq(n, d, new Options(dtype, device, requires_grad));
    }
}
