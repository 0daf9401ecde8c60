using Pyro.Analyzers.Flow;
using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Analyzers.Tests.Supports;

/// <summary>What the analyzers know of each distribution is what the runtime says of it.</summary>
public sealed class FamiliesTests
{
    private static readonly Distribution[] _examples =
    [
        new Bernoulli(0.5f), new Beta(1, 1), new BetaBinomial(1, 1, 3), new Binomial(3, 0.5f), new Categorical(ones(3) / 3), new Cauchy(0, 1), new Chi2(2), new ContinuousBernoulli(0.5f), new Dirichlet(ones(3)), new Exponential(1),
        new Gamma(1, 1), new Geometric(0.5f), new Gumbel(0, 1), new HalfCauchy(0, 1), new HalfNormal(1), new InverseGamma(2, 1), new LKJCholesky(2, 1), new Laplace(0, 1), new LogNormal(0, 1),
        new Logistic(0, 1), new LowRankMultivariateNormal(zeros(3), ones(3, 1), ones(3)), new Multinomial(3, ones(3) / 3), new MultivariateNormal(zeros(3), eye(3)),
        new NegativeBinomial(2, 0.5f), new Normal(0, 1), new OneHotCategorical(ones(3) / 3), new Pareto(1, 2), new Poisson(1), new RelaxedBernoulli(1f, 0.5f),
        new RelaxedOneHotCategorical(1f, ones(3) / 3), new StudentT(3, 0, 1), new Uniform(0, 1), new VonMises(0, 1), new Weibull(1, 1), new ZeroInflated(new Poisson(1), 0.5f),
    ];

    // Sets whose ends are parameters.
    private static readonly string[] _withEnds = ["AtLeast", "Above", "Between", "IntegersUpTo", "IntegersBelow", "Counts"];

    public static IEnumerable<string> Names => _examples.Select(example => example.GetType().Name);

    [Test]
    public void All_are_known() => Assert.That(Families.All.Select(family => family.Name).Order(StringComparer.Ordinal), Is.EqualTo(Names.Order(StringComparer.Ordinal)));

    [TestCaseSource(nameof(Names))]
    public void It_is_known_as_what_it_is(string name)
    {
        var example = _examples.Single(example => example.GetType().Name == name);
        var family = Families.All.Single(family => family.Name == name);
        Assert.That(family.IsDiscrete, Is.EqualTo(example.Support.IsDiscrete));
        // Those that it has in every case, without the literals.
        if (family.Support(_ => null) is { } support)
            Assert.That(support.Constraint, Is.EqualTo(example.Support.Name));
        foreach (var parameter in example.Parameters)
            if (family.DomainOf(parameter.Name) is { } domain && !_withEnds.Any(set => parameter.Constraint.Name.StartsWith(set, StringComparison.Ordinal)))
                Assert.That(domain.Constraint, Is.EqualTo(parameter.Constraint.Name));
        Assert.That(family.DomainOf(example.Parameters[0].Name), Is.Not.Null);
    }
}
