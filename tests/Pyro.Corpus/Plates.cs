namespace Pyro.Corpus.Plates;

internal static partial class Vectorized
{
    public static readonly Tensor Args = tensor([0.1f, 0.2f, 0.3f]);

    [Model]
    internal static void Model(Tensor data)
    {
        var mu = Sample("mu", new Normal(0, 1));
        using (IArange("data", data.shape[0]))
            Observe("x", new Normal(mu, 1), data);
    }
}

internal static partial class UsingDeclaration
{
    public static readonly Tensor Args = tensor([0.1f, 0.2f, 0.3f]);

    [Model]
    internal static void Model(Tensor data)
    {
        var mu = Sample("mu", new Normal(0, 1));
        using var plate = IArange("data", data.shape[0]);
        var z = Sample("z", new Normal(mu, 1));
        Observe("x", new Normal(z, 1), data);
    }
}

internal static partial class Subsampled
{
    public static readonly Tensor Args = tensor([0.1f, 0.2f, 0.3f, 0.4f]);

    [Model]
    internal static void Model(Tensor data)
    {
        var mu = Sample("mu", new Normal(0, 1));
        using (var plate = IArange("data", data.shape[0], 2))
            Observe("x", new Normal(mu, 1), data.index_select(0, plate.Indices));
    }
}

internal static partial class WithoutSize
{
    public static readonly Tensor Args = tensor([0.1f, 0.2f, 0.3f]);

    [Model]
    internal static void Model(Tensor data)
    {
        var mu = Sample("mu", new Normal(0, 1));
        using (IArange("data"))
        {
            var z = Sample("z", new Normal(mu.expand(3), 1));
            var w = Sample("w", new Normal(0, 1));
            Observe("x", new Normal(z + w, 1), data);
        }
    }
}

internal static partial class NestedPlates
{
    [Model]
    internal static void Model()
    {
        var data = zeros(2, 3);
        using (IArange("rows", 2))
        {
            var row = Sample("row", new Normal(zeros(2), 1));
            using (IArange("columns", 3))
                Observe("x", new Normal(row.unsqueeze(-1), 1), data);
        }
    }
}

internal static partial class TwoPlates
{
    [Model]
    internal static Tensor Model()
    {
        Tensor a, b;
        using (IArange("first", 3))
            a = Sample("a", new Normal(0, 1));
        using (IArange("second", 2))
            b = Sample("b", new Normal(a.sum(), 1));
        return a.sum() + b.sum();
    }
}

internal static partial class SamePlateTwice
{
    [Model]
    internal static void Model()
    {
        Tensor a;
        using (IArange("data", 3))
            a = Sample("a", new Normal(0, 1));
        using (IArange("data", 3))
            Sample("b", new Normal(a, 1));
    }
}

internal static partial class Observed
{
    public static readonly Tensor Args = tensor([0.1f, 0.2f, 0.3f]);

    [Model]
    internal static void Model(Tensor data)
    {
        var mu = Sample("mu", new Normal(0, 1));
        var sigma = Sample("sigma", new LogNormal(0, 1));
        foreach (var i in IRange("data", (int)data.shape[0]))
            Observe($"x_{i}", new Normal(mu, sigma), data[i]);
    }
}

internal static partial class RangeWithLatents
{
    public static readonly Tensor Args = tensor([0.1f, 0.2f, 0.3f]);

    [Model]
    internal static void Model(Tensor data)
    {
        var mu = Sample("mu", new Normal(0, 1));
        foreach (var i in IRange("data", 3))
        {
            var z = Sample($"z_{i}", new Normal(mu, 1));
            Observe($"x_{i}", new Normal(z, 1), data[i]);
        }
    }
}

internal static partial class RangeSubsampled
{
    public static readonly Tensor Args = tensor([0.1f, 0.2f, 0.3f, 0.4f]);

    [Model]
    internal static void Model(Tensor data)
    {
        var mu = Sample("mu", new Normal(0, 1));
        foreach (var i in IRange("data", 4, 2))
            Observe($"x_{i}", new Normal(mu, 1), data[i]);
    }
}

internal static partial class RangeOfArray
{
    public static readonly float[] Args = [0.1f, 0.2f, 0.3f];

    [Model]
    internal static void Model(float[] data)
    {
        var mu = Sample("mu", new Normal(0, 1));
        foreach (var i in IRange("data", data.Length))
            Observe($"x_{i}", new Normal(mu, 1), tensor(data[i]));
    }
}

internal static partial class RangeInRange
{
    [Model]
    internal static void Model()
    {
        foreach (var i in IRange("rows", 2))
        {
            var row = Sample($"row_{i}", new Normal(0, 1));
            foreach (var j in IRange("columns", 2))
                Observe($"x_{i}_{j}", new Normal(row, 1), tensor(0.5f * i + j));
        }
    }
}

