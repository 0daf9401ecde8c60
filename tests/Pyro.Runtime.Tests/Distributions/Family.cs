using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Distributions;

/// <summary>The forms of a family, such as by probabilities and by logits. A file of Families has one; the tests find it there.</summary>
internal interface IFamilyForms
{
    IReadOnlyList<Family> Forms { get; }
}

/// <summary>A form of a family, with what the tests need to hold it against its density, exact values and scipy.</summary>
/// <param name="Name">The class, and in parentheses what tells the form from the others.</param>
/// <param name="Example">A distribution of the form.</param>
internal sealed record Family(string Name, Func<Distribution> Example)
{
    /// <summary>A form over numbers, which the property tests try at random parameters.</summary>
    /// <param name="name">The class, and in parentheses what tells the form from the others.</param>
    /// <param name="make">The distribution at some parameters.</param>
    /// <param name="ranges">From where to where each parameter is drawn.</param>
    public Family(string name, Func<Tensor[], Distribution> make, params (double Low, double High)[] ranges)
        : this(name, () => make(Draw(ranges, new Random(1), []))) => (Make, Ranges) = (make, ranges);

    /// <summary>The distribution at some parameters.</summary>
    public Func<Tensor[], Distribution> Make { get; } = _ => throw new InvalidOperationException("Only forms over numbers are made at parameters.");

    /// <summary>From where to where each parameter is drawn; none for rows, and for what is made of other distributions.</summary>
    public IReadOnlyList<(double Low, double High)> Ranges { get; } = [];

    /// <summary>The distribution at all its parameters, where <see cref="Make"/> leaves some of them as they are.</summary>
    public Func<Tensor[], Distribution> Whole { get => field ?? Make; init; }

    /// <summary>Whether the form has a mean and a variance at all parameters of the ranges.</summary>
    public bool HasMoments { get; init; } = true;

    /// <summary>How far the sums over discrete values go.</summary>
    public int Largest { get; init; } = 2000;

    /// <summary>The distribution, by whether gradients flow through its samples; null for forms whose samples have none.</summary>
    public Func<bool, Distribution>? Reparameterized { get; init; }

    /// <summary>The static functions; null for a form that has none of its own.</summary>
    public StaticForm? Static { get; init; }

    /// <summary>Parameters at the edges of their domains, of all of which every combination is tried.</summary>
    public double[][] Edges { get; init; } = [];

    /// <summary>The distribution at edges, where they are not its parameters.</summary>
    public Func<Tensor[], Distribution> AtEdges { get => field ?? Whole; init; }

    /// <summary>The parameters of two members, between which <see cref="Kl.Divergence"/> has a closed form.</summary>
    public (double[] P, double[] Q)? Between { get; init; }

    /// <summary>The distribution by its parameters' names, as rows of scipy have them; null where there is no row.</summary>
    public Func<Func<string, Tensor>, Distribution>? ByName { get; init; }

    /// <summary>Rows of scipy that are not in Data/distributions.json, of the same form.</summary>
    public string ScipyRows { get; init; } = "[]";

    /// <summary>Rows of exact distribution functions and quantiles that are not in Data/cdf.json, of the same form.</summary>
    public string CdfRows { get; init; } = "[]";

    /// <summary>How the form is held against exact values; null where it is not.</summary>
    public AccurateFamily? Exact { get; init; }

    /// <summary>Random parameters of a shape.</summary>
    public Tensor[] Draw(Random random, params long[] shape) => Draw(Ranges, random, shape);

    public override string ToString() => Name;

    private static Tensor[] Draw(IReadOnlyList<(double Low, double High)> ranges, Random random, long[] shape)
    {
        var count = (int)shape.Aggregate(1L, (a, b) => a * b);
        return [.. ranges.Select(r => tensor(
            Enumerable.Range(0, count).Select(_ => r.Low + (r.High - r.Low) * random.NextDouble()).ToArray()).reshape(shape))];
    }
}

/// <summary>The static functions of a form, which agree with its object.</summary>
/// <param name="Parameters">The parameters: tensors, numbers or a mix.</param>
internal sealed record StaticForm(params TensorArg[] Parameters)
{
    public required Func<TensorArg[], Distribution> Make { get; init; }

    public required Func<Tensor, TensorArg[], Tensor> LogProb { get; init; }

    public required Func<Tensor, TensorArg[], Tensor> LogPdf { get; init; }

    public required Func<TensorArg[], Generator, Tensor> Sample { get; init; }
}

/// <summary>Numbers at and near the edges of domains.</summary>
internal static class Edge
{
    public static readonly double[] Real = [0, 1, -1e4, 1e4, -1e30, 1e30];
    public static readonly double[] Positive = [1, 1e-3, 1e-6, 1e6];
    public static readonly double[] Scale = [1, 1e-30, 1e-6, 1e6, 1e30];
    public static readonly double[] Unit = [0, 1, 0.5, 1e-30];
    public static readonly double[] Logits = [0, 30, -200, 1e4, -1e4];
    public static readonly double[] Count = [0, 1, 5];
}

/// <summary>Parameters that several forms are tried at.</summary>
internal static class Arguments
{
    public static Tensor One { get; } = tensor(1f, requires_grad: true);

    public static Tensor Three { get; } = tensor(3f, requires_grad: true);

    public static Tensor Ones { get; } = ones(2, requires_grad: true);

    public static Tensor Identity { get; } = eye(2).requires_grad_();

    public static Tensor Pair => Numeric.Double(0.4, 0.8);

    public static Tensor Ps => tensor(new[,] { { 0.2, 0.3, 0.5 }, { 0.1, 0.1, 0.8 } });

    public static Tensor Mean => Numeric.Double(0.2, -0.3, 1.5);

    public static Tensor Factor => tensor(new[,] { { 1.2, 0, 0 }, { 0.4, 0.7, 0 }, { -0.3, 0.2, 1.5 } });
}
