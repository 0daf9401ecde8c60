using System.Collections;
using Pyro.Corpus.State;

namespace Pyro.Corpus.Implicit;

/// <summary>The end of a using statement runs Dispose.</summary>
internal static partial class Disposed
{
    private sealed class Keeper(Box kept, Tensor value) : IDisposable
    {
        public void Dispose() => kept.Value = value;
    }

    [Model]
    internal static void Model()
    {
        var kept = new Box();
        using (new Keeper(kept, Sample("a", new Normal(0, 1))))
            Sample("before", new Normal(kept.Value, 1));
        Sample("after", new Normal(kept.Value, 1));
        kept.Value = zeros([]);
        {
            using var keeper = new Keeper(kept, Sample("b", new Normal(0, 1)));
            Sample("inside", new Normal(kept.Value, 1));
        }
        Sample("behind", new Normal(kept.Value, 1));
    }
}

/// <summary>A foreach statement runs the members of an enumerator.</summary>
internal static partial class Enumerated
{
    private sealed class Items(Box kept, Tensor value, Box left, Tensor last) : IEnumerable<int>, IEnumerator<int>
    {
        private int _at;

        public int Current
        {
            get
            {
                kept.Value = value * _at;
                return _at;
            }
        }

        object IEnumerator.Current => Current;

        public bool MoveNext() => _at++ < 2;

        public void Reset() => _at = 0;

        public void Dispose() => left.Value = last;

        public IEnumerator<int> GetEnumerator() => this;

        IEnumerator IEnumerable.GetEnumerator() => this;
    }

    [Model]
    internal static void Model()
    {
        var (kept, left) = (new Box(), new Box());
        var last = Sample("last", new Normal(0, 1));
        foreach (var i in new Items(kept, Sample("a", new Normal(0, 1)), left, last))
            Sample($"x_{i}", new Normal(kept.Value, 1));
        Sample("y", new Normal(left.Value, 1));
    }
}

/// <summary>Operators, conversions and texts run methods.</summary>
internal static partial class Operators
{
#pragma warning disable CA1815, CA2225, CS0660, CS0661
    private readonly struct Number(Box kept, Tensor value)
    {
        public Tensor Value => value;

        public static bool operator ==(Number left, Number right) => left.Keep(right.Value);

        public static bool operator !=(Number left, Number right) => !(left == right);

        public static Number operator -(Number of) => of.Keep(of.Value) ? of : default;

        public static explicit operator float(Number of) => of.Keep(of.Value) ? 1f : 2f;

        public static implicit operator int(Number of) => of.Keep(of.Value) ? 1 : 2;

        public override string ToString() => Keep(value) ? "" : "-";

        private bool Keep(Tensor other)
        {
            kept.Value = other;
            return true;
        }
    }
#pragma warning restore CA1815, CA2225, CS0660, CS0661

    // A box for each, as what is kept in one stays there.
    [Model]
    internal static void Model()
    {
        var a = Sample("a", new Normal(0, 1));
        var (equal, same) = (new Box(), new Box());
        var (one, other) = (new Number(equal, a), new Number(same, a));
        var found = one == other;
        Sample("equal", new Normal(equal.Value, found ? 1 : 2));

        var negated = new Box();
        var minus = -new Number(negated, a);
        Sample("minus", new Normal(negated.Value, minus.Value.dim() + 1));

        var (written, added) = (new Box(), new Box());
        var number = new Number(written, a);
        var text = $"the number is {number}";
        Sample("text", new Normal(written.Value, text.Length));
        var second = new Number(added, a);
        text = "the number is " + second;
        Sample("sum", new Normal(added.Value, text.Length));

        var (cast, converted, passed) = (new Box(), new Box(), new Box());
        var third = new Number(cast, a);
        Sample("cast", new Normal(0, (float)third));
        Sample("kept", new Normal(cast.Value, 1));
        var fourth = new Number(converted, a);
        int whole = fourth;
        Sample("converted", new Normal(converted.Value, whole));
        var fifth = new Number(passed, a);
        Sample("argument", new Normal(Twice(fifth), 1));
        Sample("passed", new Normal(passed.Value, 1));
    }

    private static int Twice(int number) => 2 * number;
}

/// <summary>Indexers, setters, deconstruction and the elements of an initializer run methods.</summary>
internal static partial class Members
{
    private sealed class Shelf(Box kept) : IEnumerable
    {
        public Tensor Top
        {
            get => zeros([]);
            set => kept.Value = value;
        }

        public Tensor Inside { get; set; } = zeros([]);

        public Tensor this[int index]
        {
            get
            {
                kept.Value = Inside * index;
                return zeros([]);
            }
            set => kept.Value = value * index;
        }

        public void Add(Tensor value) => kept.Value = value;

        public void Deconstruct(out int one, out int two)
        {
            (one, two) = (1, 2);
            kept.Value = Inside;
        }

        IEnumerator IEnumerable.GetEnumerator() => new[] { Top }.GetEnumerator();
    }

    [Model]
    internal static void Model()
    {
        var (set, indexed, added, taken, read) = (new Box(), new Box(), new Box(), new Box(), new Box());
        var first = new Shelf(set);
        first.Top = Sample("a", new Normal(0, 1));
        Sample("set", new Normal(set.Value, 1));
        var second = new Shelf(indexed);
        second[1] = Sample("b", new Normal(0, 1));
        Sample("indexed", new Normal(indexed.Value, 1));
        var third = new Shelf(added) { Sample("c", new Normal(0, 1)) };
        Sample("added", new Normal(added.Value + third.Inside, 1));
        var fourth = new Shelf(taken) { Inside = Sample("d", new Normal(0, 1)) };
        var (one, two) = fourth;
        Sample("taken", new Normal(taken.Value, one + two));
        var fifth = new Shelf(read) { Inside = Sample("e", new Normal(0, 1)) };
        Sample("element", new Normal(fifth[1], 1));
        Sample("read", new Normal(read.Value, 1));
    }
}
