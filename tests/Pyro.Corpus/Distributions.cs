namespace Pyro.Corpus.Made;

internal static partial class Derived
{
    public static readonly Tensor Args = tensor([0.5f, 1f, -1f]);

    [Model]
    internal static void Model(Tensor data)
    {
        var row = Sample("row", new Normal(zeros(3), 1).ToEvent(1));
        var wide = Sample("wide", new Normal(row, 1f).Mask(tensor([1f, 0f, 1f])).ToEvent(1));
        var two = Sample("two", new Dirichlet(ones(2, 3)).ToEvent());
        var coins = Sample("coins", new Bernoulli(0.5f).Expand(3).ToEvent(1));
        Observe("seen", new Normal(wide + two[0] + coins, 1f).Expand(3).ToEvent(1), data);
        Observe("masked", new StudentT(3f, row, 1f).Mask(tensor([true, false, true])), data);
    }
}

internal static partial class Held
{
    public static readonly bool Args = true;

    [Model]
    internal static void Model(bool wide)
    {
        var prior = new HalfNormal(2f);
        var scale = Sample("scale", prior);
        var (either, other) = (wide ? new Normal(0, 1) : new Normal(0, 5), (Distribution)new Laplace(0, 1));
        var x = Sample("x", either);
        Sample("one", wide ? new Normal(0, scale) : new Normal(1, scale));
        Sample("two", wide switch { true => new Gamma(1, 1), _ => new Gamma(2, 2) });
        Sample("any", wide ? new Normal(0, 1) : new Laplace(0, 1));
        Sample("made", Prior(2f));
        Sample("tall", Rows(x, 4));
        Sample("unknown", other);
        Distribution Shifted(Tensor by) => new Gumbel(by, 1f);
        Sample("local", Shifted(x));
    }

    private static Beta Prior(float count) => new(count, count);

    private static Distribution Rows(Tensor around, int count)
    {
        var single = new Cauchy(around, 1f);
        return single.Expand(count).ToEvent(1);
    }
}

internal static partial class Asked
{
    [Model]
    internal static void Model()
    {
        var shape = Sample("shape", new Gamma(2, 1, reparameterized: false));
        var share = Sample("share", new Beta(shape, 1f, reparameterized: true));
        Observe("soft", new Bernoulli(share, softValues: true), tensor(0.5f));
        Observe("hard", new Bernoulli(share), tensor(1f));
    }
}

internal static partial class Supports
{
    [Model]
    internal static void Model()
    {
        Sample("wait", new Exponential(1f));
        Sample("angle", new VonMises(0f, 1f));
        Sample("half", new HalfCauchy(1f, 1f));
        Sample("income", new Pareto(2f, 3f));
        Sample("between", new Uniform(-1f, 1f));
        Sample("trials", new Binomial(5f, 0.5f));
        Sample("kind", new Categorical(tensor([0.2f, 0.8f])));
        Sample("counts", new Multinomial(3f, tensor([0.2f, 0.8f])));
        Sample("corr", new LKJCholesky(2, 1f));
        Sample("point", new Delta(tensor(1f)));
        Sample("often", new ZeroInflated(new Poisson(2f), 0.1f));
    }
}

/// <summary>Kumaraswamy's distribution, as a user writes it.</summary>
[Family(nameof(Constraints.UnitInterval), Reparameterized = true)]
internal sealed class Kumaraswamy([Domain(nameof(Constraints.Positive))] Tensor a, [Domain(nameof(Constraints.Positive))] Tensor b)
    : Distribution(Broadcast(nameof(Kumaraswamy), a, b), eventRank: 0, reparameterized: true)
{
    public override string Name => nameof(Kumaraswamy);

    public override Constraint Support => Constraints.UnitInterval;

    public override IReadOnlyList<DistributionParameter> Parameters => [new("a", a, Constraints.Positive), new("b", b, Constraints.Positive)];

    protected override Tensor Leading => a;

    protected override Tensor Density(Tensor x)
    {
        var inside = Support.Check(x);
        var y = Safe(x, inside, 0.5);
        return Restrict(a.log() + b.log() + (a - 1) * y.log() + (b - 1) * (-y.pow(a)).log1p(), inside);
    }

    protected override Tensor Draw(Generator? generator) => (1 - rand(Shape, a.dtype, a.device, generator: generator).pow(1 / b)).pow(1 / a);

    protected override Distribution With(in Expansion expansion) => new Kumaraswamy(expansion.Of(a), expansion.Of(b));
}

internal static partial class Own
{
    [Model]
    internal static void Model()
    {
        var share = Sample("share", new Kumaraswamy(tensor(2f), tensor(3f)));
        var shares = Sample("shares", new Kumaraswamy(tensor(2f), tensor(3f)).Expand(2).ToEvent(1));
        Observe("flip", new Bernoulli(share * shares[0]), tensor(1f));
    }
}
