using System.Globalization;
using System.Runtime.InteropServices;

namespace Pyro.Corpus.Language;

internal static partial class StaticLocalFunction
{
    [Model]
    internal static Tensor Model()
    {
        var a = Draw("a", zeros([]));
        return Observe("y", new Normal(a * 2, 1), tensor(0.5f));

        static Tensor Draw(string name, Tensor mean) => Sample("only", new Normal(mean + name.Length, 1));
    }
}

internal static partial class StaticLambda
{
    [Model]
    internal static Tensor Model()
    {
        Func<Tensor, Tensor> next = static mean => Sample("b", new Normal(mean, 1));
        return next(Sample("a", new Normal(0, 1)));
    }
}

internal static partial class LocalIterator
{
    [Model]
    internal static Tensor Model()
    {
        var sum = zeros([]);
        foreach (var x in Draws())
            sum += x;
        return Observe("y", new Normal(sum, 1), tensor(0.5f));

        IEnumerable<Tensor> Draws()
        {
            yield return Sample("first", new Normal(0, 1));
            yield return Sample("second", new Normal(1, 1));
        }
    }
}

internal static partial class AnonymousMethod
{
    [Model]
    internal static Tensor Model()
    {
        Func<float, Tensor> draw = delegate(float mean) { return Sample("a", new Normal(mean, 1)); };
        return Sample("b", new Normal(draw(2), 1));
    }
}

internal static partial class RecursiveLambda
{
    [Model]
    internal static Tensor Model()
    {
        Func<int, Tensor> power = null!;
        var x = Sample("x", new Normal(0, 1));
        power = n => n == 0 ? ones([]) : x * power(n - 1);
        return Observe("y", new Normal(power(3), 1), tensor(0.5f));
    }
}

internal static partial class MultipleTargets
{
    [Model]
    internal static Tensor Model()
    {
        Action fire = () => { };
        Tensor sum = zeros([]);
        fire += () => sum += Sample("a", new Normal(0, 1));
        fire += () => sum += Sample("b", new Normal(sum, 1));
        fire();
        return Sample("c", new Normal(sum, 1));
    }
}

internal static partial class PrimitiveAsDelegate
{
    [Model(Dynamic = true)]
    internal static Tensor Model()
    {
        Func<string, Distribution, Tensor> draw = (name, distribution) => Sample(name, distribution);
        var a = draw("a", new Normal(0, 1));
        return draw("b", new Normal(a, 1));
    }
}

internal static partial class SiteInCondition
{
    [Model]
    internal static Tensor Model()
    {
        if (Sample("coin", new Bernoulli(0.5)).item<float>() > 0)
            return Sample("heads", new Normal(1, 1));
        return Sample("tails", new Normal(-1, 1));
    }
}

internal static partial class SiteInWhileCondition
{
    [Model(Dynamic = true)]
    internal static int Model()
    {
        var n = 0;
        while (n < 3 && Sample("go_" + n.ToString(CultureInfo.InvariantCulture), new Bernoulli(0.7)).item<float>() > 0)
            n++;
        return n;
    }
}

internal static partial class SiteInForHeader
{
    [Model]
    internal static void Model()
    {
        for (int i = 0, n = Sample("n", new Binomial(3, 0.5f)).to_type(ScalarType.Int32).item<int>(); i < n; i++)
            Sample($"x_{i}", new Normal(n, 1));
    }
}

internal static partial class SiteInSwitch
{
    [Model]
    internal static Tensor Model()
    {
        switch (Sample("kind", new Categorical(tensor([0.2f, 0.3f, 0.5f]))).to_type(ScalarType.Int64).item<long>())
        {
            case 0:
                return Sample("a", new Normal(0, 1));
            case 1:
                goto default;
            case 2 when Sample("more", new Bernoulli(0.5)).item<float>() > 0:
                return Sample("b", new Normal(1, 1));
            default:
                return Sample("c", new Normal(2, 1));
        }
    }
}

