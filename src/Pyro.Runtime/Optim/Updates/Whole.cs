using static TorchSharp.torch;

namespace Pyro.Optim;

/// <summary>A whole tensor, wherever it lives and whatever its numbers; or one number, which takes the form of what it meets.</summary>
internal readonly struct Whole : INumbers<Whole>
{
    private readonly Tensor? _tensor;
    private readonly double _number;

    public Whole(Tensor tensor)
    {
        _tensor = tensor;
    }

    private Whole(double number)
    {
        _number = number;
    }

    public static Whole operator +(Whole left, Whole right) => (left._tensor, right._tensor) switch
    {
        (null, null) => new(left._number + right._number),
        ({ } tensor, null) => new(tensor + right._number),
        (null, { } tensor) => new(left._number + tensor),
        ({ } one, { } other) => new(one + other),
    };

    public static Whole operator -(Whole left, Whole right) => (left._tensor, right._tensor) switch
    {
        (null, null) => new(left._number - right._number),
        ({ } tensor, null) => new(tensor - right._number),
        (null, { } tensor) => new(left._number - tensor),
        ({ } one, { } other) => new(one - other),
    };

    public static Whole operator *(Whole left, Whole right) => (left._tensor, right._tensor) switch
    {
        (null, null) => new(left._number * right._number),
        ({ } tensor, null) => new(tensor * right._number),
        (null, { } tensor) => new(left._number * tensor),
        ({ } one, { } other) => new(one * other),
    };

    public static Whole operator /(Whole left, Whole right) => (left._tensor, right._tensor) switch
    {
        (null, null) => new(left._number / right._number),
        ({ } tensor, null) => new(tensor / right._number),
        (null, { } tensor) => new(left._number / tensor),
        ({ } one, { } other) => new(one / other),
    };

    public static Whole Of(double value) => new(value);

    public static Whole Sqrt(Whole value) => value._tensor is { } tensor ? new(tensor.sqrt()) : new(Math.Sqrt(value._number));

    public static Whole Abs(Whole value) => value._tensor is { } tensor ? new(tensor.abs()) : new(Math.Abs(value._number));

    public static Whole Max(Whole left, Whole right) => (left._tensor, right._tensor) switch
    {
        (null, null) => new(Math.Max(left._number, right._number)),
        ({ } tensor, null) => new(tensor.clamp_min(right._number)),
        (null, { } tensor) => new(tensor.clamp_min(left._number)),
        ({ } one, { } other) => new(one.maximum(other)),
    };

    public static Whole Min(Whole left, Whole right) => (left._tensor, right._tensor) switch
    {
        (null, null) => new(Math.Min(left._number, right._number)),
        ({ } tensor, null) => new(tensor.clamp_max(right._number)),
        (null, { } tensor) => new(tensor.clamp_max(left._number)),
        ({ } one, { } other) => new(one.minimum(other)),
    };

    public static Whole BySign(Whole value, Whole negative, Whole zero, Whole positive)
    {
        var by = value.Like(null);
        var notNegative = where(by > 0, positive.Like(by), zero.Like(by));
        return new(where(by < 0, negative.Like(by), notNegative));
    }

    /// <summary>Writes the result of an update where it belongs.</summary>
    public void CopyTo(Tensor? into)
    {
        if (into is not null && _tensor is not null && !ReferenceEquals(into, _tensor))
            into.copy_(_tensor);
    }

    private Tensor Like(Tensor? other) => _tensor ?? (other is null ? tensor(_number) : full_like(other, _number));
}
