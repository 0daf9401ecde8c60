using Pyro.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Special functions.</summary>
    public static class special
    {
        /// <summary>The modified Bessel function of the first kind of order 0, times exp(−|x|).</summary>
        public static Tensor i0e(Tensor input) => Tensor.New(Native.special_i0e(input.Handle), nameof(i0e), input);

        /// <summary>The modified Bessel function of the first kind of order 1, times exp(−|x|).</summary>
        public static Tensor i1e(Tensor input) => Tensor.New(Native.special_i1e(input.Handle), nameof(i1e), input);
    }
}
