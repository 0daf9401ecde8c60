using System.Numerics;
using static TorchSharp.torch;

namespace Pyro.Optim;

/// <summary>Runs an update over all elements of a parameter.</summary>
internal static class Update
{
    /// <summary>In one pass over numbers in host memory. What the optimizer keeps is as long as the parameter, or empty where the rule has no use for it.</summary>
    public static void Run<TRule, T>(TRule rule, Span<T> parameter, ReadOnlySpan<T> gradient, Span<T> first, Span<T> second, Span<T> third)
        where TRule : struct, IUpdate
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var width = Vector<T>.Count;
        var at = 0;
        for (; at <= parameter.Length - width; at += width)
            Lanes(rule, parameter[at..], gradient[at..], From(first, at), From(second, at), From(third, at));
        if (at == parameter.Length)
            return;

        // The last few, or the only one: in a register with empty lanes.
        var left = parameter.Length - at;
        Span<T> room = stackalloc T[5 * width];
        room.Clear();
        var p = room[..width];
        var g = room.Slice(width, width);
        var a = Room(room, 2, first);
        var b = Room(room, 3, second);
        var c = Room(room, 4, third);
        parameter[at..].CopyTo(p);
        gradient[at..].CopyTo(g);
        From(first, at).CopyTo(a);
        From(second, at).CopyTo(b);
        From(third, at).CopyTo(c);
        Lanes(rule, p, g, a, b, c);
        p[..left].CopyTo(parameter[at..]);
        Back(a, first, at);
        Back(b, second, at);
        Back(c, third, at);
    }

    /// <summary>With tensor operations, for what lies elsewhere or in another order. Gradients must not be recorded meanwhile.</summary>
    public static void Run<TRule>(TRule rule, Tensor parameter, Tensor gradient, Tensor? first, Tensor? second, Tensor? third)
        where TRule : struct, IUpdate
    {
        using var scope = NewDisposeScope();
        var p = new Whole(parameter);
        var (a, b, c) = (Of(first), Of(second), Of(third));
        rule.Apply(ref p, new Whole(gradient), ref a, ref b, ref c);
        p.CopyTo(parameter);
        a.CopyTo(first);
        b.CopyTo(second);
        c.CopyTo(third);
    }

    private static Whole Of(Tensor? tensor) => tensor is null ? Whole.Of(0) : new Whole(tensor);

    private static void Lanes<TRule, T>(TRule rule, Span<T> parameter, ReadOnlySpan<T> gradient, Span<T> first, Span<T> second, Span<T> third)
        where TRule : struct, IUpdate
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var p = new Lanes<T>(new Vector<T>(parameter));
        var a = Load(first);
        var b = Load(second);
        var c = Load(third);
        rule.Apply(ref p, new Lanes<T>(new Vector<T>(gradient)), ref a, ref b, ref c);
        p.Values.CopyTo(parameter);
        Store(a, first);
        Store(b, second);
        Store(c, third);
    }

    private static Lanes<T> Load<T>(ReadOnlySpan<T> kept)
        where T : unmanaged, IFloatingPointIeee754<T> => kept.IsEmpty ? default : new Lanes<T>(new Vector<T>(kept));

    private static void Store<T>(Lanes<T> values, Span<T> kept)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!kept.IsEmpty)
            values.Values.CopyTo(kept);
    }

    private static Span<T> From<T>(Span<T> kept, int at) => kept.IsEmpty ? kept : kept[at..];

    private static Span<T> Room<T>(Span<T> room, int place, Span<T> kept)
        where T : unmanaged => kept.IsEmpty ? [] : room.Slice(place * Vector<T>.Count, Vector<T>.Count);

    private static void Back<T>(Span<T> values, Span<T> kept, int at)
    {
        if (!kept.IsEmpty)
            values[..(kept.Length - at)].CopyTo(kept[at..]);
    }
}