internal static partial class SiteInFilter
{
    [Model]
    internal static Tensor Model()
    {
        var x = Sample("x", new Normal(0, 1));
        try
        {
            if (x.item<float>() > 0)
                throw new InvalidOperationException();
            return x;
        }
        catch (InvalidOperationException) when (Sample("caught", new Bernoulli(0.5)).item<float>() > 0)
        {
            return Sample("y", new Normal(x, 1));
        }
        catch (InvalidOperationException)
        {
            return Sample("z", new Normal(x, 2));
        }
    }
}

internal static partial class SiteInThrow
{
    [Model]
    internal static Tensor Model()
    {
        try
        {
            return Sample("a", new Normal(0, 1)).item<float>() > 0 ? zeros([]) : throw new ArgumentException(Sample("b", new Normal(0, 1)).ToString());
        }
        catch (ArgumentException)
        {
            return Sample("c", new Normal(0, 1));
        }
    }
}

internal static partial class SitesInInitializers
{
    private sealed class Pair
    {
        public required Tensor First { get; init; }

        public Tensor Second { get; set; } = zeros([]);

        public List<Tensor> Rest { get; } = [];
    }

    [Model]
    internal static Tensor Model()
    {
        var pair = new Pair { First = Sample("a", new Normal(0, 1)), Second = Sample("b", new Normal(0, 1)), Rest = { Sample("c", new Normal(0, 1)) } };
        Tensor[] array = [pair.First, Sample("d", new Normal(pair.Second, 1))];
        var map = new Dictionary<string, Tensor> { ["e"] = Sample("e", new Normal(pair.Rest[0], 1)) };
        Tensor[] all = [.. array, map["e"]];
        return Observe("y", new Normal(stack(all).sum(), 1), tensor(0.5f));
    }
}

internal static partial class Anonymous
{
    [Model]
    internal static Tensor Model()
    {
        var both = new { A = Sample("a", new Normal(0, 1)), B = Sample("b", new Normal(0, 1)) };
        var changed = both with { A = Sample("c", new Normal(both.A, 1)) };
        return Observe("y", new Normal(changed.A + changed.B, 1), tensor(0.5f));
    }
}

internal static partial class SiteInInterpolation
{
    [Model]
    internal static string Model() => $"drawn {Sample("x", new Normal(0, 1)).item<float>():F3} and {Sample("y", new Normal(0, 1)).item<float>(),8}";
}

internal static partial class SiteAsIndex
{
    private static readonly float[] means = [-1, 0, 1];

    [Model]
    internal static Tensor Model() =>
        Sample("x", new Normal(means[Sample("k", new Categorical(ones(3) / 3)).to_type(ScalarType.Int32).item<int>()], 1));
}

internal static partial class SwapAndNest
{
    [Model]
    internal static Tensor Model()
    {
        var (a, (b, c)) = (Sample("a", new Normal(0, 1)), (Sample("b", new Normal(0, 1)), Sample("c", new Normal(0, 1))));
        (a, b) = (b, a);
        (_, var d) = Halves(c);
        Observe("x", new Normal(a, 1), tensor(0.5f));
        return Observe("y", new Normal(b + d, 1), tensor(0.5f));
    }

    private static (Tensor Low, Tensor High) Halves(Tensor of) => (of / 2, of * 2);
}

internal static partial class RefLocals
{
    [Model]
    internal static Tensor Model()
    {
        var values = new float[2];
        ref var second = ref values[1];
        second = Sample("a", new Normal(0, 1)).item<float>();
        values[0] = 1;
        return Sample("b", new Normal(values[1], 1));
    }
}

internal static partial class Spans
{
    [Model]
    internal static Tensor Model()
    {
        Span<float> values = stackalloc float[3];
        for (var i = 0; i < values.Length; i++)
            values[i] = Sample($"a_{i}", new Normal(0, 1)).item<float>();
        var sum = 0f;
        foreach (ref readonly var value in values[1..])
            sum += value;
        return Sample("b", new Normal(sum, 1));
    }
}

