using Points = System.Collections.Generic.List<(float X, float Y)>;
using N = Pyro.Distributions.Normal;
using P = Pyro.Primitives;

namespace Pyro.Corpus.Types
{
    internal partial class Instance(float scale)
    {
        internal static readonly Instance Object = new(2f);
        private readonly float _scale = scale;

        [Model]
        internal Tensor Model()
        {
            var x = Sample("x", new Normal(0, _scale));
            return Sample("y", new Normal(x, this._scale));
        }
    }

    internal partial record Record(float Loc, float Scale)
    {
        internal static readonly Record Object = new(1f, 2f);

        [Model]
        internal Tensor Model() => Sample("x", new Normal(Loc, Scale));
    }

    internal partial struct Struct
    {
        [Model]
        internal static Tensor Model() => Sample("x", new Normal(0, 1));
    }

    internal partial record struct RecordStruct(float Loc)
    {
        internal static readonly RecordStruct Object = new(3f);

        [Model]
        internal readonly Tensor Model() => Sample("x", new Normal(Loc, 1));
    }

    internal partial class Outer
    {
        private const float Deep = 1.5f;

        internal static partial class Middle
        {
            internal static partial class Inner
            {
                [Model]
                internal static Tensor Model() => Sample("x", new Normal(Deep, 1));
            }
        }
    }

    internal abstract class Base
    {
        protected virtual float Scale => 1f;

        protected Tensor Shift(Tensor value) => value + Scale;
    }

    internal partial class Derived : Base
    {
        internal static readonly Derived Object = new();

        protected override float Scale => 2f + base.Scale;

        [Model]
        internal Tensor Model()
        {
            var x = Sample("x", new Normal(0, Scale));
            return Sample("y", new Normal(Shift(x), 1));
        }
    }

    internal static partial class Overloads
    {
        public static readonly int Args = 2;

        [Model]
        internal static Tensor Model(int n) => Sample("x", new Normal(n, 1));

        [Model]
        internal static Tensor Model(string text) => Sample("y", new Normal(text.Length, 1));
    }

    internal static partial class Several
    {
        [Model]
        internal static Tensor Other() => Sample("x", new Normal(5, 1));

        [Model]
        internal static Tensor Model() => Sample("x", new Normal(0, 1));
    }

    internal static partial class Aliases
    {
        public static readonly Points Args = [(1f, 2f)];

        [Model]
        internal static Tensor Model(Points points)
        {
            var x = P.Sample("x", new N(points[0].X, 1));
            return Pyro.Primitives.Sample("y", new global::Pyro.Distributions.Normal(x, points[0].Y));
        }
    }

    internal static partial class Tuples
    {
        [Model]
        internal static Tensor Model()
        {
            var (a, b) = (Sample("a", new Normal(0, 1)), Sample("b", new Normal(0, 1)));
            (a, b) = (b, a);
            var pair = (First: a, Second: b);
            return Sample("c", new Normal(pair.First, 1)) + pair.Second;
        }
    }

    internal static partial class Records
    {
        private sealed record Point(Tensor X, Tensor Y);

        [Model]
        internal static Tensor Model()
        {
            var point = new Point(Sample("a", new Normal(0, 1)), Sample("b", new Normal(0, 1)));
            var moved = point with { X = point.X + 1 };
            var (x, y) = moved;
            return Sample("c", new Normal(x + y, 1));
        }
    }

    internal static partial class Ranges
    {
        public static readonly Tensor Args = arange(6, float32);

        [Model]
        internal static Tensor Model(Tensor data)
        {
            var numbers = new[] { 1f, 2f, 3f, 4f };
            var scale = Sample("scale", new LogNormal(0, 1));
            return Sample("x", new Normal(data[1..3].sum() + numbers[1..^1].Length, scale));
        }
    }

    internal static partial class Interpolation
    {
        [Model]
        internal static Tensor Model()
        {
            var text = $"{1.5:F1} of {"many",5}";
            return Sample("x", new Normal(text.Length, 1));
        }
    }

    internal static partial class Nullables
    {
        public static readonly (int? N, string? Text) Args = (null, null);

        [Model]
        internal static Tensor Model(int? n, string? text) => Sample("x", new Normal(n ?? 1, text?.Length ?? 1));
    }

    internal static partial class Keywords
    {
        public static readonly (int @class, int @event) Args = (1, 2);

        [Model]
        internal static Tensor Model(int @class, int @event)
        {
            var @new = Sample("new", new Normal(@class, 1));
            return Sample("x", new Normal(@new, @event));
        }
    }

    internal static partial class Usings
    {
        [Model]
        internal static Tensor Model()
        {
            var x = Sample("x", new Normal(0, 1));
            using (var scope = NewDisposeScope())
                x = (x * 2 + 1).MoveToOuterDisposeScope();
            using (var temporary = x * 2)
                x = temporary + 1;
            return Sample("y", new Normal(x, 1));
        }
    }

    internal static partial class NoGradient
    {
        [Model]
        internal static Tensor Model()
        {
            Tensor x;
            using (no_grad())
                x = Sample("x", new Normal(0, 1));
            return x;
        }
    }

    internal static partial class Shadowed
    {
        [Model]
        internal static Tensor Model()
        {
            {
                var x = Sample("a", new Normal(0, 1));
                Sample("b", new Normal(x, 1));
            }
            {
                var x = Sample("c", new Normal(0, 1));
                return Sample("d", new Normal(x, 1));
            }
        }
    }

    internal partial class FieldState
    {
        internal static readonly FieldState Object = new();
        private Tensor _last = zeros([]);

        [Model]
        internal Tensor Model()
        {
            _last = Sample("x", new Normal(0, 1));
            return Sample("y", new Normal(this._last, 1));
        }
    }

    internal static partial class Operators
    {
        internal readonly record struct Meters(Tensor Value)
        {
            public static Meters operator +(Meters left, Meters right) => new(left.Value + right.Value);

            public static implicit operator Tensor(Meters length) => length.Value;
        }

        [Model]
        internal static Tensor Model()
        {
            var a = new Meters(Sample("a", new Normal(0, 1)));
            var b = new Meters(Sample("b", new Normal(0, 1)));
            return Sample("c", new Normal((Tensor)(a + b), 1));
        }
    }
}

namespace Pyro.Corpus.Types.Deeper
{
    using System.Globalization;

    internal static partial class NestedNamespace
    {
        [Model]
        internal static Tensor Model() => Sample("x", new Normal(float.Parse("1.5", CultureInfo.InvariantCulture), 1));
    }
}
