namespace Pyro.Corpus.State;

internal sealed class Box
{
    public Tensor Value { get; set; } = zeros([]);

    public Box? Next { get; set; }
}

internal static partial class ChangedByHelper
{
    private static void Shift(Tensor value, Tensor by) => value.add_(by);

    [Model]
    internal static Tensor Model()
    {
        var x = zeros(2);
        var view = x.view(2);
        Shift(view, Sample("a", new Normal(0, 1)));
        return Sample("b", new Normal(x[0], 1));
    }
}

internal static partial class ChangedByInitializer
{
    [Model]
    internal static Tensor Model()
    {
        var x = zeros(2);
        var view = x.view(2);
        nn.init.constant_(view, Sample("a", new Normal(0, 1)).item<float>());
        return Sample("b", new Normal(x[1], 1));
    }
}

internal static partial class OneOfTwo
{
    internal static readonly bool Args = true;

    [Model]
    internal static Tensor Model(bool left)
    {
        var one = new List<Tensor>();
        var other = new List<Tensor>();
        (left ? one : other).Add(Sample("a", new Normal(0, 1)));
        List<Tensor>? none = null;
        (none ?? other).Add(Sample("b", new Normal(0, 1)));
        object same = one;
        (same as List<Tensor>)!.Add(Sample("c", new Normal(0, 1)));
        Observe("x", new Normal(one[0] + one[1], 1), tensor(1f));
        return Observe("y", new Normal(other[0], 1), tensor(1f));
    }
}

internal static partial class MatchedObject
{
    [Model]
    internal static Tensor Model()
    {
        object any = new Box { Next = new() };
        if (any is Box { Next: { } inner })
            inner.Value = Sample("a", new Normal(0, 1));
        switch (any)
        {
            case Box box:
                box.Value = Sample("b", new Normal(0, 1));
                break;
        }
        return Sample("c", new Normal(((Box)any).Value + ((Box)any).Next!.Value, 1));
    }
}

internal static partial class FoundObject
{
    [Model]
    internal static Tensor Model()
    {
        var boxes = new Dictionary<string, Box>();
        var mine = new Box();
        boxes.Add("mine", mine);
        if (boxes.TryGetValue("mine", out var found))
            found.Value = Sample("a", new Normal(0, 1));
        return Sample("b", new Normal(mine.Value, 1));
    }
}

internal static partial class LinkedObjects
{
    private static void Link(Box one, Box other) => one.Next = other;

    [Model]
    internal static Tensor Model()
    {
        var one = new Box();
        var other = new Box();
        Link(one, other);
        one.Next!.Value = Sample("a", new Normal(0, 1));
        return Sample("b", new Normal(other.Value, 1));
    }
}

internal static partial class GivenToDelegates
{
    [Model]
    internal static Tensor Model()
    {
        var box = new Box();
        Action<Box>? fill = given => given.Value = Sample("a", new Normal(0, 1));
        fill(box);
        Func<Box> same = () => box;
        Box Again() => same();
        same().Next = new Box { Value = Sample("b", new Normal(0, 1)) };
        return Sample("c", new Normal(box.Value + Again().Next!.Value, 1));
    }
}

internal static partial class DelegatesInList
{
    [Model]
    internal static Tensor Model()
    {
        var last = zeros([]);
        var steps = new List<Action<Tensor>> { value => last = value };
        var a = Sample("a", new Normal(0, 1));
        foreach (var step in steps)
            step(a);
        return Sample("b", new Normal(last, 1));
    }
}

internal static partial class MethodsAsValues
{
    private sealed class Sum
    {
        public Tensor Total { get; private set; } = zeros([]);

        public void Add(Tensor value) => Total += value;
    }

    [Model]
    internal static Tensor Model()
    {
        var sum = new Sum();
        Action<Tensor> add = sum.Add;
        add(Sample("a", new Normal(0, 1)));
        new List<Tensor> { Sample("b", new Normal(0, 1)) }.ForEach(sum.Add);
        return Sample("c", new Normal(sum.Total, 1));
    }
}

internal static partial class WrittenConstructor
{
    private sealed class Entry
    {
        public Entry(List<Tensor> list, Tensor value) => list.Add(value);
    }

    [Model]
    internal static Tensor Model()
    {
        var list = new List<Tensor>();
        _ = new Entry(list, Sample("a", new Normal(0, 1)));
        return Sample("b", new Normal(list[0], 1));
    }
}

internal static partial class OperatorThatChanges
{
    private sealed class Sum
    {
        public Tensor Total { get; private set; } = zeros([]);

        public static Sum operator +(Sum sum, Tensor value)
        {
            sum.Total += value;
            return sum;
        }
    }

    [Model]
    internal static Tensor Model()
    {
        var sum = new Sum();
        var same = sum;
        sum += Sample("a", new Normal(0, 1));
        return Sample("b", new Normal(same.Total, 1));
    }
}

internal partial class PropertyAsList
{
    internal static readonly PropertyAsList Object = new();

    private List<Tensor> Kept { get; } = [];

    [Model]
    internal Tensor Model()
    {
        var kept = Kept;
        kept.Clear();
        kept.Add(Sample("a", new Normal(0, 1)));
        return Sample("b", new Normal(Kept[0], 1));
    }
}

internal partial class CapturedByConstructor(Tensor last)
{
    internal static readonly CapturedByConstructor Object = new(zeros([]));

    private void Keep(Tensor value) => last = value;

    [Model]
    internal Tensor Model()
    {
        Keep(Sample("a", new Normal(0, 1)));
        return Sample("b", new Normal(last, 1));
    }
}

internal static partial class References
{
    internal static readonly bool Args = true;

    [Model]
    internal static Tensor Model(bool left)
    {
        var x = 0f;
        var y = 0f;
        (left ? ref x : ref y) = Sample("a", new Normal(0, 1)).item<float>();
        ref var either = ref x;
        either = ref y;
        either = Sample("b", new Normal(0, 1)).item<float>();
        return Sample("c", new Normal(x + y, 1));
    }
}

internal static partial class ArrayAsArray
{
    [Model]
    internal static Tensor Model()
    {
        var numbers = new[] { 1f, 2f };
        Array same = numbers;
        same.SetValue(Sample("a", new Normal(0, 1)).item<float>(), 0);
        return Sample("b", new Normal(numbers[0], 1));
    }
}

internal static partial class ReturnThroughFinally
{
    [Model]
    internal static Tensor Model()
    {
        var x = zeros([]);
        try
        {
            x = Sample("a", new Normal(0, 1));
            return Sample("b", new Normal(x, 1));
        }
        finally
        {
            Sample("c", new Normal(x, 1));
        }
    }
}

internal static partial class ThrownByHelper
{
    private static void Check(float x)
    {
        if (x > 0)
            throw new InvalidOperationException();
    }

    [Model]
    internal static Tensor Model()
    {
        var x = 0f;
        var count = 0;
        try
        {
            x = Sample("a", new Normal(0, 1)).item<float>();
            Check(x);
            x = 0;
            Sample("b", new Normal(0, 1));
            count++;
        }
        catch (InvalidOperationException)
        {
        }
        Sample("c", new Normal(count, 1));
        return Sample("d", new Normal(x, 1));
    }
}
