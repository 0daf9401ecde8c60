using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Pyro.Compiler.Catalog;
using Pyro.Distributions;
using Pyro.Testing.Generation;
using static TorchSharp.torch;
using Constraint = Pyro.Compiler.Catalog.Constraint;

namespace Pyro.Compiler.Tests;

/// <summary>What the compiler and the analyzers read from the class of each distribution is what its objects say.</summary>
public class FamilyTests
{
    // What these are, the distributions or samples that they are made of decide.
    private static readonly string[] _composed = [nameof(Empirical), nameof(Mixture), nameof(TransformedDistribution)];

    private static readonly Distribution[] _examples =
    [
        new Bernoulli(0.5f), new Beta(1, 1), new BetaBinomial(1, 1, 3), new Binomial(3, 0.5f), new Categorical(ones(3) / 3), new Categorical<string>(["a", "b"], ones(2) / 2), new Cauchy(0, 1), new Chi2(2),
        new ContinuousBernoulli(0.5f), new Delta(zeros(1)), new Dirichlet(ones(3)), new Exponential(1), new Gamma(1, 1), new Geometric(0.5f), new Gumbel(0, 1), new HalfCauchy(0, 1), new HalfNormal(1),
        new InverseGamma(2, 1), new LKJCholesky(2, 1), new Laplace(0, 1), new LogNormal(0, 1), new Logistic(0, 1), new LowRankMultivariateNormal(zeros(3), ones(3, 1), ones(3)),
        new Multinomial(3, ones(3) / 3), new MultivariateNormal(zeros(3), eye(3)), new NegativeBinomial(2, 0.5f), new Normal(0, 1),
        new OneHotCategorical(ones(3) / 3), new Pareto(1, 2), new Poisson(1), new RelaxedBernoulli(1f, 0.5f), new RelaxedOneHotCategorical(tensor(1f), ones(3) / 3),
        new StudentT(3, 0, 1), new Uniform(0, 1), new VonMises(0, 1), new Weibull(1, 1), new ZeroInflated(new Poisson(1), 0.5f),
    ];

    private static readonly CSharpCompilation _runtime = GeneratorHarness.Compile();

    public static IEnumerable<string> Names() => _examples.Select(example => example.GetType().Name);

    private static INamedTypeSymbol Class(Type type) => _runtime.GetTypeByMetadataName(type.IsGenericType ? type.GetGenericTypeDefinition().FullName! : type.FullName!)!;

    [Test]
    public void Family_EveryDistributionOfTheRuntime_IsDeclaredAndHasAnExample() => Assert.That(
        _examples.Select(example => example.GetType().Name).Order(),
        Is.EqualTo(typeof(Distribution).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(Distribution)) && !type.IsAbstract).Select(type => type.Name).Except(_composed).Order()));

    [TestCaseSource(nameof(Names))]
    public void Family_OfAClass_IsWhatItsObjectsSay(string name)
    {
        var example = _examples.Single(example => example.GetType().Name == name);
        var family = Family.Of(Class(example.GetType()))!;
        Assert.That((family.EventRank, family.Reparameterized), Is.EqualTo((example.EventRank, example.Reparameterized)));
        if (family.Support.Length > 0)
            Assert.That((family.Support, family.IsDiscrete, family.Enumerable), Is.EqualTo((example.Support.Name.Split('(')[0], (bool?)example.Support.IsDiscrete, example.Enumerable)));
        foreach (var parameter in example.Parameters.Where(parameter => family.Parameters.Any(known => known.Name == parameter.Name)))
            Assert.That(family.Parameters.Single(known => known.Name == parameter.Name).Domain, Is.EqualTo(parameter.Constraint.Name), parameter.Name);
        Assert.That(family.Parameters.Select(known => known.Name), Does.Contain(example.Parameters[0].Name));
    }

    [Test]
    public void Constraint_OfEachMember_HasItsNumbers()
    {
        Assert.Multiple(() =>
        {
            foreach (var member in Class(typeof(Constraints)).GetMembers().Where(member => member.DeclaredAccessibility == Accessibility.Public
                && (member is IPropertySymbol { Type.Name: nameof(Distributions.Constraint) } or IMethodSymbol { MethodKind: MethodKind.Ordinary, ReturnType.Name: nameof(Distributions.Constraint) })))
            {
                var bounds = new Dictionary<string, double> { ["lower"] = -1.5, ["upper"] = 4, ["count"] = 4, ["total"] = 4 };
                var declared = Constraint.Of(member, parameter => bounds[parameter.Name]);
                Assert.That(declared, Is.Not.Null, member.Name);
                var made = Made(member.Name, bounds);
                Assert.That((declared!.Rank, declared.IsDiscrete), Is.EqualTo((made.EventRank, made.IsDiscrete)), member.Name);
                Assert.That(declared.Words, Does.Not.Contain("{"), member.Name);
                if (declared.Rank == 0)
                    foreach (var number in new[] { -4, -Math.PI, -1.5, -0.5, 0, 0.5, 1, 2, 3, 3.5, 4, 5 })
                        Assert.That(declared.Contains(number), Is.EqualTo(made.Check(tensor(number, float64)).item<bool>()), $"{number} in {member.Name}");
            }
        });
    }

    private static Distributions.Constraint Made(string name, Dictionary<string, double> bounds)
    {
        var (lower, upper) = (tensor(bounds["lower"], float64), tensor(bounds["upper"], float64));
        return name switch
        {
            nameof(Constraints.Interval) => Constraints.Interval(bounds["lower"], bounds["upper"]),
            nameof(Constraints.GreaterThan) => Constraints.GreaterThan(bounds["lower"]),
            nameof(Constraints.LessThan) => Constraints.LessThan(bounds["upper"]),
            nameof(Constraints.AtLeast) => Constraints.AtLeast(lower),
            nameof(Constraints.Above) => Constraints.Above(lower),
            nameof(Constraints.Between) => Constraints.Between(lower, upper),
            nameof(Constraints.IntegersUpTo) => Constraints.IntegersUpTo(upper),
            nameof(Constraints.IntegersBelow) => Constraints.IntegersBelow((long)bounds["count"]),
            nameof(Constraints.Counts) => Constraints.Counts(upper),
            _ => (Distributions.Constraint)typeof(Constraints).GetProperty(name)!.GetValue(null)!,
        };
    }
}
