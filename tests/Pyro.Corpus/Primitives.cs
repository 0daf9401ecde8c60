namespace Pyro.Corpus.PrimitiveCalls;

internal static partial class Factors
{
    [Model]
    internal static void Model()
    {
        var z = Sample("z", new Normal(0, 1));
        var other = Sample("other", new Normal(0, 1));
        Factor(name: "tilt", logDensity: -z.square());
        Observe("x", new Normal(other, 1), tensor(1f));
    }
}

internal static partial class Deterministics
{
    [Model]
    internal static void Model()
    {
        var z = Sample("z", new Normal(0, 1));
        var twice = Deterministic("twice", 2 * z);
        Observe("x", new Normal(twice, 1), tensor(1f));
    }
}

internal static partial class MappedTensor
{
    public static readonly Tensor Args = tensor([0.1f, 0.2f, 0.3f]);

    [Model]
    internal static void Model(Tensor data)
    {
        var mu = Sample("mu", new Normal(0, 1));
        MapData("data", data, (_, batch) => Observe("x", new Normal(mu, 1), batch));
    }
}

internal static partial class MappedList
{
    public static readonly float[] Args = [0.1f, 0.2f, 0.3f];

    [Model]
    internal static void Model(float[] data)
    {
        var mu = Sample("mu", new Normal(0, 1));
        MapData("data", data, (i, x) =>
        {
            var z = Sample($"z_{i}", new Normal(mu, 1));
            Observe($"x_{i}", new Normal(z, 1), tensor(x));
        });
    }
}

internal static partial class OptionalValue
{
    public static readonly (float[] Known, int Count) Args = ([1f], 3);

    [Model]
    internal static void Model(float[] known, int count)
    {
        var mu = Sample("mu", new Normal(0, 1), new SiteOptions { Enumerate = Enumerate.No });
        for (var i = 0; i < count; i++)
            mu = Sample($"x_{i}", new Normal(mu, 1), obs: i < known.Length ? tensor(known[i]) : null);
    }
}

internal static partial class Weights
{
    public static readonly Tensor Args = tensor([0.1f, 0.2f, 0.3f]);

    [Model]
    internal static void Model(Tensor data)
    {
        var temperature = Sample("temperature", new Gamma(2, 2));
        var mu = Sample("mu", new Normal(0, 1));
        var unrelated = Sample("unrelated", new Normal(0, 1));
        using (Scale(0.3f))
            Observe("tempered", new Normal(mu, 1), data.sum());
        using (Scale(temperature))
            Observe("annealed", new Normal(0, 1), data.sum());
        using (IArange("data", data.shape[0]))
        using (Mask(data.gt(mu)))
            Observe("x", new Normal(0, 1), data);
        using var rest = Mask(tensor(0.5f));
        Observe("last", new Normal(unrelated, 1), data.sum());
    }
}
