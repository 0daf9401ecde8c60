namespace Pyro.Corpus.Names;

internal static partial class GeneratedNames
{
    public static readonly (Tensor Data, int __context) Args = (tensor([0.1f, 0.2f]), 2);

    [Model]
    internal static void Model(Tensor data, int __context)
    {
        var __each1 = 0.5f;
        Func<float, Tensor> draw = __context_2 => Sample("mu", new Normal(__context_2, __context));
        var mu = draw(1);
        foreach (var i in IRange("data", 2))
            Observe($"x_{i}", new Normal(mu, __each1), data[i]);
    }
}

internal static partial class Letters
{
    public static readonly Tensor Args = tensor([0.1f, 0.2f]);

    [Model]
    internal static void Model(Tensor données)
    {
        var μ = Sample("μ", new Normal(0, 1));
        var \u03c3 = Sample("\u03c3²", new LogNormal(0, 1));
        foreach (var ι in IRange("données", 2))
            Observe($"χ_{ι}", new Normal(μ, σ), données[ι]);
        Sample("日本", new Normal(μ, 1));
        Sample("🎲", new Normal(μ, 1));
    }
}

internal static partial class Marks
{
    [Model]
    internal static void Model()
    {
        Sample("a\nb\r\n*/ </summary>\t\"q\"\\", new Normal(0, 1));
        Sample(@"C:\dir ""x""", new Normal(0, 1));
        Sample("{0} & {", new Normal(0, 1));
        for (var i = 0; i < 2; i++)
            Sample($"<{{0}}>_{i}", new Normal(0, 1));
    }
}

internal static partial class CountedByWhile
{
    [Model]
    internal static Tensor Model()
    {
        var t = 0;
        var z = zeros([]);
        while (t < 4)
        {
            z = Sample($"z_{t}", new Normal(z, 1));
            if (Sample($"stop_{t}", new Bernoulli(0.3)).item<float>() > 0)
                break;
            t++;
        }
        return Observe("x", new Normal(z, 1 + t), tensor(1f));
    }
}

internal static partial class NumberedByParameter
{
    [Model]
    internal static Tensor Step(Tensor z, int t) => Sample($"z_{t}", new Normal(z, 1));

    [Model]
    internal static Tensor Model()
    {
        var z = zeros([]);
        for (var t = 0; t < 3; t++)
        {
            z = Step(z, t);
            Observe($"x_{t}", new Normal(z, 1), tensor(1f));
        }
        return z;
    }
}

internal static partial class NumberedRecursion
{
    [Model]
    internal static Tensor Walk(Tensor z, int left) => left == 0 ? z : Walk(Sample($"z_{left}", new Normal(z, 1)), left - 1);

    [Model]
    internal static Tensor Model() => Observe("x", new Normal(Walk(zeros([]), 3), 1), tensor(1f));
}

internal static partial class IndexedPairs
{
    public static readonly float[] Args = [1f, 2f];

    [Model]
    internal static void Model(float[] data)
    {
        var mu = Sample("mu", new Normal(0, 1));
        foreach (var (i, x) in data.Index())
            Observe($"x_{i}", new Normal(mu, 1), tensor(x));
    }
}

internal static partial class ShiftedIndices
{
    private const int First = 1;

    private static class Other
    {
        public const int Step = 2;
    }

    [Model]
    internal static void Model()
    {
        for (var i = 0; i < 2; i++)
            Sample($"x_{i + First}_{Other.Step * i}_{First}", new Normal(0, 1));
    }
}

internal static partial class TwoCounters
{
    [Model]
    internal static void Model()
    {
        for (int i = 0, j = 3; i < j; i++, j--)
        {
            var z = Sample($"z_{i}", new Normal(0, 1));
            Sample($"x_{j}_{i}", new Normal(z, 1));
        }
    }
}

internal static partial class SiteInIncrementor
{
    [Model]
    internal static void Model()
    {
        var z = zeros([]);
        for (var i = 0; i < 2; i++, Sample($"x_{i}", new Normal(z, 1)))
            z = Sample($"z_{i}", new Normal(0, 1));
    }
}

internal static partial class ManyIndices
{
    [Model]
    internal static void Model()
    {
        for (var i = 0; i < 2; i++)
            for (var j = 0; j < 2; j++)
                for (var k = 0; k < 2; k++)
                    for (var l = 0; l < 2; l++)
                    {
                        var z = Sample($"z_{i}_{j}_{k}_{l}", new Normal(0, 1));
                        Observe($"x_{i}_{j}_{k}_{l}", new Normal(z, 1), tensor(1f));
                    }
    }
}

internal static partial class CallerNames
{
    private static int Length([System.Runtime.CompilerServices.CallerMemberName] string caller = "") => caller.Length;

    private static int Length(Tensor value, int more = 1, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(value))] string text = "") => text.Length + more;

    [Model]
    internal static Tensor Model() => Sample("x", new Normal(Length(), Length(Sample("y", new Normal(0, 1)))));
}
