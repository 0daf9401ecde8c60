using Pyro.Distributions;
using Pyro.Distributions.Transforms;
using Pyro.Kernels;
using Pyro.Kernels.Densities;
using Pyro.Kernels.Rows;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Distributions;

/// <summary>A family that is held against exact values, from columns of inputs.</summary>
/// <param name="Name">The name, which is that of its file.</param>
/// <param name="Make">The distribution, from the inputs without the values.</param>
internal sealed record AccurateFamily(string Name, Func<Tensor[], Distribution> Make)
{
    /// <summary>How many of the inputs are the value; several are along a last dimension.</summary>
    public int Values { get; init; } = 1;

    /// <summary>The value, from its inputs; null for the values as they are.</summary>
    public Func<Tensor[], Tensor>? Value { get; init; }

    /// <summary>The log density by operations; null where the kernel is all there is, or where there is none.</summary>
    public Func<Tensor[], Tensor>? Operations { get; init; }

    /// <summary>The divergence, from the inputs; null for two distributions of half of them each.</summary>
    public Func<Tensor[], Tensor>? Divergence { get; init; }

    /// <summary>Every family with a density.</summary>
    public static IReadOnlyList<AccurateFamily> All { get; } =
    [
        new("Bernoulli", p => new Bernoulli(ps: p[0])) { Operations = ByOperations<BernoulliDensity> },
        new("Bernoulli (logits)", p => new Bernoulli(logits: p[0])) { Operations = ByOperations<BernoulliLogitsDensity> },
        new("Beta", p => new Beta(p[0], p[1])) { Operations = ByOperations<BetaDensity>, Beside = true },
        new("BetaBinomial", p => new BetaBinomial(p[0], p[1], p[2])) { Operations = ByOperations<BetaBinomialDensity>, Beside = true },
        new("Binomial", p => new Binomial(p[0], ps: p[1]))
        {
            Operations = ByOperations<BinomialDensity>, Divergence = p => Kl.Divergence(new Binomial(p[2], ps: p[0]), new Binomial(p[2], ps: p[1])),
        },
        new("Binomial (logits)", p => new Binomial(p[0], logits: p[1])) { Operations = ByOperations<BinomialLogitsDensity> },
        new("Categorical", p => new Categorical(ps: stack(p, -1))) { Operations = a => CategoricalDensity<ByIndex>.Operations([a[0], stack(a[1..], -1)]) },
        new("Categorical (logits)", p => new Categorical(logits: stack(p, -1)))
        {
            Operations = a => CategoricalLogitsDensity<ByIndex>.Operations([a[0], stack(a[1..], -1)]),
        },
        new("Cauchy", p => new Cauchy(p[0], p[1])) { Operations = ByOperations<CauchyDensity> },
        new("Chi2", p => new Chi2(p[0])),
        new("ContinuousBernoulli (logits)", p => new ContinuousBernoulli(logits: p[0])),
        new("Delta", p => new Delta(p[0])) { Operations = ByOperations<DeltaDensity> },
        new("Dirichlet", p => new Dirichlet(stack(p, -1))) { Values = 3, Beside = true, Operations = a => DirichletDensity.Operations([stack(a[..3], -1), stack(a[3..], -1)]) },
        new("Exponential", p => new Exponential(p[0])) { Operations = ByOperations<ExponentialDensity> },
        new("Gamma", p => new Gamma(p[0], p[1])) { Operations = ByOperations<GammaDensity> },
        new("Geometric", p => new Geometric(ps: p[0])),
        new("Geometric (logits)", p => new Geometric(logits: p[0])),
        new("Gumbel", p => new Gumbel(p[0], p[1])) { Operations = ByOperations<GumbelDensity> },
        new("HalfCauchy", p => new HalfCauchy(p[0], p[1])) { Operations = ByOperations<HalfCauchyDensity> },
        new("HalfNormal", p => new HalfNormal(p[0])) { Operations = ByOperations<HalfNormalDensity> },
        new("InverseGamma", p => new InverseGamma(p[0], p[1])) { Operations = ByOperations<InverseGammaDensity> },
        new("LKJCholesky", p => new LKJCholesky(3, p[0])) { Values = 2, Value = Correlated },
        new("Laplace", p => new Laplace(p[0], p[1])) { Operations = ByOperations<LaplaceDensity> },
        new("LogNormal", p => new LogNormal(p[0], p[1])) { Operations = ByOperations<LogNormalDensity> },
        new("Logistic", p => new Logistic(p[0], p[1])) { Operations = ByOperations<LogisticDensity> },
        new("LowRankMultivariateNormal", p => new LowRankMultivariateNormal(stack([p[0], p[1]], -1), stack([p[2], p[3]], -1).unsqueeze(-1), stack([p[4], p[5]], -1))) { Values = 2 },
        new("Mixture", p => new Mixture(new Normal(stack([p[1], p[3]], -1), stack([p[2], p[4]], -1)), ps: stack([p[0], 1 - p[0]], -1))),
        new("Multinomial", p => new Multinomial(p[3], ps: stack(p[..3], -1)))
        {
            Values = 3, Operations = a => MultinomialDensity.Operations([stack(a[..3], -1), stack(a[3..6], -1), a[6]]),
        },
        new("Multinomial (logits)", p => new Multinomial(p[3], logits: stack(p[..3], -1)))
        {
            Values = 3, Operations = a => MultinomialLogitsDensity.Operations([stack(a[..3], -1), stack(a[3..6], -1), a[6]]),
        },
        new("MultivariateNormal", p => new MultivariateNormal(
            stack([p[0], p[1]], -1), scaleTril: stack([stack([p[2], p[2].zeros_like()], -1), stack([p[3], p[4]], -1)], -2))) { Values = 2 },
        new("NegativeBinomial", p => new NegativeBinomial(p[0], ps: p[1]))
        {
            Operations = ByOperations<NegativeBinomialDensity>, Divergence = p => Kl.Divergence(new NegativeBinomial(p[2], ps: p[0]), new NegativeBinomial(p[2], ps: p[1])),
        },
        new("NegativeBinomial (logits)", p => new NegativeBinomial(p[0], logits: p[1])) { Operations = ByOperations<NegativeBinomialLogitsDensity> },
        new("Normal", p => new Normal(p[0], p[1])) { Operations = ByOperations<NormalDensity> },
        new("OneHotCategorical", p => new OneHotCategorical(ps: stack(p, -1)))
        {
            Values = 3, Operations = a => CategoricalDensity<ByRow>.Operations([stack(a[..3], -1), stack(a[3..], -1)]),
        },
        new("OneHotCategorical (logits)", p => new OneHotCategorical(logits: stack(p, -1)))
        {
            Values = 3, Operations = a => CategoricalLogitsDensity<ByRow>.Operations([stack(a[..3], -1), stack(a[3..], -1)]),
        },
        new("Pareto", p => new Pareto(p[0], p[1])),
        new("Poisson", p => new Poisson(p[0])) { Operations = ByOperations<PoissonDensity> },
        new("RelaxedBernoulli", p => new RelaxedBernoulli(p[0], logits: p[1])),
        new("RelaxedOneHotCategorical", p => new RelaxedOneHotCategorical(p[0], logits: stack(p[1..], -1))) { Values = 3, OneByOne = true },
        new("StudentT", p => new StudentT(p[0], p[1], p[2])) { Operations = ByOperations<StudentTDensity> },
        new("TransformedDistribution", p => new TransformedDistribution(new Normal(p[0], p[1]), Sigmoid.Instance)),
        new("Uniform", p => new Uniform(p[0], p[1])) { Operations = ByOperations<UniformDensity> },
        new("VonMises", p => new VonMises(p[0], p[1])) { Operations = ByOperations<VonMisesDensity> },
        new("Weibull", p => new Weibull(p[0], p[1])) { Operations = ByOperations<WeibullDensity> },
        new("ZeroInflated", p => new ZeroInflated(new Poisson(p[1]), p[0])),
    ];

