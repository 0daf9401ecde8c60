using Pyro.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>How a quotient is rounded.</summary>
    public enum RoundingMode
    {
        /// <summary>Not at all.</summary>
        None,

        /// <summary>Towards 0.</summary>
        trunc,

        /// <summary>Down.</summary>
        floor,
    }

    public partial class Tensor
    {
        /// <summary>Quotient, rounded as the mode says.</summary>
        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => rounding_mode == RoundingMode.None
            ? Ops.div(this, target)
            : Ops.div__mode(this, target, NameOf(rounding_mode));

        /// <summary>Quotient, rounded as the mode says.</summary>
        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => rounding_mode == RoundingMode.None
            ? Ops.div__scalar(this, Number.Of(target))
            : Ops.div__scalar_mode(this, Number.Of(target), NameOf(rounding_mode));

        /// <summary>Quotient, rounded as the mode says, in place.</summary>
        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => rounding_mode == RoundingMode.None
            ? Ops.div_(this, target)
            : Ops.div___mode(this, target, NameOf(rounding_mode));

        /// <summary>Quotient, rounded as the mode says, in place.</summary>
        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => rounding_mode == RoundingMode.None
            ? Ops.div___scalar(this, Number.Of(target))
            : Ops.div___scalar_mode(this, Number.Of(target), NameOf(rounding_mode));

        /// <summary>Quotient, rounded as the mode says.</summary>
        public Tensor divide(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => rounding_mode == RoundingMode.None
            ? Ops.div(this, target)
            : Ops.div__mode(this, target, NameOf(rounding_mode));

        /// <summary>Quotient, rounded as the mode says.</summary>
        public Tensor divide(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => rounding_mode == RoundingMode.None
            ? Ops.div__scalar(this, Number.Of(target))
            : Ops.div__scalar_mode(this, Number.Of(target), NameOf(rounding_mode));

        /// <summary>Quotient, rounded as the mode says, in place.</summary>
        public Tensor divide_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => rounding_mode == RoundingMode.None
            ? Ops.div_(this, target)
            : Ops.div___mode(this, target, NameOf(rounding_mode));

        /// <summary>Quotient, rounded as the mode says, in place.</summary>
        public Tensor divide_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => rounding_mode == RoundingMode.None
            ? Ops.div___scalar(this, Number.Of(target))
            : Ops.div___scalar_mode(this, Number.Of(target), NameOf(rounding_mode));

        private static ReadOnlySpan<byte> NameOf(RoundingMode mode) => mode switch
        {
            RoundingMode.trunc => "trunc"u8,
            RoundingMode.floor => "floor"u8,
            _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "Not a rounding mode."),
        };
    }

    /// <summary>Quotient, rounded as the mode says.</summary>
    public static Tensor div(Tensor left, Tensor right, RoundingMode rounding_mode = RoundingMode.None) => left.div(right, rounding_mode);

    /// <summary>Quotient, rounded as the mode says.</summary>
    public static Tensor div(Tensor left, Scalar right, RoundingMode rounding_mode = RoundingMode.None) => left.div(right, rounding_mode);

    /// <summary>Quotient, rounded as the mode says, in place.</summary>
    public static Tensor div_(Tensor left, Tensor right, RoundingMode rounding_mode = RoundingMode.None) => left.div_(right, rounding_mode);

    /// <summary>Quotient, rounded as the mode says, in place.</summary>
    public static Tensor div_(Tensor left, Scalar right, RoundingMode rounding_mode = RoundingMode.None) => left.div_(right, rounding_mode);

    /// <summary>Quotient, rounded as the mode says.</summary>
    public static Tensor divide(Tensor left, Tensor right, RoundingMode rounding_mode = RoundingMode.None) => left.divide(right, rounding_mode);

    /// <summary>Quotient, rounded as the mode says.</summary>
    public static Tensor divide(Tensor left, Scalar right, RoundingMode rounding_mode = RoundingMode.None) => left.divide(right, rounding_mode);

    /// <summary>Quotient, rounded as the mode says, in place.</summary>
    public static Tensor divide_(Tensor left, Tensor right, RoundingMode rounding_mode = RoundingMode.None) => left.divide_(right, rounding_mode);

    /// <summary>Quotient, rounded as the mode says, in place.</summary>
    public static Tensor divide_(Tensor left, Scalar right) => left.divide_(right);
}
