namespace Pyro.Corpus.StraightLine;

internal static partial class Prior
{
    [Model]
    internal static void Model() => Sample("x", new Normal(0, 1));
}

internal static partial class Result
{
    [Model]
    internal static Tensor Model() => Sample("x", new Normal(0, 1)) * 2 + 1;
}

internal static partial class Chain
{
    [Model]
    internal static Tensor Model()
    {
        var a = Sample("a", new Normal(0, 1));
        var b = Sample("b", new Normal(a, 1));
        var c = Sample("c", new Normal(b * 2, exp(a)));
        return a + b + c;
    }
}

internal static partial class Overwritten
{
    [Model]
    internal static Tensor Model()
    {
        var x = Sample("a", new Normal(0, 1));
        x = Sample("b", new Normal(x, 1));
        x = Sample("c", new Normal(x, 1));
        return Sample("d", new Normal(x, 1));
    }
}

internal static partial class Fork
{
    [Model]
    internal static void Model()
    {
        var a = Sample("a", new Normal(0, 1));
        Sample("b", new Normal(a, 1));
        Sample("c", new Normal(a, 1));
    }
}

internal static partial class Collider
{
    [Model]
    internal static void Model()
    {
        var a = Sample("a", new Normal(0, 1));
        var b = Sample("b", new Normal(0, 1));
        Observe("c", new Normal(a + b, 1), tensor(1.5f));
    }
}

internal static partial class Nested
{
    [Model]
    internal static Tensor Model() => Sample("x", new Normal(Sample("mu", new Normal(0, 1)), Sample("sigma", new LogNormal(0, 1))));
}

internal static partial class EvaluationOrder
{
    [Model]
    internal static Tensor Model()
    {
        var i = 0;
        var first = Sample("a", new Normal(i++, 1));
        return first + i + Sample("b", new Normal(i++, 1)) * i + Sample("c", new Normal(i, 1));
    }
}

internal static partial class CompoundAssignment
{
    [Model]
    internal static Tensor Model()
    {
        var total = Sample("a", new Normal(0, 1));
        total += Sample("b", new Normal(0, 1));
        total *= 2;
        return Sample("c", new Normal(total, 1));
    }
}

internal static partial class NamedArguments
{
    [Model, System.Diagnostics.CodeAnalysis.SuppressMessage("Pyro.Params", "PYRO060", Justification = "It is about the names of arguments.")]
    internal static void Model()
    {
        Sample(distribution: new Normal(0, 1), name: "x");
        Observe(value: tensor(1f), name: "y", distribution: new Normal(sigma: 2, mu: 1));
    }
}

internal static partial class ConstantNames
{
    private const string Prefix = "latent";
    private const string Name = Prefix + "_x";

    [Model]
    internal static void Model()
    {
        Sample(Name, new Normal(0, 1));
        Sample($"{Prefix}_y", new Normal(0, 1));
        Sample(nameof(Model), new Normal(0, 1));
    }
}

internal static partial class OddNames
{
    [Model]
    internal static void Model()
    {
        Sample("größe", new Normal(0, 1));
        Sample("a b/c", new Normal(0, 1));
        Sample("{braces}", new Normal(0, 1));
        Sample("\"quoted\"\n", new Normal(0, 1));
        Sample("class", new Normal(0, 1));
        Sample("x", new Normal(0, 1));
        Sample("X", new Normal(0, 1));
    }
}

internal static partial class Discarded
{
    [Model, System.Diagnostics.CodeAnalysis.SuppressMessage("Pyro.Params", "PYRO060", Justification = "It is about values that are dropped.")]
    internal static void Model()
    {
        _ = Sample("x", new Normal(0, 1));
        var y = Observe("y", new Normal(0, 1), tensor(0.5f));
        Sample("z", new Normal(y, 1));
    }
}

internal static partial class Parameters
{
    [Model]
    internal static Tensor Model()
    {
        var loc = Param("loc", 0.5);
        var scale = Param("scale", 2.0, Constraints.Positive);
        var shared = Param("w", () => ones(3));
        return Sample("x", new Normal(loc + shared.sum(), scale));
    }
}

internal static partial class EventShapes
{
    [Model]
    internal static Tensor Model()
    {
        var weights = Sample("weights", new Dirichlet(ones(3)));
        var kind = Sample("kind", new Categorical(weights));
        return Sample("x", new Normal(weights.sum() + kind.sum(), 1));
    }
}

internal static partial class Vectors
{
    [Model]
    internal static Tensor Model()
    {
        var x = Sample("x", new Normal(zeros(4), ones(4)));
        return Observe("y", new Normal(x[TensorIndex.Slice(1, 3)].sum(), 1), tensor(0.5f));
    }
}

internal static partial class Casts
{
    [Model]
    internal static Tensor Model()
    {
        var x = (Tensor)(object)Sample("x", new Normal(0, 1));
        var y = (x as object as Tensor)!;
        return Sample("y", new Normal(y, (float)1.0));
    }
}

internal static partial class Checked
{
    [Model]
    internal static Tensor Model()
    {
        int n;
        checked
        {
            n = 3 * 4;
        }
        unchecked
        {
            n += int.MaxValue;
        }
        return Sample("x", new Normal(n > 0 ? 1 : -1, 1));
    }
}

internal static partial class Preprocessor
{
    [Model]
    internal static Tensor Model()
    {
#if NEVER_DEFINED
        var x = Sample("never", new Normal(0, 1));
#else
        var x = Sample("always", new Normal(0, 1));
#endif
#pragma warning disable IDE0059
        return Sample("y", new Normal(x, 1));
#pragma warning restore IDE0059
    }
}

internal static partial class Comments
{
    [Model]
    internal static Tensor Model(/* nothing */)
    {
        // Sample("not a site", new Normal(0, 1));
        var x = Sample(/* name */ "x", /* prior */ new Normal(0, 1)); // trailing
        /* Sample("nor this", new Normal(0, 1)); */
        return x;
    }
}
