using Microsoft.CodeAnalysis;
using Pyro.Compiler.Ir;

namespace Pyro.Compiler.Catalog;

/// <summary>The distributions of the runtime, by metadata name, as the compiler needs to know them.</summary>
public static class KnownDistributions
{
    private const string Namespace = "Pyro.Distributions.";

    private static readonly Dictionary<string, DistributionIr> Table = new DistributionIr[]
    {
        new("Bernoulli", "boolean", 0, Reparameterized: false, Enumerable: true),
        new("Beta", "unit interval", 0, Reparameterized: true, Enumerable: false),
        new("BetaBinomial", "non-negative integer", 0, Reparameterized: false, Enumerable: true),
        new("Binomial", "non-negative integer", 0, Reparameterized: false, Enumerable: true),
        new("Categorical", "integers below n", 0, Reparameterized: false, Enumerable: true) { TakesVectors = true },
        new("Cauchy", "real", 0, Reparameterized: true, Enumerable: false),
        new("Chi2", "positive", 0, Reparameterized: true, Enumerable: false),
        new("ContinuousBernoulli", "unit interval", 0, Reparameterized: true, Enumerable: false),
        new("Delta", "real", 0, Reparameterized: true, Enumerable: true),
        new("Dirichlet", "simplex", 1, Reparameterized: true, Enumerable: false) { TakesVectors = true },
        new("Exponential", "positive", 0, Reparameterized: true, Enumerable: false),
        new("Gamma", "positive", 0, Reparameterized: true, Enumerable: false),
        new("Geometric", "non-negative integer", 0, Reparameterized: false, Enumerable: false),
        new("Gumbel", "real", 0, Reparameterized: true, Enumerable: false),
        new("HalfCauchy", "non-negative", 0, Reparameterized: true, Enumerable: false),
        new("HalfNormal", "non-negative", 0, Reparameterized: true, Enumerable: false),
        new("InverseGamma", "positive", 0, Reparameterized: true, Enumerable: false),
        new("LKJCholesky", "correlation Cholesky factors", 2, Reparameterized: true, Enumerable: false),
        new("Laplace", "real", 0, Reparameterized: true, Enumerable: false),
        new("LogNormal", "positive", 0, Reparameterized: true, Enumerable: false),
        new("Logistic", "real", 0, Reparameterized: true, Enumerable: false),
        new("LowRankMultivariateNormal", "real", 1, Reparameterized: true, Enumerable: false),
        new("Multinomial", "counts", 1, Reparameterized: false, Enumerable: true) { TakesVectors = true },
        new("MultivariateNormal", "real", 1, Reparameterized: true, Enumerable: false),
        new("NegativeBinomial", "non-negative integer", 0, Reparameterized: false, Enumerable: false),
        new("Normal", "real", 0, Reparameterized: true, Enumerable: false),
        new("OneHotCategorical", "one-hot", 1, Reparameterized: false, Enumerable: true) { TakesVectors = true },
        new("Pareto", "positive", 0, Reparameterized: true, Enumerable: false),
        new("Poisson", "non-negative integer", 0, Reparameterized: false, Enumerable: false),
        new("RelaxedBernoulli", "open unit interval", 0, Reparameterized: true, Enumerable: false),
        new("RelaxedOneHotCategorical", "simplex", 1, Reparameterized: true, Enumerable: false) { TakesVectors = true },
        new("StudentT", "real", 0, Reparameterized: true, Enumerable: false),
        new("Uniform", "interval", 0, Reparameterized: true, Enumerable: false),
        new("VonMises", "real", 0, Reparameterized: false, Enumerable: false),
        new("Weibull", "positive", 0, Reparameterized: true, Enumerable: false),
    }.ToDictionary(known => Namespace + known.Name);

    /// <summary>What is known before the program runs when the distribution is not: nothing.</summary>
    public static DistributionIr Unknown { get; } = new("", "", 0, Reparameterized: false, Enumerable: false);

    /// <summary>Whether a distribution of this name, without its namespace, is among them.</summary>
    /// <param name="name">The type's name.</param>
    public static bool IsKnown(string name) => Table.ContainsKey(Namespace + name);

    /// <summary>What is known about a distribution type: one over values of any type is the same with another type of values.</summary>
    /// <param name="type">The type.</param>
    /// <param name="isVisible">Whether generated members may be of a type of values; if not, they are objects.</param>
    public static DistributionIr Find(ITypeSymbol type, Func<ITypeSymbol, bool> isVisible) =>
        type is INamedTypeSymbol { Name: "Categorical", TypeArguments: { Length: 1 } values } && type.ContainingNamespace.FullName() + "." == Namespace
            ? Find(Namespace + type.Name) with { ValueType = isVisible(values[0]) ? values[0].ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat) : "object" }
            : Find(type.FullName());

    /// <summary>What is known about a distribution type.</summary>
    /// <param name="metadataName">The type's full name.</param>
    public static DistributionIr Find(string metadataName) => Table.TryGetValue(metadataName, out var known) ? known : Unknown;
}