internal static partial class ListPatterns
{
    internal static readonly float[] Args = [1, 2, 3];

    [Model]
    internal static Tensor Model(float[] data) => data switch
    {
        [] => Sample("none", new Normal(0, 1)),
        [var only] => Sample("one", new Normal(only, 1)),
        [var first, .., var last] when last > first => Sample("rising", new Normal(last - first, 1)),
        [_, .. { Length: > 3 } rest] => Sample("long", new Normal(rest.Length, 1)),
        _ => Sample("other", new Normal(0, 1)),
    };
}

internal static partial class PropertyPatterns
{
    private sealed record Item(Tensor Mean, int Count);

    [Model]
    internal static Tensor Model()
    {
        object item = new Item(Sample("mean", new Normal(0, 1)), 2);
        return item is Item { Count: > 1 and not 7, Mean: var mean } ? Sample("x", new Normal(mean, 1)) : Sample("y", new Normal(0, 1));
    }
}

internal static partial class CoalescingAssignment
{
    [Model]
    internal static Tensor Model()
    {
        Tensor? cached = null;
        Tensor Cached() => cached ??= Sample("once", new Normal(0, 1));
        return Observe("y", new Normal(Cached() + Cached(), 1), tensor(0.5f));
    }
}

internal static partial class OutArguments
{
    [Model]
    internal static Tensor Model()
    {
        Draw(out var a, out _);
        return Sample("c", new Normal(a, 1));

        void Draw(out Tensor first, out Tensor second)
        {
            first = Sample("a", new Normal(0, 1));
            second = Sample("b", new Normal(first, 1));
        }
    }
}

internal static partial class OptionalPieces
{
    [Model]
    internal static Tensor Part(float mean = 1, float scale = 2, string? note = null) => Sample("part", new Normal(mean + (note?.Length ?? 0), scale));

    [Model]
    internal static Tensor Model() => Sample("x", new Normal(Part(scale: 1, mean: 3), 1));
}

internal static partial class ExtensionModel
{
    [Model]
    internal static Tensor Around(this Tensor mean, float scale = 1) => Sample("around", new Normal(mean, scale));

    [Model]
    internal static Tensor Model() => Sample("x", new Normal(Sample("mu", new Normal(0, 1)).Around(2), 1));
}

internal partial class Overridden
{
    internal static readonly Overridden Object = new Special();

    [Model]
    internal virtual Tensor Prior() => Sample("base", new Normal(0, 1));

    [Model]
    internal Tensor Model() => Sample("x", new Normal(Prior(), 1));

    private sealed class Special : Overridden
    {
        internal override Tensor Prior() => Primitives.Sample("special", new Normal(5, 1));
    }
}

internal partial class ConditionalCall
{
    internal static readonly ConditionalCall Object = new();

    private readonly ConditionalCall? _next;

    private ConditionalCall() => _next = this;

    [Model]
    internal Tensor Prior() => Sample("prior", new Normal(0, 1));

    [Model]
    internal Tensor Model() => Sample("x", new Normal(_next?.Prior() ?? zeros([]), 1));
}

internal static partial class PropertyWithSite
{
    private static Tensor Location => Sample("location", new Normal(0, 1));

    [Model]
    internal static Tensor Model() => Sample("x", new Normal(Location, 1));
}

internal static partial class QueryWithSites
{
    [Model(Dynamic = true)]
    internal static Tensor Model()
    {
        var draws = (from i in Enumerable.Range(0, 3) select Sample("x_" + i, new Normal(i, 1))).ToList();
        return Observe("y", new Normal(draws[0] + draws[2], 1), tensor(0.5f));
    }
}

internal static partial class SelectWithSites
{
    [Model(Dynamic = true)]
    internal static Tensor Model()
    {
        var draws = Enumerable.Range(0, 3).Select(i => Sample($"x_{i}", new Normal(i, 1))).ToArray();
        return Observe("y", new Normal(stack(draws).sum(), 1), tensor(0.5f));
    }
}