    /// <summary>
    /// Whether a gradient by a parameter v is held to 16 units in the last place of 1/v only: where one parameter is next to nothing beside another one, it is
    /// a difference of two values of ψ that are nearly the same.
    /// </summary>
    public bool Beside { get; init; }

    /// <summary>Whether a distribution takes the parameters of one row alone.</summary>
    public bool OneByOne { get; init; }

    /// <summary>The log density of all rows.</summary>
    /// <param name="inputs">The inputs' columns.</param>
    /// <param name="operations">Whether by operations.</param>
    public Tensor LogProb(Tensor[] inputs, bool operations)
    {
        // The number of draws is the sum of their counts.
        if (Name.StartsWith("Multinomial", StringComparison.Ordinal))
            inputs = [.. inputs, inputs[0] + inputs[1] + inputs[2]];
        if (operations)
            return Operations!(inputs);
        if (OneByOne)
            return cat([.. Enumerable.Range(0, (int)inputs[0].numel()).Select(i => (this with { OneByOne = false }).LogProb(Array.ConvertAll(inputs, t => t.narrow(0, i, 1)), false))]);
        var value = Value is not null ? Value(inputs[..Values]) : Values == 1 ? inputs[0] : stack(inputs[..Values], -1);
        return Make(inputs[Values..]).LogProb(value);
    }

    /// <summary>The divergence of all rows.</summary>
    public Tensor Between(Tensor[] inputs) => Divergence is not null ? Divergence(inputs)
        : Kl.Divergence(Make(inputs[..(inputs.Length / 2)]), Make(inputs[(inputs.Length / 2)..]));

    public override string ToString() => Name;

    private static Tensor ByOperations<TDensity>(Tensor[] inputs)
        where TDensity : struct, IDensity => TDensity.Operations(inputs);

    // A factor of a correlation matrix of 3 by 3 from the second and the third element of its diagonal.
    private static Tensor Correlated(Tensor[] diagonal)
    {
        var (u, v, none) = (diagonal[0], diagonal[1], diagonal[0].zeros_like());
        var (first, second) = ((1 - u.square()).sqrt(), (1 - v.square()).sqrt());
        return stack([stack([none + 1, none, none], -1), stack([first, u, none], -1), stack([second, none, v], -1)], -2);
    }
}
