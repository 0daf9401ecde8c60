namespace Pyro.Corpus.Models;

internal static partial class CoinFlip
{
    public static readonly Tensor Args = tensor([1f, 1f, 0f]);

    [Model]
    internal static void Model(Tensor flips)
    {
        var fairness = Sample("fairness", new Beta(10f, 10f));
        using (IArange("flips", flips.shape[0]))
            Observe("obs", new Bernoulli(fairness), flips);
    }
}

internal static partial class EightSchools
{
    public static readonly (Tensor Effects, Tensor Errors) Args = (tensor([28f, 8f, -3f]), tensor([15f, 10f, 16f]));

    [Model]
    internal static void Model(Tensor effects, Tensor errors)
    {
        var mu = Sample("mu", new Normal(0, 5));
        var tau = Sample("tau", new HalfCauchy(0, 5));
        using (IArange("schools", effects.shape[0]))
        {
            var eta = Sample("eta", new Normal(0, 1));
            Observe("y", new Normal(mu + tau * eta, errors), effects);
        }
    }
}

internal static partial class HiddenMarkov
{
    public static readonly float[] Args = [0.1f, 0.9f, 1.1f];

    [Model]
    internal static void Model(float[] data)
    {
        var stay = Sample("stay", new Beta(8, 2));
        var state = 0f;
        for (var t = 0; t < data.Length; t++)
        {
            var p = state > 0 ? stay : 1 - stay;
            state = Sample($"state_{t}", new Bernoulli(p)).item<float>();
            Observe($"x_{t}", new Normal(state, 0.5), tensor(data[t]));
        }
    }
}

internal static partial class Sprinkler
{
    [Model]
    internal static void Model()
    {
        var rain = Sample("rain", new Bernoulli(0.2));
        var sprinkler = Sample("sprinkler", new Bernoulli(rain.item<float>() > 0 ? 0.01 : 0.4));
        var wet = (rain.item<float>() > 0, sprinkler.item<float>() > 0) switch
        {
            (true, true) => 0.99,
            (true, false) => 0.8,
            (false, true) => 0.9,
            _ => 0.0001,
        };
        Observe("wet", new Bernoulli(wet), tensor(1f));
    }
}

internal static partial class GaussianMixture
{
    public static readonly Tensor Args = tensor([-1f, 0.1f, 1.2f]);

    [Model]
    internal static void Model(Tensor data)
    {
        var weights = Sample("weights", new Dirichlet(ones(2)));
        var locs = stack([Sample("loc_0", new Normal(-1, 1)), Sample("loc_1", new Normal(1, 1))]);
        var scale = Sample("scale", new LogNormal(0, 1));
        foreach (var i in IRange("data", (int)data.shape[0]))
        {
            var k = (int)Sample($"k_{i}", new Bernoulli(weights[1])).item<float>();
            Observe($"x_{i}", new Normal(locs[k], scale), data[i]);
        }
    }
}

internal static partial class LogisticRegression
{
    public static readonly (Tensor X, Tensor Y) Args = (tensor(new float[,] { { 1, 2 }, { -3, 4 } }), tensor([1f, 0f]));

    [Model]
    internal static void Model(Tensor x, Tensor y)
    {
        var weights = Sample("weights", new Normal(zeros(2), ones(2)));
        using (IArange("data", x.shape[0]))
            Observe("y", new Bernoulli(logits: x.matmul(weights)), y);
    }
}

internal static partial class RandomWalk
{
    [Model]
    internal static Tensor Model()
    {
        var speed = Sample("speed", new LogNormal(0, 0.5));
        var position = zeros([]);
        var path = new List<Tensor>();
        for (var t = 0; t < 4; t++)
        {
            position = Sample($"position_{t}", new Normal(position, speed));
            path.Add(position);
        }
        Observe("end", new Normal(path[^1], 0.1), tensor(2f));
        return stack([.. path]);
    }
}

internal static partial class ChangePoint
{
    public static readonly float[] Args = [1f, 2f, 8f, 9f];

    [Model]
    internal static void Model(float[] counts)
    {
        var early = Sample("early", new Exponential(1));
        var late = Sample("late", new Exponential(1));
        var when = (int)Sample("when", new Binomial(counts.Length, 0.5)).item<float>();
        foreach (var day in IRange("days", counts.Length))
            Observe($"count_{day}", new Poisson(day < when ? early : late), tensor(counts[day]));
    }
}

internal static partial class Election
{
    public static readonly (Tensor Votes, Tensor Polled) Args = (tensor([40f, 55f]), tensor([100f, 100f]));

    [Model]
    internal static void Model(Tensor votes, Tensor polled)
    {
        var national = Sample("national", new Normal(0, 0.5));
        var spread = Sample("spread", new HalfNormal(0.5));
        using (IArange("states", votes.shape[0]))
        {
            var state = Sample("state", new Normal(national, spread));
            Observe("votes", new Binomial(polled, state.sigmoid()), votes);
        }
    }
}

internal static partial class Tree
{
    [Model]
    internal static Tensor Model()
    {
        var root = Sample("root", new Normal(0, 1));
        var left = Sample("left", new Normal(root, 1));
        var right = Sample("right", new Normal(root, 1));
        var leaves = Sample("left_left", new Normal(left, 1)) + Sample("left_right", new Normal(left, 1))
            + Sample("right_left", new Normal(right, 1)) + Sample("right_right", new Normal(right, 1));
        return leaves;
    }
}
