using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Distributions;

/// <summary>Every family has two forms of use, an object and static functions, which agree; and parameters may be tensors, numbers or a mix in both.</summary>
public class StaticFormTests
{
    private sealed record Form(
        string Name, TensorArg[] Parameters, Func<TensorArg[], Distribution> Make, Func<Tensor, TensorArg[], Tensor> LogProb, Func<Tensor, TensorArg[], Tensor> LogPdf,
        Func<TensorArg[], Generator, Tensor> Sample);

    // Made of others, or of samples: there is no function of tensors alone. Categorical of values is scored by its numbers'.
    private static readonly string[] s_composed =
        [nameof(Empirical), nameof(Mixture), nameof(TransformedDistribution), nameof(ZeroInflated), typeof(Categorical<>).Name];

    private static Tensor Pair => Numeric.Double(0.4, 0.8);
    private static Tensor Ps => tensor(new[,] { { 0.2, 0.3, 0.5 }, { 0.1, 0.1, 0.8 } });
    private static Tensor Mean => Numeric.Double(0.2, -0.3, 1.5);
    private static Tensor Factor => tensor(new[,] { { 1.2, 0, 0 }, { 0.4, 0.7, 0 }, { -0.3, 0.2, 1.5 } });

    private static readonly Form[] s_forms =
    [
        new("Bernoulli", [Pair], p => new Bernoulli(p[0]), (x, p) => Bernoulli.LogProb(x, p[0]), (x, p) => Bernoulli.LogPdf(x, p[0]), (p, g) => Bernoulli.Sample(p[0], generator: g)),
        new("Bernoulli (logits)", [Pair], p => new Bernoulli(logits: p[0]), (x, p) => Bernoulli.LogProb(x, null, p[0]), (x, p) => Bernoulli.LogPdf(x, null, p[0]), (p, g) => Bernoulli.Sample(null, p[0], g)),
        new("Beta", [Pair, 2], p => new Beta(p[0], p[1]), (x, p) => Beta.LogProb(x, p[0], p[1]), (x, p) => Beta.LogPdf(x, p[0], p[1]), (p, g) => Beta.Sample(p[0], p[1], g)),
        new("BetaBinomial", [Pair, 2, 5], p => new BetaBinomial(p[0], p[1], p[2]), (x, p) => BetaBinomial.LogProb(x, p[0], p[1], p[2]), (x, p) => BetaBinomial.LogPdf(x, p[0], p[1], p[2]), (p, g) => BetaBinomial.Sample(p[0], p[1], p[2], g)),
        new("Binomial", [5, Pair], p => new Binomial(p[0], p[1]), (x, p) => Binomial.LogProb(x, p[0], p[1]), (x, p) => Binomial.LogPdf(x, p[0], p[1]), (p, g) => Binomial.Sample(p[0], p[1], generator: g)),
        new("Categorical", [Ps], p => new Categorical(p[0]), (x, p) => Categorical.LogProb(x, p[0]), (x, p) => Categorical.LogPdf(x, p[0]), (p, g) => Categorical.Sample(p[0], generator: g)),
        new("Categorical (logits)", [Ps], p => new Categorical(logits: p[0]), (x, p) => Categorical.LogProb(x, null, p[0]), (x, p) => Categorical.LogPdf(x, null, p[0]), (p, g) => Categorical.Sample(null, p[0], g)),
        new("Cauchy", [0, Pair], p => new Cauchy(p[0], p[1]), (x, p) => Cauchy.LogProb(x, p[0], p[1]), (x, p) => Cauchy.LogPdf(x, p[0], p[1]), (p, g) => Cauchy.Sample(p[0], p[1], g)),
        new("Chi2", [Pair], p => new Chi2(p[0]), (x, p) => Chi2.LogProb(x, p[0]), (x, p) => Chi2.LogPdf(x, p[0]), (p, g) => Chi2.Sample(p[0], g)),
        new("Delta", [Pair], p => new Delta(p[0]), (x, p) => Delta.LogProb(x, p[0]), (x, p) => Delta.LogPdf(x, p[0]), (p, g) => Delta.Sample(p[0], g)),
        new("Dirichlet", [Ps], p => new Dirichlet(p[0]), (x, p) => Dirichlet.LogProb(x, p[0]), (x, p) => Dirichlet.LogPdf(x, p[0]), (p, g) => Dirichlet.Sample(p[0], g)),
        new("Exponential", [Pair], p => new Exponential(p[0]), (x, p) => Exponential.LogProb(x, p[0]), (x, p) => Exponential.LogPdf(x, p[0]), (p, g) => Exponential.Sample(p[0], g)),
        new("Gamma", [2, Pair], p => new Gamma(p[0], p[1]), (x, p) => Gamma.LogProb(x, p[0], p[1]), (x, p) => Gamma.LogPdf(x, p[0], p[1]), (p, g) => Gamma.Sample(p[0], p[1], g)),
        new("Geometric", [Pair], p => new Geometric(p[0]), (x, p) => Geometric.LogProb(x, p[0]), (x, p) => Geometric.LogPdf(x, p[0]), (p, g) => Geometric.Sample(p[0], generator: g)),
        new("Gumbel", [0, Pair], p => new Gumbel(p[0], p[1]), (x, p) => Gumbel.LogProb(x, p[0], p[1]), (x, p) => Gumbel.LogPdf(x, p[0], p[1]), (p, g) => Gumbel.Sample(p[0], p[1], g)),
        new("HalfCauchy", [0, Pair], p => new HalfCauchy(p[0], p[1]), (x, p) => HalfCauchy.LogProb(x, p[0], p[1]), (x, p) => HalfCauchy.LogPdf(x, p[0], p[1]), (p, g) => HalfCauchy.Sample(p[0], p[1], g)),
        new("ContinuousBernoulli", [Pair], p => new ContinuousBernoulli(p[0]), (x, p) => ContinuousBernoulli.LogProb(x, p[0]), (x, p) => ContinuousBernoulli.LogPdf(x, p[0]), (p, g) => ContinuousBernoulli.Sample(p[0], generator: g)),
        new("HalfNormal", [Pair], p => new HalfNormal(p[0]), (x, p) => HalfNormal.LogProb(x, p[0]), (x, p) => HalfNormal.LogPdf(x, p[0]), (p, g) => HalfNormal.Sample(p[0], g)),
        new("InverseGamma", [2, Pair], p => new InverseGamma(p[0], p[1]), (x, p) => InverseGamma.LogProb(x, p[0], p[1]), (x, p) => InverseGamma.LogPdf(x, p[0], p[1]), (p, g) => InverseGamma.Sample(p[0], p[1], g)),
        new("LKJCholesky", [Pair], p => new LKJCholesky(3, p[0]), (x, p) => LKJCholesky.LogProb(x, p[0]), (x, p) => LKJCholesky.LogPdf(x, p[0]), (p, g) => LKJCholesky.Sample(3, p[0], g)),
        new("Laplace", [0, Pair], p => new Laplace(p[0], p[1]), (x, p) => Laplace.LogProb(x, p[0], p[1]), (x, p) => Laplace.LogPdf(x, p[0], p[1]), (p, g) => Laplace.Sample(p[0], p[1], g)),
        new("LogNormal", [0, Pair], p => new LogNormal(p[0], p[1]), (x, p) => LogNormal.LogProb(x, p[0], p[1]), (x, p) => LogNormal.LogPdf(x, p[0], p[1]), (p, g) => LogNormal.Sample(p[0], p[1], g)),
        new("Logistic", [0, Pair], p => new Logistic(p[0], p[1]), (x, p) => Logistic.LogProb(x, p[0], p[1]), (x, p) => Logistic.LogPdf(x, p[0], p[1]), (p, g) => Logistic.Sample(p[0], p[1], g)),
        new("LowRankMultivariateNormal", [Mean, Mean.exp()], p => new LowRankMultivariateNormal(p[0], Factor, p[1]), (x, p) => LowRankMultivariateNormal.LogProb(x, p[0], Factor, p[1]), (x, p) => LowRankMultivariateNormal.LogPdf(x, p[0], Factor, p[1]), (p, g) => LowRankMultivariateNormal.Sample(p[0], Factor, p[1], g)),
        new("Multinomial", [5, Ps], p => new Multinomial(p[0], p[1]), (x, p) => Multinomial.LogProb(x, p[0], p[1]), (x, p) => Multinomial.LogPdf(x, p[0], p[1]), (p, g) => Multinomial.Sample(p[0], p[1], generator: g)),
        new("MultivariateNormal", [Mean], p => new MultivariateNormal(p[0], scaleTril: Factor), (x, p) => MultivariateNormal.LogProb(x, p[0], Factor), (x, p) => MultivariateNormal.LogPdf(x, p[0], Factor), (p, g) => MultivariateNormal.Sample(p[0], Factor, g)),
        new("NegativeBinomial", [2, Pair], p => new NegativeBinomial(p[0], p[1]), (x, p) => NegativeBinomial.LogProb(x, p[0], p[1]), (x, p) => NegativeBinomial.LogPdf(x, p[0], p[1]), (p, g) => NegativeBinomial.Sample(p[0], p[1], generator: g)),
        new("Normal", [0, Pair], p => new Normal(p[0], p[1]), (x, p) => Normal.LogProb(x, p[0], p[1]), (x, p) => Normal.LogPdf(x, p[0], p[1]), (p, g) => Normal.Sample(p[0], p[1], g)),
        new("OneHotCategorical", [Ps], p => new OneHotCategorical(p[0]), (x, p) => OneHotCategorical.LogProb(x, p[0]), (x, p) => OneHotCategorical.LogPdf(x, p[0]), (p, g) => OneHotCategorical.Sample(p[0], generator: g)),
        new("Pareto", [1, Pair], p => new Pareto(p[0], p[1]), (x, p) => Pareto.LogProb(x, p[0], p[1]), (x, p) => Pareto.LogPdf(x, p[0], p[1]), (p, g) => Pareto.Sample(p[0], p[1], g)),
        new("Poisson", [Pair], p => new Poisson(p[0]), (x, p) => Poisson.LogProb(x, p[0]), (x, p) => Poisson.LogPdf(x, p[0]), (p, g) => Poisson.Sample(p[0], g)),
        new("RelaxedBernoulli", [0.5, Pair], p => new RelaxedBernoulli(p[0], p[1]), (x, p) => RelaxedBernoulli.LogProb(x, p[0], p[1]), (x, p) => RelaxedBernoulli.LogPdf(x, p[0], p[1]), (p, g) => RelaxedBernoulli.Sample(p[0], p[1], generator: g)),
        new("RelaxedOneHotCategorical", [0.5, Ps], p => new RelaxedOneHotCategorical(p[0], p[1]), (x, p) => RelaxedOneHotCategorical.LogProb(x, p[0], p[1]), (x, p) => RelaxedOneHotCategorical.LogPdf(x, p[0], p[1]), (p, g) => RelaxedOneHotCategorical.Sample(p[0], p[1], generator: g)),
        new("StudentT", [3, 0, Pair], p => new StudentT(p[0], p[1], p[2]), (x, p) => StudentT.LogProb(x, p[0], p[1], p[2]), (x, p) => StudentT.LogPdf(x, p[0], p[1], p[2]), (p, g) => StudentT.Sample(p[0], p[1], p[2], g)),
        new("Uniform", [0, Pair], p => new Uniform(p[0], p[1]), (x, p) => Uniform.LogProb(x, p[0], p[1]), (x, p) => Uniform.LogPdf(x, p[0], p[1]), (p, g) => Uniform.Sample(p[0], p[1], g)),
        new("VonMises", [0, Pair], p => new VonMises(p[0], p[1]), (x, p) => VonMises.LogProb(x, p[0], p[1]), (x, p) => VonMises.LogPdf(x, p[0], p[1]), (p, g) => VonMises.Sample(p[0], p[1], g)),
        new("Weibull", [1, Pair], p => new Weibull(p[0], p[1]), (x, p) => Weibull.LogProb(x, p[0], p[1]), (x, p) => Weibull.LogPdf(x, p[0], p[1]), (p, g) => Weibull.Sample(p[0], p[1], g)),
    ];