internal static partial class RangeAroundPlate
{
    [Model]
    internal static void Model()
    {
        foreach (var g in IRange("groups", 2))
        {
            var mu = Sample($"mu_{g}", new Normal(0, 1));
            using (IArange($"members_{g}", 3))
                Observe($"x_{g}", new Normal(mu, 1), zeros(3));
        }
    }
}

internal static partial class RangeWithBranch
{
    [Model]
    internal static void Model()
    {
        var p = Sample("p", new Beta(2, 2));
        foreach (var i in IRange("data", 3))
        {
            if (Sample($"kind_{i}", new Bernoulli(p)).item<float>() > 0)
                Observe($"x_{i}", new Normal(1, 1), tensor(0.5f));
            else
                Observe($"x_{i}", new Normal(-1, 1), tensor(0.5f));
        }
    }
}

internal static partial class PlateSizeByLatent
{
    [Model]
    internal static void Model()
    {
        var n = 1 + (int)Sample("n", new Binomial(3, 0.5)).item<float>();
        using (IArange("data", n))
            Sample("x", new Normal(zeros(n), 1));
    }
}

internal static partial class PlateInBranch
{
    public static readonly bool Args = true;

    [Model]
    internal static void Model(bool wide)
    {
        if (wide)
        {
            using (IArange("data", 3))
                Sample("x", new Normal(0, 1));
        }
        else
            Sample("y", new Normal(0, 1));
    }
}

internal static partial class LinearRegression
{
    public static readonly (Tensor X, Tensor Y) Args = (tensor(new float[,] { { 1, 2 }, { 3, 4 }, { 5, 6 } }), tensor([1f, 2f, 3f]));

    [Model]
    internal static void Model(Tensor x, Tensor y)
    {
        var weights = Sample("weights", new Normal(zeros(2), ones(2)));
        var bias = Sample("bias", new Normal(0, 10));
        var sigma = Sample("sigma", new HalfCauchy(0, 1));
        using (IArange("data", x.shape[0]))
            Observe("y", new Normal(x.matmul(weights) + bias, sigma), y);
    }
}

internal static partial class PartOfArray
{
    public static readonly float[] Args = [0.1f, 0.2f, 0.3f];

    [Model]
    internal static void Model(float[] data)
    {
        var mu = Sample("mu", new Normal(0, 1));
        foreach (var i in IRange("data", data.Length - 1))
            Observe($"x_{i}", new Normal(mu * data[i], 1), tensor(data[i]));
    }
}

internal static partial class NoRounds
{
    public static readonly (int Count, float[] Data, Tensor Means) Args = (0, null!, zeros(0));

    [Model]
    internal static void Model(int count, float[] data, Tensor means)
    {
        foreach (var i in IRange("data", count))
            Observe($"x_{i}", new Normal(means[0], 1), data[i]);
    }
}

internal static partial class TypedVariables
{
    public static readonly float[] Args = [0.1f, 0.2f, 0.3f];

    [Model]
    internal static void Model(float[] data)
    {
        var slope = Sample("slope", new Normal(0, 1));
        foreach (var i in IRange("data", data.Length))
        {
            float twice = data[i] * 2;
            Tensor x = data[i];
            _ = Sample($"noise_{i}", new Normal(slope * twice, 1));
            Observe($"x_{i}", new Normal(slope * twice, 1), x);
        }
    }
}

internal static partial class NumbersForOne
{
    public static readonly float[] Args = [0.1f, 0.2f, 0.3f];

    [Model]
    internal static void Model(float[] data)
    {
        foreach (var i in IRange("data", data.Length))
        {
            var z = Sample($"z_{i}", new Normal(0, 1));
            Observe($"x_{i}", new Normal(nn.functional.leaky_relu(z, data[i]), 1), data[i]);
        }
        foreach (var @in in IRange("more", data.Length))
        {
            var z = Sample($"w_{@in}", new Normal(0, 1));
            Observe($"y_{@in}", new Normal(z.clamp(data[@in], 1), 1), data[@in]);
        }
    }
}

internal static partial class SubsampledLatents
{
    public static readonly float[] Args = [0.1f, 0.2f, 0.3f, 0.4f, 0.5f];

    [Model]
    internal static void Model(float[] data)
    {
        var mu = Sample("mu", new Normal(0, 1));
        foreach (var i in IRange("data", data.Length, 2))
        {
            var z = Sample($"z_{i}", new Normal(mu, 1));
            Observe($"x_{i}", new Normal(z, data[i]), tensor(data[i]));
        }
    }
}
