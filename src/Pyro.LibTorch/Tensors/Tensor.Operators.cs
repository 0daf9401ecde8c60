using Pyro.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Sum, element by element, with broadcasting.</summary>
        public static Tensor operator +(Tensor left, Tensor right) => left.add(right);

        /// <summary>Sum, element by element.</summary>
        public static Tensor operator +(Tensor left, Scalar right) => left.AddNumber(right.Number);

        /// <summary>Sum, element by element.</summary>
        public static Tensor operator +(Scalar left, Tensor right) => right.AddNumber(left.Number);

        /// <summary>Sum, element by element.</summary>
        public static Tensor operator +(Tensor left, int right) => left.AddNumber((long)right);

        /// <summary>Sum, element by element.</summary>
        public static Tensor operator +(int left, Tensor right) => right.AddNumber((long)left);

        /// <summary>Sum, element by element.</summary>
        public static Tensor operator +(Tensor left, long right) => left.AddNumber(right);

        /// <summary>Sum, element by element.</summary>
        public static Tensor operator +(long left, Tensor right) => right.AddNumber(left);

        /// <summary>Sum, element by element.</summary>
        public static Tensor operator +(Tensor left, float right) => left.AddNumber((double)right);

        /// <summary>Sum, element by element.</summary>
        public static Tensor operator +(float left, Tensor right) => right.AddNumber((double)left);

        /// <summary>Sum, element by element.</summary>
        public static Tensor operator +(Tensor left, double right) => left.AddNumber(right);

        /// <summary>Sum, element by element.</summary>
        public static Tensor operator +(double left, Tensor right) => right.AddNumber(left);

        /// <summary>Difference, element by element, with broadcasting.</summary>
        public static Tensor operator -(Tensor left, Tensor right) => left.sub(right);

        /// <summary>Difference, element by element.</summary>
        public static Tensor operator -(Tensor left, Scalar right) => left.SubNumber(right.Number);

        /// <summary>Difference, element by element.</summary>
        public static Tensor operator -(Scalar left, Tensor right) => right.NumberSub(left.Number);

        /// <summary>Difference, element by element.</summary>
        public static Tensor operator -(Tensor left, int right) => left.SubNumber((long)right);

        /// <summary>Difference, element by element.</summary>
        public static Tensor operator -(int left, Tensor right) => right.NumberSub((long)left);

        /// <summary>Difference, element by element.</summary>
        public static Tensor operator -(Tensor left, long right) => left.SubNumber(right);

        /// <summary>Difference, element by element.</summary>
        public static Tensor operator -(long left, Tensor right) => right.NumberSub(left);

        /// <summary>Difference, element by element.</summary>
        public static Tensor operator -(Tensor left, float right) => left.SubNumber((double)right);

        /// <summary>Difference, element by element.</summary>
        public static Tensor operator -(float left, Tensor right) => right.NumberSub((double)left);

        /// <summary>Difference, element by element.</summary>
        public static Tensor operator -(Tensor left, double right) => left.SubNumber(right);

        /// <summary>Difference, element by element.</summary>
        public static Tensor operator -(double left, Tensor right) => right.NumberSub(left);

        /// <summary>Product, element by element, with broadcasting.</summary>
        public static Tensor operator *(Tensor left, Tensor right) => left.mul(right);

        /// <summary>Product, element by element.</summary>
        public static Tensor operator *(Tensor left, Scalar right) => left.MulNumber(right.Number);

        /// <summary>Product, element by element.</summary>
        public static Tensor operator *(Scalar left, Tensor right) => right.MulNumber(left.Number);

        /// <summary>Product, element by element.</summary>
        public static Tensor operator *(Tensor left, int right) => left.MulNumber((long)right);

        /// <summary>Product, element by element.</summary>
        public static Tensor operator *(int left, Tensor right) => right.MulNumber((long)left);

        /// <summary>Product, element by element.</summary>
        public static Tensor operator *(Tensor left, long right) => left.MulNumber(right);

        /// <summary>Product, element by element.</summary>
        public static Tensor operator *(long left, Tensor right) => right.MulNumber(left);

        /// <summary>Product, element by element.</summary>
        public static Tensor operator *(Tensor left, float right) => left.MulNumber((double)right);

        /// <summary>Product, element by element.</summary>
        public static Tensor operator *(float left, Tensor right) => right.MulNumber((double)left);

        /// <summary>Product, element by element.</summary>
        public static Tensor operator *(Tensor left, double right) => left.MulNumber(right);

        /// <summary>Product, element by element.</summary>
        public static Tensor operator *(double left, Tensor right) => right.MulNumber(left);

        /// <summary>Quotient, element by element, with broadcasting.</summary>
        public static Tensor operator /(Tensor left, Tensor right) => left.div(right);

        /// <summary>Quotient, element by element.</summary>
        public static Tensor operator /(Tensor left, Scalar right) => left.DivNumber(right.Number);

        /// <summary>Quotient, element by element.</summary>
        public static Tensor operator /(Scalar left, Tensor right) => right.NumberDiv(left.Number);

        /// <summary>Quotient, element by element.</summary>
        public static Tensor operator /(Tensor left, int right) => left.DivNumber((long)right);

        /// <summary>Quotient, element by element.</summary>
        public static Tensor operator /(int left, Tensor right) => right.NumberDiv((long)left);

        /// <summary>Quotient, element by element.</summary>
        public static Tensor operator /(Tensor left, long right) => left.DivNumber(right);

        /// <summary>Quotient, element by element.</summary>
        public static Tensor operator /(long left, Tensor right) => right.NumberDiv(left);

        /// <summary>Quotient, element by element.</summary>
        public static Tensor operator /(Tensor left, float right) => left.DivNumber((double)right);

        /// <summary>Quotient, element by element.</summary>
        public static Tensor operator /(float left, Tensor right) => right.NumberDiv((double)left);

        /// <summary>Quotient, element by element.</summary>
        public static Tensor operator /(Tensor left, double right) => left.DivNumber(right);

        /// <summary>Quotient, element by element.</summary>
        public static Tensor operator /(double left, Tensor right) => right.NumberDiv(left);

        /// <summary>Remainder with the sign of the divisor, element by element, with broadcasting.</summary>
        public static Tensor operator %(Tensor left, Tensor right) => left.remainder(right);

        /// <summary>Remainder with the sign of the divisor, element by element.</summary>
        public static Tensor operator %(Tensor left, Scalar right) => left.RemainderNumber(right.Number);

        /// <summary>Remainder with the sign of the divisor, element by element.</summary>
        public static Tensor operator %(Tensor left, int right) => left.RemainderNumber((long)right);

        /// <summary>Remainder with the sign of the divisor, element by element.</summary>
        public static Tensor operator %(Tensor left, long right) => left.RemainderNumber(right);

        /// <summary>Remainder with the sign of the divisor, element by element.</summary>
        public static Tensor operator %(Tensor left, float right) => left.RemainderNumber((double)right);

        /// <summary>Remainder with the sign of the divisor, element by element.</summary>
        public static Tensor operator %(Tensor left, double right) => left.RemainderNumber(right);

        /// <summary>Negation, element by element.</summary>
        public static Tensor operator -(Tensor tensor) => tensor.neg();

        /// <summary>Where two elements are equal, with broadcasting.</summary>
        public static Tensor operator ==(Tensor left, Tensor right) => left.eq(right);

        /// <summary>Where two elements are equal.</summary>
        public static Tensor operator ==(Tensor left, Scalar right) => left.eq(right);

        /// <summary>Where two elements are equal.</summary>
        public static Tensor operator ==(Scalar left, Tensor right) => right.eq(left);

        /// <summary>Where two elements differ, with broadcasting.</summary>
        public static Tensor operator !=(Tensor left, Tensor right) => left.ne(right);

        /// <summary>Where two elements differ.</summary>
        public static Tensor operator !=(Tensor left, Scalar right) => left.ne(right);

        /// <summary>Where two elements differ.</summary>
        public static Tensor operator !=(Scalar left, Tensor right) => right.ne(left);

        /// <summary>Where an element is less than another, with broadcasting.</summary>
        public static Tensor operator <(Tensor left, Tensor right) => left.lt(right);

        /// <summary>Where an element is less than another.</summary>
        public static Tensor operator <(Tensor left, Scalar right) => left.lt(right);

        /// <summary>Where an element is less than another.</summary>
        public static Tensor operator <(Scalar left, Tensor right) => right.gt(left);

        /// <summary>Where an element is at most another, with broadcasting.</summary>
        public static Tensor operator <=(Tensor left, Tensor right) => left.le(right);

        /// <summary>Where an element is at most another.</summary>
        public static Tensor operator <=(Tensor left, Scalar right) => left.le(right);

        /// <summary>Where an element is at most another.</summary>
        public static Tensor operator <=(Scalar left, Tensor right) => right.ge(left);

        /// <summary>Where an element is greater than another, with broadcasting.</summary>
        public static Tensor operator >(Tensor left, Tensor right) => left.gt(right);

        /// <summary>Where an element is greater than another.</summary>
        public static Tensor operator >(Tensor left, Scalar right) => left.gt(right);

        /// <summary>Where an element is greater than another.</summary>
        public static Tensor operator >(Scalar left, Tensor right) => right.lt(left);

        /// <summary>Where an element is at least another, with broadcasting.</summary>
        public static Tensor operator >=(Tensor left, Tensor right) => left.ge(right);

        /// <summary>Where an element is at least another.</summary>
        public static Tensor operator >=(Tensor left, Scalar right) => left.ge(right);

        /// <summary>Where an element is at least another.</summary>
        public static Tensor operator >=(Scalar left, Tensor right) => right.le(left);

        /// <summary>A 0-dim tensor of the number.</summary>
        public static implicit operator Tensor(float value) => tensor(value);

        /// <summary>A 0-dim tensor of the number.</summary>
        public static implicit operator Tensor(double value) => tensor(value);

        /// <summary>A 0-dim tensor of the number.</summary>
        public static implicit operator Tensor(long value) => tensor(value);

        /// <summary>A 0-dim tensor of the number.</summary>
        public static implicit operator Tensor(int value) => tensor(value);

        /// <summary>A 0-dim tensor of the truth value.</summary>
        public static implicit operator Tensor(bool value) => tensor(value);

        /// <summary>A 0-dim tensor of the number.</summary>
        public static implicit operator Tensor(Scalar scalar) => FromNumber(scalar.Number, scalar.Type, null, false);

        /// <summary>The one element of a tensor.</summary>
        public static explicit operator float(Tensor value) => value.item<float>();

        /// <summary>The one element of a tensor.</summary>
        public static explicit operator double(Tensor value) => value.item<double>();

        /// <summary>The one element of a tensor.</summary>
        public static explicit operator long(Tensor value) => value.item<long>();

        /// <summary>The one element of a tensor.</summary>
        public static explicit operator int(Tensor value) => value.item<int>();

        /// <summary>The one element of a tensor.</summary>
        public static explicit operator bool(Tensor value) => value.item<bool>();

        /// <summary>Whether this is the same object; compare elements with ==, eq or allclose.</summary>
        public override bool Equals(object? obj) => ReferenceEquals(this, obj);

        /// <inheritdoc/>
        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

        private Tensor AddNumber(Number other) => New(Native.add_scalar(Handle, other, Number.One), nameof(add), this);

        private Tensor SubNumber(Number other) => New(Native.sub_scalar(Handle, other), nameof(sub), this);

        private Tensor NumberSub(Number left) => New(Native.rsub_scalar(Handle, left), nameof(sub), this);

        private Tensor MulNumber(Number other) => New(Native.mul_scalar(Handle, other), nameof(mul), this);

        private Tensor DivNumber(Number other) => New(Native.div_scalar(Handle, other), nameof(div), this);

        private Tensor NumberDiv(Number left) => New(Native.rdiv_scalar(Handle, left), nameof(div), this);

        private Tensor RemainderNumber(Number other) => New(Native.remainder_scalar(Handle, other), nameof(remainder), this);
    }
}
