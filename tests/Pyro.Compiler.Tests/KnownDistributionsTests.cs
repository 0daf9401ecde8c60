using Pyro.Compiler.Catalog;
using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Compiler.Tests;

/// <summary>What the compiler knows of each distribution is what the runtime says of it.</summary>
public class KnownDistributionsTests
{
    // Made of others, or of samples, which decide what they are.
    private static readonly string[] Composed = [nameof(Empirical), nameof(Mixture), nameof(TransformedDistribution), nameof(ZeroInflated)];

    private static readonly Distribution[] Examples =
    [
        new Bernoulli(0.5f), new Beta(1, 1), new BetaBinomial(1, 1, 3), new Binomial(3, 0.5f), new Categorical(ones(3) / 3), new Cauchy(0, 1), new Chi2(2), new ContinuousBernoulli(0.5f), new Delta(zeros(1)),
        new Dirichlet(ones(3)), new Exponential(1), new Gamma(1, 1), new Geometric(0.5f), new Gumbel(0, 1), new HalfCauchy(0, 1), new HalfNormal(1), new InverseGamma(2, 1),
        new LKJCholesky(2, 1), new Laplace(0, 1), new LogNormal(0, 1), new Logistic(0, 1), new LowRankMultivariateNormal(zeros(3), ones(3, 1), ones(3)),
        new Multinomial(3, ones(3) / 3), new MultivariateNormal(zeros(3), eye(3)), new NegativeBinomial(2, 0.5f), new Normal(0, 1),
        new OneHotCategorical(ones(3) / 3), new Pareto(1, 2), new Poisson(1), new RelaxedBernoulli(1f, 0.5f), new RelaxedOneHotCategorical(tensor(1f), ones(3) / 3),
        new StudentT(3, 0, 1), new Uniform(0, 1), new VonMises(0, 1), new Weibull(1, 1),
    ];

    public static IEnumerable<string> Names() => Examples.Select(example => example.GetType().Name);

    // One over values of any type is known as the one of their numbers.
    [Test]
    public void Every_distribution_of_the_runtime_is_known() => Assert.That(
        Examples.Select(example => example.GetType().Name).Order(),
        Is.EqualTo(typeof(Distribution).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(Distribution)) && !type.IsAbstract && !type.IsGenericType).Select(type => type.Name).Except(Composed).Order()));

    [TestCaseSource(nameof(Names))]
    public void It_is_known_as_what_it_is(string name)
    {
        var example = Examples.Single(example => example.GetType().Name == name);
        var known = KnownDistributions.Find("Pyro.Distributions." + name);
        Assert.That((known.Name, known.EventRank, known.Reparameterized, known.Enumerable), Is.EqualTo((name, example.EventRank, example.Reparameterized, example.Enumerable)));
        Assert.That(known.Support, Is.Not.Empty);
    }
}
