using Pyro.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Sum.</summary>
        public static Tensor operator +(Tensor left, Tensor right) => Ops.add(left, right);

        /// <summary>Sum.</summary>
        public static Tensor operator +(Tensor left, Scalar right) => Ops.add__scalar(left, Number.Of(right));

        /// <summary>Sum.</summary>
        public static Tensor operator +(Scalar left, Tensor right) => Ops.add__scalar(right, Number.Of(left));

        /// <summary>Sum.</summary>
        public static Tensor operator +(Tensor left, int right) => Ops.add__scalar(left, right);

        /// <summary>Sum.</summary>
        public static Tensor operator +(Tensor left, long right) => Ops.add__scalar(left, right);

        /// <summary>Sum.</summary>
        public static Tensor operator +(Tensor left, float right) => Ops.add__scalar(left, right);

        /// <summary>Sum.</summary>
        public static Tensor operator +(Tensor left, double right) => Ops.add__scalar(left, right);

        /// <summary>Sum.</summary>
        public static Tensor operator +(int left, Tensor right) => Ops.add__scalar(right, left);

        /// <summary>Sum.</summary>
        public static Tensor operator +(long left, Tensor right) => Ops.add__scalar(right, left);

        /// <summary>Sum.</summary>
        public static Tensor operator +(float left, Tensor right) => Ops.add__scalar(right, left);

        /// <summary>Sum.</summary>
        public static Tensor operator +(double left, Tensor right) => Ops.add__scalar(right, left);

        /// <summary>Difference.</summary>
        public static Tensor operator -(Tensor left, Tensor right) => Ops.sub(left, right);

        /// <summary>Difference.</summary>
        public static Tensor operator -(Tensor left, Scalar right) => Ops.sub__scalar(left, Number.Of(right));

        /// <summary>Difference.</summary>
        public static Tensor operator -(Scalar left, Tensor right) => Ops.rsub(right, Number.Of(left));

        /// <summary>Difference.</summary>
        public static Tensor operator -(Tensor left, int right) => Ops.sub__scalar(left, right);

        /// <summary>Difference.</summary>
        public static Tensor operator -(Tensor left, long right) => Ops.sub__scalar(left, right);

        /// <summary>Difference.</summary>
        public static Tensor operator -(Tensor left, float right) => Ops.sub__scalar(left, right);

        /// <summary>Difference.</summary>
        public static Tensor operator -(Tensor left, double right) => Ops.sub__scalar(left, right);

        /// <summary>Difference.</summary>
        public static Tensor operator -(int left, Tensor right) => Ops.rsub(right, left);

        /// <summary>Difference.</summary>
        public static Tensor operator -(long left, Tensor right) => Ops.rsub(right, left);

        /// <summary>Difference.</summary>
        public static Tensor operator -(float left, Tensor right) => Ops.rsub(right, left);

        /// <summary>Difference.</summary>
        public static Tensor operator -(double left, Tensor right) => Ops.rsub(right, left);

        /// <summary>Product.</summary>
        public static Tensor operator *(Tensor left, Tensor right) => Ops.mul(left, right);

        /// <summary>Product.</summary>
        public static Tensor operator *(Tensor left, Scalar right) => Ops.mul__scalar(left, Number.Of(right));

        /// <summary>Product.</summary>
        public static Tensor operator *(Scalar left, Tensor right) => Ops.mul__scalar(right, Number.Of(left));

        /// <summary>Product.</summary>
        public static Tensor operator *(Tensor left, int right) => Ops.mul__scalar(left, right);

        /// <summary>Product.</summary>
        public static Tensor operator *(Tensor left, long right) => Ops.mul__scalar(left, right);

        /// <summary>Product.</summary>
        public static Tensor operator *(Tensor left, float right) => Ops.mul__scalar(left, right);

        /// <summary>Product.</summary>
        public static Tensor operator *(Tensor left, double right) => Ops.mul__scalar(left, right);

        /// <summary>Product.</summary>
        public static Tensor operator *(int left, Tensor right) => Ops.mul__scalar(right, left);

        /// <summary>Product.</summary>
        public static Tensor operator *(long left, Tensor right) => Ops.mul__scalar(right, left);

        /// <summary>Product.</summary>
        public static Tensor operator *(float left, Tensor right) => Ops.mul__scalar(right, left);

        /// <summary>Product.</summary>
        public static Tensor operator *(double left, Tensor right) => Ops.mul__scalar(right, left);

        /// <summary>Quotient, never rounded.</summary>
        public static Tensor operator /(Tensor left, Tensor right) => Ops.div(left, right);

        /// <summary>Quotient, never rounded.</summary>
        public static Tensor operator /(Tensor left, Scalar right) => Ops.div__scalar(left, Number.Of(right));

        /// <summary>Quotient, never rounded.</summary>
        public static Tensor operator /(Scalar left, Tensor right) => Ops.rdiv(right, Number.Of(left));

        /// <summary>Quotient, never rounded.</summary>
        public static Tensor operator /(Tensor left, int right) => Ops.div__scalar(left, right);

        /// <summary>Quotient, never rounded.</summary>
        public static Tensor operator /(Tensor left, long right) => Ops.div__scalar(left, right);

        /// <summary>Quotient, never rounded.</summary>
        public static Tensor operator /(Tensor left, float right) => Ops.div__scalar(left, right);

        /// <summary>Quotient, never rounded.</summary>
        public static Tensor operator /(Tensor left, double right) => Ops.div__scalar(left, right);

        /// <summary>Quotient, never rounded.</summary>
        public static Tensor operator /(int left, Tensor right) => Ops.rdiv(right, left);

        /// <summary>Quotient, never rounded.</summary>
        public static Tensor operator /(long left, Tensor right) => Ops.rdiv(right, left);

        /// <summary>Quotient, never rounded.</summary>
        public static Tensor operator /(float left, Tensor right) => Ops.rdiv(right, left);

        /// <summary>Quotient, never rounded.</summary>
        public static Tensor operator /(double left, Tensor right) => Ops.rdiv(right, left);

        /// <summary>Remainder with the sign of the divisor.</summary>
        public static Tensor operator %(Tensor left, Tensor right) => Ops.remainder(left, right);

        /// <summary>Remainder with the sign of the divisor.</summary>
        public static Tensor operator %(Tensor left, Scalar right) => Ops.remainder__scalar(left, Number.Of(right));

        /// <summary>Remainder with the sign of the divisor.</summary>
        public static Tensor operator %(Tensor left, int right) => Ops.remainder__scalar(left, right);

        /// <summary>Remainder with the sign of the divisor.</summary>
        public static Tensor operator %(Tensor left, long right) => Ops.remainder__scalar(left, right);

        /// <summary>Remainder with the sign of the divisor.</summary>
        public static Tensor operator %(Tensor left, float right) => Ops.remainder__scalar(left, right);

        /// <summary>Remainder with the sign of the divisor.</summary>
        public static Tensor operator %(Tensor left, double right) => Ops.remainder__scalar(left, right);

        /// <summary>True where equal, element by element.</summary>
        public static Tensor operator ==(Tensor left, Tensor right) => Ops.eq(left, right);

        /// <summary>True where equal, element by element.</summary>
        public static Tensor operator ==(Tensor left, Scalar right) => Ops.eq__scalar(left, Number.Of(right));

        /// <summary>True where equal, element by element.</summary>
        public static Tensor operator ==(Scalar left, Tensor right) => Ops.eq__scalar(right, Number.Of(left));

        /// <summary>True where different, element by element.</summary>
        public static Tensor operator !=(Tensor left, Tensor right) => Ops.ne(left, right);

        /// <summary>True where different, element by element.</summary>
        public static Tensor operator !=(Tensor left, Scalar right) => Ops.ne__scalar(left, Number.Of(right));

        /// <summary>True where different, element by element.</summary>
        public static Tensor operator !=(Scalar left, Tensor right) => Ops.ne__scalar(right, Number.Of(left));

        /// <summary>True where less.</summary>
        public static Tensor operator <(Tensor left, Tensor right) => Ops.lt(left, right);

        /// <summary>True where less.</summary>
        public static Tensor operator <(Tensor left, Scalar right) => Ops.lt__scalar(left, Number.Of(right));

        /// <summary>True where less.</summary>
        public static Tensor operator <(Scalar left, Tensor right) => Ops.gt__scalar(right, Number.Of(left));

        /// <summary>True where less or equal.</summary>
        public static Tensor operator <=(Tensor left, Tensor right) => Ops.le(left, right);

        /// <summary>True where less or equal.</summary>
        public static Tensor operator <=(Tensor left, Scalar right) => Ops.le__scalar(left, Number.Of(right));

        /// <summary>True where less or equal.</summary>
        public static Tensor operator <=(Scalar left, Tensor right) => Ops.ge__scalar(right, Number.Of(left));

        /// <summary>True where greater.</summary>
        public static Tensor operator >(Tensor left, Tensor right) => Ops.gt(left, right);

        /// <summary>True where greater.</summary>
        public static Tensor operator >(Tensor left, Scalar right) => Ops.gt__scalar(left, Number.Of(right));

        /// <summary>True where greater.</summary>
        public static Tensor operator >(Scalar left, Tensor right) => Ops.lt__scalar(right, Number.Of(left));

        /// <summary>True where greater or equal.</summary>
        public static Tensor operator >=(Tensor left, Tensor right) => Ops.ge(left, right);

        /// <summary>True where greater or equal.</summary>
        public static Tensor operator >=(Tensor left, Scalar right) => Ops.ge__scalar(left, Number.Of(right));

        /// <summary>True where greater or equal.</summary>
        public static Tensor operator >=(Scalar left, Tensor right) => Ops.le__scalar(right, Number.Of(left));

        /// <summary>Bitwise and; logical for truth values.</summary>
        public static Tensor operator &(Tensor left, Tensor right) => Ops.bitwise_and(left, right);

        /// <summary>Bitwise or; logical for truth values.</summary>
        public static Tensor operator |(Tensor left, Tensor right) => Ops.bitwise_or(left, right);

        /// <summary>Bitwise exclusive or; logical for truth values.</summary>
        public static Tensor operator ^(Tensor left, Tensor right) => Ops.bitwise_xor(left, right);

        /// <summary>Bitwise complement; logical for truth values.</summary>
        public static Tensor operator ~(Tensor left) => Ops.bitwise_not(left);

        /// <summary>The negative of each element.</summary>
        public static Tensor operator -(Tensor tensor) => Ops.neg(tensor);

        /// <summary>Whether two tensors have the same shape and equal elements.</summary>
        public bool Equals(Tensor target) => target is not null && Ops.same(this, target);

        /// <inheritdoc/>
        public override bool Equals(object? obj) => obj is Tensor other && Equals(other);

        /// <summary>By identity: equal tensors may have different codes.</summary>
        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

        /// <summary>A 0-dim tensor of the number's type.</summary>
        public static implicit operator Tensor(byte value) => tensor(value);

        /// <summary>A 1-dim tensor of the elements' type.</summary>
        public static implicit operator Tensor(byte[] value) => tensor(value);

        /// <summary>A 0-dim tensor of the number's type.</summary>
        public static implicit operator Tensor(sbyte value) => tensor(value);

        /// <summary>A 1-dim tensor of the elements' type.</summary>
        public static implicit operator Tensor(sbyte[] value) => tensor(value);

        /// <summary>A 0-dim tensor of the number's type.</summary>
        public static implicit operator Tensor(short value) => tensor(value);

        /// <summary>A 1-dim tensor of the elements' type.</summary>
        public static implicit operator Tensor(short[] value) => tensor(value);

        /// <summary>A 0-dim tensor of the number's type.</summary>
        public static implicit operator Tensor(int value) => tensor(value);

        /// <summary>A 1-dim tensor of the elements' type.</summary>
        public static implicit operator Tensor(int[] value) => tensor(value);

        /// <summary>A 0-dim tensor of the number's type.</summary>
        public static implicit operator Tensor(long value) => tensor(value);

        /// <summary>A 1-dim tensor of the elements' type.</summary>
        public static implicit operator Tensor(long[] value) => tensor(value);

        /// <summary>A 0-dim tensor of the number's type.</summary>
        public static implicit operator Tensor(float value) => tensor(value);

        /// <summary>A 1-dim tensor of the elements' type.</summary>
        public static implicit operator Tensor(float[] value) => tensor(value);

        /// <summary>A 0-dim tensor of the number's type.</summary>
        public static implicit operator Tensor(double value) => tensor(value);

        /// <summary>A 1-dim tensor of the elements' type.</summary>
        public static implicit operator Tensor(double[] value) => tensor(value);

        /// <summary>A 0-dim tensor of the number's type.</summary>
        public static implicit operator Tensor(bool value) => tensor(value);

        /// <summary>A 1-dim tensor of the elements' type.</summary>
        public static implicit operator Tensor(bool[] value) => tensor(value);

        /// <summary>A 0-dim tensor of the number's type.</summary>
        public static implicit operator Tensor((float, float) value) => tensor(value);

        /// <summary>A 1-dim tensor of the elements' type.</summary>
        public static implicit operator Tensor((float, float)[] value) => tensor(value);

        /// <summary>A 0-dim tensor of the number's type.</summary>
        public static implicit operator Tensor(System.Numerics.Complex value) => tensor(value);

        /// <summary>A 1-dim tensor of the elements' type.</summary>
        public static implicit operator Tensor(System.Numerics.Complex[] value) => tensor(value);

        /// <summary>A 0-dim tensor of the number's type.</summary>
        public static implicit operator Tensor(Scalar scalar) => Ops.scalar(Number.Of(scalar), new Options(scalar.Type, null));

        /// <summary>The only element, converted.</summary>
        public static explicit operator float(Tensor value) => value.ToScalar().ToSingle();

        /// <summary>The only element, converted.</summary>
        public static explicit operator double(Tensor value) => value.ToScalar().ToDouble();

        /// <summary>The only element, converted.</summary>
        public static explicit operator sbyte(Tensor value) => value.ToScalar().ToSByte();

        /// <summary>The only element, converted.</summary>
        public static explicit operator byte(Tensor value) => value.ToScalar().ToByte();

        /// <summary>The only element, converted.</summary>
        public static explicit operator short(Tensor value) => value.ToScalar().ToInt16();

        /// <summary>The only element, converted.</summary>
        public static explicit operator int(Tensor value) => value.ToScalar().ToInt32();

        /// <summary>The only element, converted.</summary>
        public static explicit operator long(Tensor value) => value.ToScalar().ToInt64();

        /// <summary>The only element, converted.</summary>
        public static explicit operator bool(Tensor value) => value.ToScalar().ToBoolean();
    }
}
