using System.Numerics;

namespace Pyro.Optim;

/// <summary>As many numbers as fit a register.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal readonly struct Lanes<T>(Vector<T> values) : INumbers<Lanes<T>>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public Vector<T> Values { get; } = values;

    public static Lanes<T> operator +(Lanes<T> left, Lanes<T> right) => new(left.Values + right.Values);

    public static Lanes<T> operator -(Lanes<T> left, Lanes<T> right) => new(left.Values - right.Values);

    public static Lanes<T> operator *(Lanes<T> left, Lanes<T> right) => new(left.Values * right.Values);

    public static Lanes<T> operator /(Lanes<T> left, Lanes<T> right) => new(left.Values / right.Values);

    public static Lanes<T> Of(double value) => new(new Vector<T>(T.CreateTruncating(value)));

    public static Lanes<T> Sqrt(Lanes<T> value) => new(Vector.SquareRoot(value.Values));

    public static Lanes<T> Abs(Lanes<T> value) => new(Vector.Abs(value.Values));

    public static Lanes<T> Max(Lanes<T> left, Lanes<T> right) => new(Vector.Max(left.Values, right.Values));

    public static Lanes<T> Min(Lanes<T> left, Lanes<T> right) => new(Vector.Min(left.Values, right.Values));

    public static Lanes<T> BySign(Lanes<T> value, Lanes<T> negative, Lanes<T> zero, Lanes<T> positive)
    {
        var notNegative = Vector.ConditionalSelect(Vector.GreaterThan(value.Values, Vector<T>.Zero), positive.Values, zero.Values);
        return new(Vector.ConditionalSelect(Vector.LessThan(value.Values, Vector<T>.Zero), negative.Values, notNegative));
    }
}
