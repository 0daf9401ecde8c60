namespace Pyro.Corpus.Functions;

internal static partial class CalledModel
{
    [Model]
    internal static Tensor Location(float scale) => Sample("mu", new Normal(0, scale));

    [Model]
    internal static Tensor Model()
    {
        var mu = Location(2f);
        return Observe("x", new Normal(mu, 1), tensor(0.5f));
    }
}

internal static partial class CalledModelWithLatentArgument
{
    [Model]
    internal static Tensor Around(Tensor center)
    {
        var spread = Sample("spread", new LogNormal(0, 1));
        return Sample("value", new Normal(center, spread));
    }

    [Model]
    internal static Tensor Model()
    {
        var center = Sample("center", new Normal(0, 1));
        return Sample("x", new Normal(Around(center), 1));
    }
}

internal static partial class CalledModelInBranch
{
    [Model]
    internal static Tensor Extra() => Sample("extra", new Normal(0, 1));

    [Model]
    internal static Tensor Model()
    {
        var coin = Sample("coin", new Bernoulli(0.5));
        return coin.item<float>() > 0 ? Extra() : coin;
    }
}

internal static partial class Recursion
{
    [Model(Dynamic = true)]
    internal static Tensor Walk(int n) => n == 0 ? zeros([]) : Walk(n - 1) + Sample("step_" + n, new Normal(0, 1));

    [Model(Dynamic = true)]
    internal static Tensor Model() => Sample("end", new Normal(Walk(3), 1));
}

internal static partial class LocalFunction
{
    [Model]
    internal static Tensor Model()
    {
        var x = Sample("x", new Normal(0, 1));
        return Sample("y", new Normal(Twice(x), 1));

        static Tensor Twice(Tensor value) => value * 2;
    }
}

internal static partial class LocalFunctionThatCaptures
{
    [Model]
    internal static Tensor Model()
    {
        var x = Sample("x", new Normal(0, 1));
        var y = Sample("y", new Normal(0, 1));
        return Sample("z", new Normal(Shifted(1), 1)) + y;

        Tensor Shifted(float by) => x + by;
    }
}

internal static partial class LocalFunctionThatSamples
{
    [Model]
    internal static Tensor Model()
    {
        var mu = Sample("mu", new Normal(0, 1));
        return Draw(mu + 1);

        Tensor Draw(Tensor center) => Sample("x", new Normal(center, 1));
    }
}

internal static partial class LocalFunctionThatAssigns
{
    [Model]
    internal static Tensor Model()
    {
        var center = zeros([]);
        void Set(Tensor value) => center = value;
        Set(Sample("mu", new Normal(0, 1)));
        return Sample("x", new Normal(center, 1));
    }
}

internal static partial class Lambda
{
    [Model]
    internal static Tensor Model()
    {
        var x = Sample("x", new Normal(0, 1));
        Func<Tensor, Tensor> scale = value => value * x;
        return Sample("y", new Normal(scale(ones([])), 1));
    }
}

internal static partial class LambdaThatSamples
{
    [Model]
    internal static Tensor Model()
    {
        Func<Tensor, Tensor> noisy = center => Sample("noise", new Normal(center, 1));
        var mu = Sample("mu", new Normal(0, 1));
        return noisy(mu);
    }
}

internal static partial class LambdaThatAssigns
{
    [Model]
    internal static Tensor Model()
    {
        var kept = zeros([]);
        Action<Tensor> keep = value => kept = value;
        keep(Sample("x", new Normal(0, 1)));
        return Sample("y", new Normal(kept, 1));
    }
}

internal static partial class CapturedLater
{
    [Model]
    internal static Tensor Model()
    {
        var x = zeros([]);
        Func<Tensor> current = () => x;
        x = Sample("x", new Normal(0, 1));
        return Sample("y", new Normal(current(), 1));
    }
}

internal static partial class Linq
{
    public static readonly float[] Args = [1f, 2f, 3f];

    [Model]
    internal static Tensor Model(float[] data)
    {
        var slope = Sample("slope", new Normal(0, 1)).item<float>();
        var mean = data.Select(value => value * slope).Where(value => value > -10).Sum();
        return Sample("x", new Normal(mean, 1));
    }
}

internal static partial class QuerySyntax
{
    public static readonly float[] Args = [1f, 2f, 3f];