internal static partial class FormattedNames
{
    private const string Prefix = "z";

    [Model]
    internal static void Model()
    {
        for (var i = 0; i < 2; i++)
        {
            Sample($"{Prefix}_{i}", new Normal(0, 1));
            Sample($"{nameof(Model)}{i + 10}", new Normal(0, 1));
            Sample($"{{{i}}}", new Normal(0, 1));
        }
    }
}

internal static partial class ChainedComparison
{
    [Model]
    internal static Tensor Model()
    {
        var a = Sample("a", new Normal(0, 1)).item<float>();
        var b = Sample("b", new Normal(0, 1)).item<float>();
        return a > 0 ? b > 0 ? Sample("both", new Normal(0, 1)) : Sample("first", new Normal(b, 1)) : Sample("none", new Normal(a, 1));
    }
}

internal static partial class LabelledLoops
{
    [Model]
    internal static Tensor Model()
    {
        var sum = zeros([]);
        for (var i = 0; i < 3; i++)
        {
            for (var j = 0; j < 3; j++)
            {
                var x = Sample($"x_{i}_{j}", new Normal(0, 1));
                if (x.item<float>() > 1)
                    goto done;
                if (x.item<float>() < -1)
                    continue;
                sum += x;
            }
        }
    done:
        return Observe("y", new Normal(sum, 1), tensor(0.5f));
    }
}

internal static partial class Structs
{
    private struct Counter
    {
        public Tensor Total;

        public void Add(Tensor value) => Total += value;
    }

    [Model]
    internal static Tensor Model()
    {
        var counter = new Counter { Total = zeros([]) };
        var copy = counter;
        counter.Add(Sample("a", new Normal(0, 1)));
        copy.Add(Sample("b", new Normal(0, 1)));
        return Observe("y", new Normal(counter.Total, 1), tensor(0.5f));
    }
}

internal static partial class SpanOfList
{
    [Model]
    internal static Tensor Model()
    {
        var list = new List<float> { 0, 0 };
        CollectionsMarshal.AsSpan(list)[0] = Sample("a", new Normal(0, 1)).item<float>();
        return Sample("b", new Normal(list[0], 1));
    }
}

internal static partial class Events
{
    private sealed class Bell
    {
        public event Action<Tensor>? Rung;

        public void Ring(Tensor how) => Rung?.Invoke(how);
    }

    [Model]
    internal static Tensor Model()
    {
        var heard = zeros([]);
        var bell = new Bell();
        bell.Rung += how => heard = how;
        bell.Ring(Sample("a", new Normal(0, 1)));
        return Sample("b", new Normal(heard, 1));
    }
}

internal static partial class UsingWithSite
{
    [Model]
    internal static Tensor Model()
    {
        using (no_grad())
            return Sample("a", new Normal(0, 1));
    }
}

internal static partial class CheckedArithmetic
{
    [Model]
    internal static Tensor Model()
    {
        var k = Sample("k", new Poisson(3)).to_type(ScalarType.Int32).item<int>();
        checked
        {
            k *= 2;
            k++;
        }
        return Sample("x", new Normal(-k, unchecked(k + 1)));
    }
}

internal static partial class DefaultInterface
{
    internal interface IPrior
    {
        Tensor Draw() => Sample("drawn", new Normal(0, 1));
    }

    private sealed class Plain : IPrior;

    internal static readonly IPrior Args = new Plain();

    [Model]
    internal static Tensor Model(IPrior prior) => Sample("x", new Normal(prior.Draw(), 1));
}

internal static partial class GenericHelper
{
    private static T Pick<T>(bool first, T one, T other) => first ? one : other;

    [Model]
    internal static Tensor Model()
    {
        var coin = Sample("coin", new Bernoulli(0.5));
        return Sample("x", new Normal(Pick(coin.item<float>() > 0, Sample("a", new Normal(0, 1)), Sample("b", new Normal(5, 1))), 1));
    }
}

