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
    private sealed class Items(Box kept, Tensor value) : IEnumerable<int>, IEnumerator<int>
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

        public void Dispose() => kept.Value = value;

        public IEnumerator<int> GetEnumerator() => this;

        IEnumerator IEnumerable.GetEnumerator() => this;
    }

    [Model]
    internal static void Model()
    {
        var kept = new Box();
        foreach (var i in new Items(kept, Sample("a", new Normal(0, 1))))
            Sample($"x_{i}", new Normal(kept.Value, 1));
        Sample("y", new Normal(kept.Value, 1));
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

    [Model]
    internal static void Model()
    {
        var kept = new Box();
        var number = new Number(kept, Sample("a", new Normal(0, 1)));
        var same = number;
        var found = number == same;
        Sample("equal", new Normal(kept.Value, found ? 1 : 2));
        kept.Value = zeros([]);
        same = -number;
        Sample("minus", new Normal(kept.Value, 1));
        kept.Value = zeros([]);
        var text = $"the number is {number}";
        Sample("text", new Normal(kept.Value, text.Length));
        kept.Value = zeros([]);
        text = "the number is " + number;
        Sample("sum", new Normal(kept.Value, text.Length));
        kept.Value = zeros([]);
        var cast = (float)number;
        Sample("cast", new Normal(kept.Value, cast));
        kept.Value = zeros([]);
        int converted = number;
        Sample("converted", new Normal(kept.Value, converted));
        kept.Value = zeros([]);
        Sample("argument", new Normal(Twice(number), 1));
        Sample("last", new Normal(kept.Value, 1));
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
        var kept = new Box();
        var shelf = new Shelf(kept);
        shelf.Top = Sample("a", new Normal(0, 1));
        Sample("set", new Normal(kept.Value, 1));
        kept.Value = zeros([]);
        shelf[1] = Sample("b", new Normal(0, 1));
        Sample("indexed", new Normal(kept.Value, 1));
        kept.Value = zeros([]);
        var full = new Shelf(kept) { Sample("c", new Normal(0, 1)) };
        Sample("added", new Normal(kept.Value, 1));
        full.Inside = Sample("d", new Normal(0, 1));
        kept.Value = zeros([]);
        var (one, two) = full;
        Sample("taken", new Normal(kept.Value, one + two));
        kept.Value = zeros([]);
        Sample("read", new Normal(full[1], 1));
        Sample("then", new Normal(kept.Value, 1));
    }
}
