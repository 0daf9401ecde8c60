namespace Pyro.Corpus.Loops;

internal static partial class For
{
    [Model]
    internal static void Model()
    {
        for (var i = 0; i < 3; i++)
            Sample($"x_{i}", new Normal(i, 1));
    }
}

internal static partial class Markov
{
    [Model]
    internal static void Model()
    {
        var z = Sample("z", new Normal(0, 1));
        for (var t = 0; t < 4; t++)
        {
            z = Sample($"z_{t}", new Normal(z, 1));
            Observe($"x_{t}", new Normal(z, 1), tensor(0.5f * t));
        }
    }
}

internal static partial class SecondOrder
{
    [Model]
    internal static void Model()
    {
        var older = Sample("a", new Normal(0, 1));
        var old = Sample("b", new Normal(0, 1));
        for (var t = 0; t < 3; t++)
        {
            var now = Sample($"z_{t}", new Normal(old - older, 1));
            (older, old) = (old, now);
        }
    }
}

internal static partial class NestedLoops
{
    [Model]
    internal static Tensor Model()
    {
        var total = zeros([]);
        for (var i = 0; i < 2; i++)
        {
            var row = Sample($"row_{i}", new Normal(0, 1));
            for (var j = 0; j < 2; j++)
                total += Sample($"cell_{i}_{j}", new Normal(row, 1));
        }
        return Sample("total", new Normal(total, 1));
    }
}

internal static partial class While
{
    [Model]
    internal static Tensor Model()
    {
        var i = 0;
        var x = zeros([]);
        while (i < 3)
        {
            x = x + 1;
            i++;
        }
        return Sample("x", new Normal(x, 1));
    }
}

internal static partial class DoWhile
{
    [Model]
    internal static Tensor Model()
    {
        var x = Sample("x", new Normal(0, 1));
        var rounds = 0;
        do
        {
            x = x * 2;
            rounds++;
        }
        while (rounds < 3 && x.item<float>() < 100);
        return Sample("y", new Normal(x, 1));
    }
}

internal static partial class Geometric
{
    [Model(Dynamic = true)]
    internal static int Model()
    {
        for (var t = 0; t < 6; t++)
            if (Sample($"flip_{t}", new Bernoulli(0.5)).item<float>() > 0)
                return t;
        return 6;
    }
}

internal static partial class Break
{
    [Model]
    internal static void Model()
    {
        for (var t = 0; t < 6; t++)
        {
            if (Sample($"flip_{t}", new Bernoulli(0.5)).item<float>() > 0)
                break;
            Sample($"x_{t}", new Normal(0, 1));
        }
        Sample("after", new Normal(0, 1));
    }
}

internal static partial class Continue
{
    [Model]
    internal static Tensor Model()
    {
        var sum = zeros([]);
        for (var t = 0; t < 4; t++)
        {
            if (Sample($"flip_{t}", new Bernoulli(0.5)).item<float>() > 0)
                continue;
            sum = sum + Sample($"x_{t}", new Normal(0, 1));
        }
        return Sample("after", new Normal(sum, 1));
    }
}

internal static partial class CountedByBreak
{
    [Model]
    internal static Tensor Model()
    {
        var count = 0;
        for (var t = 0; t < 6; t++)
        {
            if (Sample($"flip_{t}", new Bernoulli(0.5)).item<float>() > 0)
                break;
            count++;
        }
        return Sample("after", new Normal(count, 1));
    }
}

internal static partial class ForEachArray
{
    public static readonly float[] Args = [1f, 2f, 3f];

    [Model]
    internal static Tensor Model(float[] data)
    {
        var mu = Sample("mu", new Normal(0, 1));
        foreach (var item in data)
            mu = mu + item;
        return Sample("x", new Normal(mu, 1));
    }
}

internal static partial class ForEachTuple
{
    public static readonly List<(float X, float Y)> Args = [(1f, 2f), (3f, 4f)];

    [Model]
    internal static Tensor Model(List<(float X, float Y)> data)
    {
        var slope = Sample("slope", new Normal(0, 1));
        var error = zeros([]);
        foreach (var (x, y) in data)
            error = error + (slope * x - y).pow(2);
        return Observe("error", new Normal(error, 1), tensor(0f));
    }
}

internal static partial class IndexArithmetic
{
    [Model]
    internal static void Model()
    {
        for (var i = 0; i < 2; i++)
            for (long j = 0; j < 2; j++)
                Sample($"x_{i + 1}_{2 * j}", new Normal(0, 1));
    }
}

internal static partial class Backwards
{
    [Model]
    internal static void Model()
    {
        var next = zeros([]);
        for (var t = 3; t >= 0; t--)
            next = Sample($"x_{t}", new Normal(next, 1));
    }
}

internal static partial class LoopBoundByLatent
{
    [Model]
    internal static Tensor Model()
    {
        var n = Sample("n", new Binomial(4, 0.5));
        var sum = zeros([]);
        for (var i = 0; i < (int)n.item<float>(); i++)
            sum = sum + Sample($"x_{i}", new Normal(0, 1));
        return Sample("sum", new Normal(sum, 1));
    }
}

internal static partial class ArrayOfLatents
{
    [Model]
    internal static Tensor Model()
    {
        var xs = new Tensor[3];
        for (var i = 0; i < xs.Length; i++)
            xs[i] = Sample($"x_{i}", new Normal(0, 1));
        return Sample("y", new Normal(xs[0] + xs[^1], 1));
    }
}

internal static partial class ListOfLatents
{
    [Model]
    internal static Tensor Model()
    {
        var xs = new List<Tensor>();
        for (var i = 0; i < 3; i++)
            xs.Add(Sample($"x_{i}", new Normal(0, 1)));
        return Sample("y", new Normal(stack([.. xs]).sum(), 1));
    }
}

internal static partial class DictionaryOfLatents
{
    [Model]
    internal static Tensor Model()
    {
        var known = new Dictionary<string, Tensor> { ["a"] = Sample("a", new Normal(0, 1)) };
        known["b"] = Sample("b", new Normal(0, 1));
        return Sample("y", new Normal(known["a"], 1));
    }
}

internal static partial class ForwardBackward
{
    [Model]
    internal static void Model()
    {
        var states = new Tensor[3];
        var last = zeros([]);
        for (var t = 0; t < 3; t++)
            states[t] = last = Sample($"z_{t}", new Normal(last, 1));
        for (var t = 2; t >= 0; t--)
            Observe($"x_{t}", new Normal(states[t], 1), tensor(1f));
    }
}

internal static partial class Mixture
{
    [Model]
    internal static void Model()
    {
        var centers = new[] { Sample("left", new Normal(-1, 1)), Sample("right", new Normal(1, 1)) };
        for (var i = 0; i < 3; i++)
        {
            var k = (int)Sample($"k_{i}", new Bernoulli(0.5)).item<float>();
            Observe($"x_{i}", new Normal(centers[k], 1), tensor(0.3f * i));
        }
    }
}
