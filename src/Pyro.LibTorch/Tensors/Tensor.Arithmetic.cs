using Pyro.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Sum, element by element, with broadcasting.</summary>
        public Tensor add(Tensor target) => New(Native.add(Handle, target.Handle, Number.One), nameof(add), this, target);

        /// <summary>self + alpha · target, element by element, with broadcasting.</summary>
        public Tensor add(Tensor target, Scalar alpha) => New(Native.add(Handle, target.Handle, alpha.Number), nameof(add), this, target);

        /// <summary>Sum with a number, element by element.</summary>
        public Tensor add(Scalar scalar) => AddNumber(scalar.Number);

        /// <summary>self + alpha · scalar, element by element.</summary>
        public Tensor add(Scalar scalar, Scalar alpha) => New(Native.add_scalar(Handle, scalar.Number, alpha.Number), nameof(add), this);

        /// <inheritdoc cref="add(Tensor)"/>
        public Tensor add_(Tensor target) => Done(Native.add_(Handle, target.Handle, Number.One), nameof(add_), this, target);

        /// <inheritdoc cref="add(Tensor, Scalar)"/>
        public Tensor add_(Tensor target, Scalar alpha) => Done(Native.add_(Handle, target.Handle, alpha.Number), nameof(add_), this, target);

        /// <inheritdoc cref="add(Scalar)"/>
        public Tensor add_(Scalar scalar) => Done(Native.add_scalar_(Handle, scalar.Number, Number.One), nameof(add_), this);

        /// <summary>Difference, element by element, with broadcasting.</summary>
        public Tensor sub(Tensor target) => New(Native.sub(Handle, target.Handle), nameof(sub), this, target);

        /// <summary>Difference with a number, element by element.</summary>
        public Tensor sub(Scalar target) => SubNumber(target.Number);

        /// <inheritdoc cref="sub(Tensor)"/>
        public Tensor sub_(Tensor target) => Done(Native.sub_(Handle, target.Handle), nameof(sub_), this, target);

        /// <inheritdoc cref="sub(Scalar)"/>
        public Tensor sub_(Scalar target) => Done(Native.sub_scalar_(Handle, target.Number), nameof(sub_), this);

        /// <summary>Product, element by element, with broadcasting.</summary>
        public Tensor mul(Tensor target) => New(Native.mul(Handle, target.Handle), nameof(mul), this, target);

        /// <summary>Product with a number, element by element.</summary>
        public Tensor mul(Scalar target) => MulNumber(target.Number);

        /// <inheritdoc cref="mul(Tensor)"/>
        public Tensor mul_(Tensor target) => Done(Native.mul_(Handle, target.Handle), nameof(mul_), this, target);

        /// <inheritdoc cref="mul(Scalar)"/>
        public Tensor mul_(Scalar target) => Done(Native.mul_scalar_(Handle, target.Number), nameof(mul_), this);

        /// <summary>Quotient, element by element, with broadcasting.</summary>
        public Tensor div(Tensor target) => New(Native.div(Handle, target.Handle), nameof(div), this, target);

        /// <summary>Quotient with a number, element by element.</summary>
        public Tensor div(Scalar target) => DivNumber(target.Number);

        /// <inheritdoc cref="div(Tensor)"/>
        public Tensor div_(Tensor target) => Done(Native.div_(Handle, target.Handle), nameof(div_), this, target);

        /// <inheritdoc cref="div(Scalar)"/>
        public Tensor div_(Scalar target) => Done(Native.div_scalar_(Handle, target.Number), nameof(div_), this);

        /// <summary>Remainder with the sign of the divisor, element by element, with broadcasting.</summary>
        public Tensor remainder(Tensor other) => New(Native.remainder(Handle, other.Handle), nameof(remainder), this, other);

        /// <summary>Remainder with the sign of the divisor, element by element.</summary>
        public Tensor remainder(Scalar scalar) => RemainderNumber(scalar.Number);

        /// <summary>Power, element by element, with broadcasting.</summary>
        public Tensor pow(Tensor exponent) => New(Native.pow(Handle, exponent.Handle), nameof(pow), this, exponent);

        /// <summary>Power, element by element.</summary>
        public Tensor pow(Scalar exponent) => New(Native.pow_scalar(Handle, exponent.Number), nameof(pow), this);

        /// <inheritdoc cref="pow(Scalar)"/>
        public Tensor pow_(Scalar exponent) => Done(Native.pow_scalar_(Handle, exponent.Number), nameof(pow_), this);

        /// <summary>self · log(y), and 0 where self is 0, whatever y.</summary>
        public Tensor xlogy(Tensor y) => New(Native.xlogy(Handle, y.Handle), nameof(xlogy), this, y);

        /// <inheritdoc cref="xlogy(Tensor)"/>
        public Tensor xlogy(Scalar y) => New(Native.xlogy_scalar(Handle, y.Number), nameof(xlogy), this);

        /// <summary>self + value · tensor1 · tensor2.</summary>
        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) =>
            New(Native.addcmul(Handle, tensor1.Handle, tensor2.Handle, value.Number), nameof(addcmul), this, tensor1, tensor2);

        /// <inheritdoc cref="addcmul"/>
        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Done(Native.addcmul_(Handle, tensor1.Handle, tensor2.Handle, value.Number), nameof(addcmul_), this, tensor1, tensor2);

        /// <summary>self + value · tensor1 / tensor2.</summary>
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) =>
            New(Native.addcdiv(Handle, tensor1.Handle, tensor2.Handle, value.Number), nameof(addcdiv), this, tensor1, tensor2);

        /// <inheritdoc cref="addcdiv"/>
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Done(Native.addcdiv_(Handle, tensor1.Handle, tensor2.Handle, value.Number), nameof(addcdiv_), this, tensor1, tensor2);

        /// <summary>log(1 + exp(beta · x)) / beta; x itself where beta · x exceeds the threshold.</summary>
        public Tensor softplus(double beta = 1, double threshold = 20) => New(Native.softplus(Handle, beta, threshold), nameof(softplus), this);

        /// <summary>log(x / (1 - x)); with eps, x is clamped to [eps, 1 - eps] first.</summary>
        public Tensor logit(double? eps = null) => New(Native.logit(Handle, eps ?? 0, Flag(eps.HasValue)), nameof(logit), this);

        /// <summary>Replaces NaN and infinities; where none is given for an infinity, by the largest finite number of the dtype.</summary>
        public Tensor nan_to_num(double nan = 0, double? posinf = null, double? neginf = null) => New(
            Native.nan_to_num(Handle, nan, posinf ?? 0, Flag(posinf.HasValue), neginf ?? 0, Flag(neginf.HasValue)), nameof(nan_to_num), this);

        /// <summary>Limits every element to [min, max]; either end may be left open.</summary>
        public Tensor clamp(Scalar? min = null, Scalar? max = null) =>
            New(Native.clamp_scalar(Handle, min?.Number ?? 0L, Flag(min is not null), max?.Number ?? 0L, Flag(max is not null)), nameof(clamp), this);

        /// <inheritdoc cref="clamp(Scalar?, Scalar?)"/>
        public Tensor clamp_(Scalar? min = null, Scalar? max = null) =>
            Done(Native.clamp_scalar_(Handle, min?.Number ?? 0L, Flag(min is not null), max?.Number ?? 0L, Flag(max is not null)), nameof(clamp_), this);

        /// <summary>Limits every element to [min, max], element by element; either end may be left open.</summary>
        public Tensor clamp(Tensor? min = null, Tensor? max = null) => New(Native.clamp(Handle, min?.Handle ?? 0, max?.Handle ?? 0), nameof(clamp), this, min, max);

        /// <summary>Replaces elements from below.</summary>
        public Tensor clamp_min(Scalar min) => clamp(min);

        /// <summary>Replaces elements from above.</summary>
        public Tensor clamp_max(Scalar max) => clamp(null, max);

        /// <summary>The elements of this tensor where the condition holds, of the other where not.</summary>
        public Tensor where(Tensor condition, Tensor y) => New(Native.where(condition.Handle, Handle, y.Handle), nameof(where), condition, this, y);

        /// <summary>Copies elements, with broadcasting and conversion, into this tensor.</summary>
        public Tensor copy_(Tensor source, bool nonBlocking = false) => Done(Native.copy_(Handle, source.Handle, Flag(nonBlocking)), nameof(copy_), this, source);

        /// <summary>Sets every element to a number.</summary>
        public Tensor fill_(Scalar value) => Done(Native.fill_(Handle, value.Number), nameof(fill_), this);

        /// <summary>Sets every element to zero.</summary>
        public Tensor zero_() => Done(Native.zero_(Handle), nameof(zero_), this);

        /// <summary>The value where the mask holds, this tensor's elements elsewhere.</summary>
        public Tensor masked_fill(Tensor mask, Scalar value) => New(Native.masked_fill(Handle, mask.Handle, value.Number), nameof(masked_fill), this, mask);

        /// <summary>The elements where the mask holds, in one dimension.</summary>
        public Tensor masked_select(Tensor mask) => New(Native.masked_select(Handle, mask.Handle), nameof(masked_select), this, mask);

        private static byte Flag(bool value) => value ? (byte)1 : (byte)0;
    }

    /// <summary>The elements of x where the condition holds, of y where not, with broadcasting.</summary>
    public static Tensor where(Tensor condition, Tensor x, Tensor y) => x.where(condition, y);

    /// <inheritdoc cref="Tensor.pow(Tensor)"/>
    public static Tensor pow(Tensor left, Tensor exponent) => left.pow(exponent);

    /// <inheritdoc cref="Tensor.pow(Scalar)"/>
    public static Tensor pow(Tensor left, Scalar exponent) => left.pow(exponent);

    /// <inheritdoc cref="Tensor.clamp(Scalar?, Scalar?)"/>
    public static Tensor clamp(Tensor input, Scalar? min = null, Scalar? max = null) => input.clamp(min, max);

    /// <inheritdoc cref="Tensor.xlogy(Tensor)"/>
    public static Tensor xlogy(Tensor input, Tensor y) => input.xlogy(y);
}