    [Model]
    internal static Tensor Model(float[] data)
    {
        var slope = Sample("slope", new Normal(0, 1)).item<float>();
        var scaled = from value in data where value > 1 select value * slope;
        return Sample("x", new Normal(scaled.Sum(), 1));
    }
}

internal static class Extensions
{
    internal static Tensor Centered(this Tensor value, Tensor by) => value - by;
}

internal static partial class ExtensionMethod
{
    [Model]
    internal static Tensor Model()
    {
        var x = Sample("x", new Normal(0, 1));
        var y = Sample("y", new Normal(0, 1));
        return Sample("z", new Normal(x.Centered(y), 1));
    }
}

internal static partial class PrivateHelper
{
    [Model]
    internal static Tensor Model()
    {
        var x = Sample("x", new Normal(0, 1));
        return Sample("y", new Normal(Link(x, 2), 1));
    }

    private static Tensor Link(Tensor value, int power) => value.pow(power);
}

internal static partial class OutAndRef
{
    [Model]
    internal static Tensor Model()
    {
        var x = Sample("x", new Normal(0, 1));
        Split(x, out var half, out _);
        Grow(ref half);
        return Sample("y", new Normal(half, 1));
    }

    private static void Split(Tensor value, out Tensor half, out Tensor rest) => (half, rest) = (value / 2, value / 2);

    private static void Grow(ref Tensor value) => value = value * 3;
}

internal static partial class OptionalArguments
{
    public static readonly (int N, float Scale) Args = (3, 2f);

    [Model]
    internal static Tensor Model(int n, float scale = 1.5f)
    {
        var x = Sample("x", new Normal(n, scale));
        return Sample("y", new Normal(Shift(by: 2, value: x), 1));
    }

    private static Tensor Shift(Tensor value, float by = 1, float times = 1) => value * times + by;
}

internal static partial class MutatedByHelper
{
    [Model]
    internal static Tensor Model()
    {
        var store = new List<Tensor>();
        Fill(store, Sample("x", new Normal(0, 1)));
        return Sample("y", new Normal(store[0], 1));
    }

    private static void Fill(List<Tensor> store, Tensor value) => store.Add(value);
}

internal static partial class Aliased
{
    [Model]
    internal static Tensor Model()
    {
        var one = new List<Tensor> { zeros([]) };
        var other = one;
        other[0] = Sample("x", new Normal(0, 1));
        return Sample("y", new Normal(one[0], 1));
    }
}

internal static partial class AliasedThroughObject
{
    private sealed class Box
    {
        public Tensor Value { get; set; } = zeros([]);
    }

    [Model]
    internal static Tensor Model()
    {
        var box = new Box();
        var boxes = new[] { box, new Box() };
        box.Value = Sample("x", new Normal(0, 1));
        return Sample("y", new Normal(boxes[0].Value, 1));
    }
}

internal static partial class InPlace
{
    [Model]
    internal static Tensor Model()
    {
        var sum = zeros([]);
        var same = sum;
        sum.add_(Sample("x", new Normal(0, 1)));
        return Sample("y", new Normal(same, 1));
    }
}

internal static partial class InPlaceThroughView
{
    [Model]
    internal static Tensor Model()
    {
        var all = zeros(2);
        var first = all[0];
        first.copy_(Sample("x", new Normal(0, 1)));
        return Sample("y", new Normal(all.sum(), 1));
    }
}

internal static partial class PlainHelperWithSites
{
    [Model(Dynamic = true)]
    internal static Tensor Model()
    {
        var mu = Sample("mu", new Normal(0, 1));
        return Draw(mu);
    }

#pragma warning disable PYRO071 // Its sites are those of whoever calls it.
    private static Tensor Draw(Tensor mu) => Sample("x", new Normal(mu, 1));
#pragma warning restore PYRO071
}

internal static partial class DynamicNames
{
    public static readonly string[] Args = ["anna", "bert"];

    [Model(Dynamic = true)]
    internal static void Model(string[] names)
    {
        var mu = Sample("mu", new Normal(0, 1));
        foreach (var name in names)
            Sample(name, new Normal(mu, 1));
    }
}

internal static partial class Generic<T>
{
    public static readonly T? Args = default;

    [Model]
    internal static Tensor Model(T? what) => Sample("x", new Normal(what is null ? 0 : 1, 1));

    internal sealed class Closed;
}
