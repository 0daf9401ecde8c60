using System.Numerics;
using Pyro.Distributions.Transforms;
using Pyro.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>The numbers, or the integers, of an interval whose ends are known.</summary>
public sealed class IntervalConstraint : Constraint, IEquatable<IntervalConstraint>
{
    private const int Block = 256;
    private const double DoubleNormal = 2.2250738585072014e-308;
    private const double SingleNormal = 1.17549435e-38;

    // The ends as the smallest and largest number inside, so that one comparison each decides and NaN is outside.
    private readonly double _least;
    private readonly double _greatest;
    private readonly float _leastSingle;
    private readonly float _greatestSingle;

    // The ends for what maps make: finite, and so far from an end at 0 that nothing is a subnormal number.
    private readonly (double Low, double High) _settled;
    private readonly (double Low, double High) _settledSingle;

    internal IntervalConstraint(
        string name, string description, double lower, double upper, bool closedLower = false, bool closedUpper = false, bool integers = false)
        : base(name, description, eventRank: 0, integers)
    {
        Lower = lower;
        Upper = upper;
        ClosedLower = closedLower;
        ClosedUpper = closedUpper;
        _least = closedLower ? lower : double.BitIncrement(lower);
        _greatest = closedUpper ? upper : double.BitDecrement(upper);
        _leastSingle = closedLower && (float)lower >= lower ? (float)lower : Above(lower);
        _greatestSingle = closedUpper && (float)upper <= upper ? (float)upper : Below(upper);
        _settled = (Math.Max(_least, double.MinValue), Math.Min(_greatest, double.MaxValue));
        if (lower == 0 && !closedLower)
            _settled.Low = DoubleNormal;
        if (upper == 0 && !closedUpper)
            _settled.High = -DoubleNormal;

        // A bound that is no single is compared as the single next to it.
        _settledSingle = (
            Math.Max(closedLower ? Math.Max(_leastSingle, (float)lower) : Math.Max(_leastSingle, float.BitIncrement((float)lower)), float.MinValue),
            Math.Min(closedUpper ? Math.Min(_greatestSingle, (float)upper) : Math.Min(_greatestSingle, float.BitDecrement((float)upper)), float.MaxValue));
        if (lower == 0 && !closedLower)
            _settledSingle.Low = SingleNormal;
        if (upper == 0 && !closedUpper)
            _settledSingle.High = -SingleNormal;
    }

    /// <summary>The lower end.</summary>
    public double Lower { get; }

    /// <summary>The upper end.</summary>
    public double Upper { get; }

    /// <summary>Whether the lower end is inside.</summary>
    public bool ClosedLower { get; }

    /// <summary>Whether the upper end is inside.</summary>
    public bool ClosedUpper { get; }

    /// <inheritdoc/>
    public override Tensor Check(Tensor value)
    {
        var inside = (ClosedLower ? value.ge(Lower) : value.gt(Lower)).logical_and(ClosedUpper ? value.le(Upper) : value.lt(Upper));
        return IsDiscrete && value.is_floating_point() ? inside.logical_and(value.eq(value.floor())) : inside;
    }

    /// <inheritdoc/>
    public override string? Find(Tensor value)
    {
        if (value.device_type != DeviceType.CPU || value.dtype is not (ScalarType.Float32 or ScalarType.Float64))
            return base.Find(value);
        using var scope = NewDisposeScope();
        if (!value.is_contiguous())
            value = Distinct(value).contiguous();
        return value.numel() > Pieces.Longest / sizeof(double) ? FindInPieces(value)
            : value.dtype == ScalarType.Float32 ? Find(value, _leastSingle, _greatestSingle) : Find(value, _least, _greatest);
    }

    /// <inheritdoc/>
    public override Bijector TransformTo()
    {
        if (IsDiscrete)
            return base.TransformTo();
        return (double.IsFinite(Lower), double.IsFinite(Upper)) switch
        {
            (false, false) => Identity.Instance,
            (true, false) => Lower == 0 ? Exp.Instance : new Onto(Lower, null, this),
            (false, true) => new Onto(null, Upper, this),
            (true, true) => Lower == 0 && Upper == 1 ? Sigmoid.Instance : new Onto(Lower, Upper, this),
        };
    }

    /// <inheritdoc/>
    internal override Tensor Settle(Tensor value)
    {
        if (IsDiscrete)
            return value;
        var (low, high) = value.dtype == ScalarType.Float64 ? _settled : _settledSingle;
        return Clamped.To(value, low, high);
    }

    /// <inheritdoc/>
    public bool Equals(IntervalConstraint? other) =>
        other is not null && (Lower, Upper, ClosedLower, ClosedUpper, IsDiscrete)
        == (other.Lower, other.Upper, other.ClosedLower, other.ClosedUpper, other.IsDiscrete);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as IntervalConstraint);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Lower, Upper, ClosedLower, ClosedUpper, IsDiscrete);

    private static float Above(double bound) => (float)bound > bound ? (float)bound : float.BitIncrement((float)bound);

    private static float Below(double bound) => (float)bound < bound ? (float)bound : float.BitDecrement((float)bound);

    private string? FindInPieces(Tensor value)
    {
        using var scope = NewDisposeScope();
        foreach (var piece in Pieces.Of(value, Pieces.Longest / sizeof(double)))
            if (Find(piece) is { } found)
                return found;
        return null;
    }

    private string? Find<T>(Tensor value, T least, T greatest)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var numbers = Memory.Of<T>(value);
        var outside = IndexOutside(numbers, least, greatest);
        GC.KeepAlive(value);
        return outside < 0 ? null : Numbers.Format(double.CreateTruncating(numbers[outside]));
    }

    private int IndexOutside<T>(ReadOnlySpan<T> numbers, T least, T greatest)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // A block at a time: only the one with a number outside is looked at one by one.
        var start = 0;
        for (; start <= numbers.Length - Block; start += Block)
        {
            var inside = Vector<T>.AllBitsSet;
            for (var i = start; i < start + Block; i += Vector<T>.Count)
            {
                var x = new Vector<T>(numbers[i..]);
                inside &= Vector.GreaterThanOrEqual(x, new Vector<T>(least)) & Vector.LessThanOrEqual(x, new Vector<T>(greatest));
                if (IsDiscrete)
                    inside &= Vector.Equals(x, Lanes.Floor(x));
            }
            if (!Vector.EqualsAll(inside.As<T, byte>(), Vector<byte>.AllBitsSet))
                break;
        }
        for (var i = start; i < numbers.Length; i++)
        {
            var x = numbers[i];
            if (!(x >= least && x <= greatest) || (IsDiscrete && x != T.Floor(x)))
                return i;
        }
        return -1;
    }
}
