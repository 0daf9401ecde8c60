namespace Pyro.Corpus.Branches;

internal static partial class If
{
    [Model]
    internal static void Model()
    {
        var coin = Sample("coin", new Bernoulli(0.5));
        if (coin.item<float>() > 0)
            Sample("heads", new Normal(0, 1));
        Sample("always", new Normal(0, 1));
    }
}

internal static partial class IfElse
{
    [Model]
    internal static Tensor Model()
    {
        var coin = Sample("coin", new Bernoulli(0.5));
        Tensor x;
        if (coin.item<float>() > 0)
            x = Sample("heads", new Normal(1, 1));
        else
            x = Sample("tails", new Normal(-1, 1));
        return Sample("y", new Normal(x, 1));
    }
}

internal static partial class SameNameOnBothBranches
{
    [Model]
    internal static Tensor Model()
    {
        var coin = Sample("coin", new Bernoulli(0.5));
        Tensor x;
        if (coin.item<float>() > 0)
            x = Sample("x", new Normal(1, 1));
        else
            x = Sample("x", new Normal(-1, 2));
        return x;
    }
}

internal static partial class ElseIf
{
    public static readonly int Args = 2;

    [Model]
    internal static void Model(int n)
    {
        if (n == 1)
            Sample("one", new Normal(0, 1));
        else if (n == 2)
            Sample("two", new Normal(0, 1));
        else
            Sample("many", new Normal(0, 1));
    }
}

internal static partial class Ternary
{
    [Model]
    internal static Tensor Model()
    {
        var coin = Sample("coin", new Bernoulli(0.5));
        var x = coin.item<float>() > 0 ? Sample("a", new Normal(0, 1)) : Sample("b", new Normal(3, 1));
        return Observe("y", new Normal(x, 1), tensor(1f));
    }
}

internal static partial class ShortCircuit
{
    [Model]
    internal static void Model()
    {
        var a = Sample("a", new Bernoulli(0.5));
        if (a.item<float>() > 0 && Sample("b", new Bernoulli(0.5)).item<float>() > 0)
            Sample("both", new Normal(0, 1));
        if (a.item<float>() > 0 || Sample("c", new Bernoulli(0.5)).item<float>() > 0)
            Sample("either", new Normal(0, 1));
    }
}

internal static partial class SwitchStatement
{
    [Model]
    internal static void Model()
    {
        var k = Sample("k", new Binomial(3, 0.5));
        switch ((int)k.item<float>())
        {
            case 0:
                Sample("zero", new Normal(0, 1));
                break;
            case 1:
            case 2:
                Sample("few", new Normal(0, 1));
                break;
            default:
                Sample("many", new Normal(0, 1));
                break;
        }
        Sample("after", new Normal(0, 1));
    }
}

internal static partial class SwitchExpression
{
    [Model]
    internal static Tensor Model()
    {
        var k = Sample("k", new Binomial(2, 0.5));
        var x = (int)k.item<float>() switch
        {
            0 => Sample("zero", new Normal(0, 1)),
            1 => zeros([]),
            _ => Sample("two", new Normal(0, 1)),
        };
        return Sample("y", new Normal(x, 1));
    }
}

internal static partial class Patterns
{
    public static readonly object Args = (3, "three");

    [Model]
    internal static Tensor Model(object what)
    {
        if (what is (int n, string { Length: > 2 } text))
            return Sample("pair", new Normal(n, text.Length));
        return what is int and > 0 and var m ? Sample("number", new Normal(m, 1)) : Sample("other", new Normal(0, 1));
    }
}

internal static partial class PatternOverLatent
{
    [Model]
    internal static Tensor Model()
    {
        var x = Sample("x", new Normal(0, 1));
        if (x.item<float>() is > 0 and var positive)
            return Sample("up", new Normal(positive, 1));
        return Sample("down", new Normal(0, 1));
    }
}

internal static partial class SwitchWithWhen
{
    [Model]
    internal static Tensor Model()
    {
        var x = Sample("x", new Normal(0, 1));
        switch (x.item<float>())
        {
            case var v when v > 1:
                return Sample("high", new Normal(v, 1));
            case var v when v < -1:
                return Sample("low", new Normal(v, 1));
        }
        return Sample("middle", new Normal(0, 1));
    }
}

internal static partial class EarlyReturn
{
    [Model]
    internal static Tensor Model()
    {
        var a = Sample("a", new Bernoulli(0.5));
        if (a.item<float>() > 0)
            return a;
        return Sample("b", new Normal(0, 1));
    }
}

internal static partial class NestedReturn
{
    [Model]
    internal static void Model()
    {
        var a = Sample("a", new Bernoulli(0.5));
        var b = Sample("b", new Bernoulli(0.5));
        if (a.item<float>() > 0)
        {
            Sample("c", new Normal(0, 1));
            if (b.item<float>() > 0)
                return;
            Sample("d", new Normal(0, 1));
        }
        Sample("e", new Normal(0, 1));
    }
}

internal static partial class AssignedUnderControl
{
    [Model]
    internal static Tensor Model()
    {
        var a = Sample("a", new Bernoulli(0.5));
        var loc = 0.0;
        if (a.item<float>() > 0)
            loc = 2.0;
        return Sample("b", new Normal(loc, 1));
    }
}

internal static partial class NullCoalescing
{
    public static readonly Tensor? Args = null;

    [Model]
    internal static Tensor Model(Tensor? given)
    {
        var x = given ?? Sample("x", new Normal(0, 1));
        given ??= x;
        return Sample("y", new Normal(given, 1));
    }
}

internal static partial class NullConditional
{
    [Model]
    internal static Tensor Model()
    {
        var coin = Sample("coin", new Bernoulli(0.5));
        var text = coin.item<float>() > 0 ? "text" : null;
        var length = text?.Length ?? 0;
        return Sample("y", new Normal(length, 1));
    }
}

internal static partial class ConditionFromArguments
{
    public static readonly (bool Wide, int N) Args = (true, 2);

    [Model]
    internal static Tensor Model(bool wide, int n)
    {
        var scale = wide ? 10.0 : 1.0;
        if (n > 1)
            return Sample("x", new Normal(0, scale));
        return Sample("y", new Normal(0, scale));
    }
}

internal static partial class TryFinally
{
    [Model]
    internal static Tensor Model()
    {
        var total = Sample("a", new Normal(0, 1));
        try
        {
            total += Sample("b", new Normal(0, 1));
        }
        finally
        {
            total += Sample("c", new Normal(total, 1));
        }
        return Sample("d", new Normal(total, 1));
    }
}

internal static partial class TryCatch
{
    [Model]
    internal static Tensor Model()
    {
        var a = Sample("a", new Bernoulli(0.5));
        try
        {
            if (a.item<float>() > 0)
                throw new InvalidOperationException("heads");
            return Sample("tails", new Normal(0, 1));
        }
        catch (InvalidOperationException problem) when (problem.Message == "heads")
        {
            return Sample("heads", new Normal(0, 1));
        }
    }
}

internal static partial class Goto
{
    [Model]
    internal static void Model()
    {
        var a = Sample("a", new Bernoulli(0.5));
        if (a.item<float>() > 0)
            goto skip;
        Sample("b", new Normal(0, 1));
    skip:
        Sample("c", new Normal(0, 1));
    }
}