    public static IEnumerable<string> Names => s_forms.Select(form => form.Name);

    [Test]
    public void EveryFamilyHasBoth() => Assert.That(
        s_forms.Select(form => form.Name.Split(' ')[0]).Distinct().Order(StringComparer.Ordinal),
        Is.EqualTo(typeof(Distribution).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(Distribution)) && !type.IsAbstract)
            .Select(type => type.Name).Except(s_composed).Order(StringComparer.Ordinal)));

    [TestCaseSource(nameof(Names))]
    public void TheyAgree(string name)
    {
        var form = s_forms.Single(form => form.Name == name);
        var distribution = form.Make(form.Parameters);
        using var one = new Generator(3);
        using var other = new Generator(3);
        var x = distribution.Sample(one);
        Assert.That(form.Sample(form.Parameters, other).Numbers(), Is.EqualTo(x.Numbers()));
        Assert.That(form.LogProb(x, form.Parameters).Numbers(), Is.EqualTo(distribution.LogProb(x).Numbers()));
        Numeric.Close(distribution.LogPdf(x).Number(), form.LogPdf(x, form.Parameters).Number(), 1e-12);

        // Where the value is impossible, and where it is of another dtype.
        var far = x + 1e6;
        Assert.That(form.LogProb(far, form.Parameters).Numbers(), Is.EqualTo(distribution.LogProb(far).Numbers()));
        if (distribution.Support.IsDiscrete)
            Assert.That(form.LogProb(x.to_type(ScalarType.Int64), form.Parameters).Numbers(), Is.EqualTo(distribution.LogProb(x).Numbers()));
    }

    [Test]
    public void TheyAllocateTensorsAlone()
    {
        var (x, mu, sigma) = (tensor(0.3), tensor(0.1), tensor(2.0));
        static long Bytes(Func<Tensor> call)
        {
            for (var i = 0; i < 20; i++)
                call().Dispose();
            var before = GC.GetAllocatedBytesForCurrentThread();
            using (NewDisposeScope())
                for (var i = 0; i < 100; i++)
                    call();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
        var operations = Bytes(() => ((x - mu) / sigma).square() * -0.5 - sigma.log() - 0.91893853320467274178);
        Assert.That(Bytes(() => Normal.LogProb(x, mu, sigma)), Is.InRange(0, operations));
        Assert.That(Bytes(() => Normal.LogPdf(x, mu, sigma)), Is.InRange(0, operations));
    }

    [Test]
    public void Numbers_OfAnyType_FollowTheDefaultDtypeOrTheTensorsBesideThem()
    {
        Assert.That(Normal.Sample(0, 1).dtype, Is.EqualTo(ScalarType.Float32));
        Assert.That(Normal.Sample(0.5, 1L).dtype, Is.EqualTo(ScalarType.Float32));
        Assert.That(Normal.Sample(0, ones(3, ScalarType.Float64)).dtype, Is.EqualTo(ScalarType.Float64));
        Assert.That(Poisson.Sample(3).dtype, Is.EqualTo(ScalarType.Float32));
        Numeric.Close(-0.5 * Math.Log(2 * Math.PI) - 0.5, Normal.LogProb(tensor(1.0), 0, 1).Number(), 1e-7);
        Numeric.Close(-1, Gamma.LogPdf(tensor(1.0), 2, 1).Number(), 1e-7);
        Numeric.Close(-Math.Log(4), Uniform.LogPdf(tensor(1.0), -1, 3).Number(), 1e-7);
        Numeric.Close(0, Beta.LogProb(tensor(0.25), 1, 1).Number(), 1e-7);
    }
}