internal static partial class GenericLocalFunction
{
    [Model]
    internal static Tensor Model()
    {
        var x = Same(Sample("x", new Normal(0, 1)));
        return Sample("y", new Normal(Same(x), Same(1f)));

        static T Same<T>(T value) => value;
    }
}

internal static partial class MutualRecursion
{
    [Model]
    internal static Tensor Model()
    {
        return Sample("y", new Normal(Even(4, Sample("x", new Normal(0, 1))), 1));

        Tensor Even(int n, Tensor of) => n == 0 ? of : Odd(n - 1, of + 1);
        Tensor Odd(int n, Tensor of) => n == 0 ? -of : Even(n - 1, of * 2);
    }
}

internal static partial class ReservedNames
{
    internal static readonly (int, float, string) Args = (2, 1.5f, "ab");

    [Model]
    internal static void Model(int Rest, float Item1, string ToString) => Sample("x", new Normal(Rest + Item1, ToString.Length));
}

internal static partial class LazyQuery
{
    [Model]
    internal static Tensor Model()
    {
        var mean = 0f;
        var means = Enumerable.Range(0, 2).Select(i => mean + i);
        mean = Sample("a", new Normal(0, 1)).item<float>();
        var sum = 0f;
        foreach (var each in means)
        {
            sum += each;
            mean = Sample("b", new Normal(sum, 1)).item<float>();
            break;
        }
        return Sample("c", new Normal(means.Last(), 1));
    }
}

internal static partial class LazyIterator
{
    [Model]
    internal static Tensor Model()
    {
        var next = Sample("a", new Normal(0, 1));
        var mean = zeros([]);
        var sum = zeros([]);
        foreach (var value in Values())
        {
            sum = sum + value;
            mean = next;
        }
        return Sample("c", new Normal(sum, 1));

        IEnumerable<Tensor> Values()
        {
            yield return ones([]);
            yield return mean;
        }
    }
}

internal static partial class LazyValue
{
    [Model]
    internal static Tensor Model()
    {
        var mean = zeros([]);
        var lazy = new Lazy<Tensor>(() => Sample("lazy", new Normal(mean, 1)));
        mean = Sample("a", new Normal(3, 1));
        return Sample("c", new Normal(lazy.Value + lazy.Value, 1));
    }
}

internal static partial class SpanOfArray
{
    [Model]
    internal static Tensor Model()
    {
        var array = new float[3];
        Span<float> span = array;
        span[1] = Sample("a", new Normal(0, 1)).item<float>();
        foreach (ref var value in span[1..2])
            value *= 2;
        return Sample("c", new Normal(array[1], 1));
    }
}

internal static partial class RefReturn
{
    [Model]
    internal static Tensor Model()
    {
        var values = new float[2];
        Slot(1) = Sample("a", new Normal(0, 1)).item<float>();
        return Sample("b", new Normal(values[1], 1));

        ref float Slot(int at) => ref values[at];
    }
}

internal static partial class RefToLatent
{
    [Model]
    internal static Tensor Model()
    {
        var x = zeros([]);
        ref var same = ref x;
        x = Sample("a", new Normal(0, 1));
        return Sample("b", new Normal(same, 1));
    }
}

internal static partial class RefParameters
{
    private delegate void Change(ref float value, float by);

    [Model]
    internal static Tensor Model()
    {
        var x = 0f;
        var y = 0f;
        Change change = (ref float value, float by) => value += by;
        change(ref x, Sample("a", new Normal(0, 1)).item<float>());
        Twice(ref y);
        return Sample("c", new Normal(x + y, 1));

        void Twice(ref float value)
        {
            value = Sample("b", new Normal(x, 1)).item<float>();
            value *= 2;
        }
    }
}

internal static partial class Pointers
{
    [Model]
    internal static unsafe Tensor Model()
    {
        var x = 0f;
        float* p = &x;
        *p = Sample("a", new Normal(0, 1)).item<float>();
        return Sample("b", new Normal(x, 1));
    }
}
