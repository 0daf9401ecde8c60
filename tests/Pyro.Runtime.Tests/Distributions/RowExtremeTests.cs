using Pyro.Distributions;
using Pyro.Distributions.Transforms;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Distributions;

/// <summary>At the edges of their domains, families of rows and matrices and those made of others have densities that are finite or −∞, and samples with such.</summary>
public class RowExtremeTests
{
    private static readonly Dictionary<string, Func<ScalarType, Distribution>> s_edges = Edges();

    public static IEnumerable<string> Names => s_edges.Keys;

    private static Dictionary<string, Func<ScalarType, Distribution>> Edges()
    {
        var edges = new Dictionary<string, Func<ScalarType, Distribution>>();
        void Add(string name, Func<Func<double[], Tensor>, Distribution> make) => edges.Add(name, dtype => make(values => tensor(values, dtype)));
        static Tensor Diagonal(Tensor values) => diag_embed(values);

        Add("Categorical, certain", t => new Categorical(ps: t([0, 1, 0])));
        Add("Categorical, far logits", t => new Categorical(logits: t([-1e4, 1e4, 0])));
        Add("Categorical of values", t => new Categorical<string>(["a", "b", "c"], ps: t([0, 1, 0])));
        Add("OneHotCategorical, certain", t => new OneHotCategorical(ps: t([0, 1, 0])));
        Add("OneHotCategorical, far logits", t => new OneHotCategorical(logits: t([-1e4, 1e4, 0])));
        Add("Multinomial, certain", t => new Multinomial(5, ps: t([0, 1, 0])));
        Add("Multinomial, far logits", t => new Multinomial(5, logits: t([-1e4, 1e4, 0])));
        Add("Multinomial of nothing", t => new Multinomial(0, ps: t([0.2, 0.3, 0.5])));
        Add("Dirichlet, small", t => new Dirichlet(t([1e-3, 1e-3, 1e-3])));
        Add("Dirichlet, tiny", t => new Dirichlet(t([1e-6, 1, 1e-6])));
        Add("Dirichlet, large", t => new Dirichlet(t([1e6, 1e6, 1e6])));
        Add("Dirichlet, mixed", t => new Dirichlet(t([1e-3, 1e3, 1])));
        Add("RelaxedOneHotCategorical, cold", t => new RelaxedOneHotCategorical(t([0.05]), logits: t([-5, 5, 0])));
        Add("RelaxedOneHotCategorical, far logits", t => new RelaxedOneHotCategorical(t([0.5]), logits: t([-1e4, 1e4, 0])));
        Add("RelaxedOneHotCategorical, certain", t => new RelaxedOneHotCategorical(t([0.5]), ps: t([0, 1, 0])));
        Add("MultivariateNormal, narrow", t => new MultivariateNormal(t([0, 0, 0]), scaleTril: Diagonal(t([1e-30, 1e-30, 1e-30]))));
        Add("MultivariateNormal, wide", t => new MultivariateNormal(t([0, 0, 0]), scaleTril: Diagonal(t([1e30, 1e30, 1e30]))));
        Add("MultivariateNormal, far", t => new MultivariateNormal(t([1e30, -1e30, 0]), covariance: Diagonal(t([1, 1, 1]))));
        Add("MultivariateNormal, mixed scales", t => new MultivariateNormal(t([0, 0, 0]), precision: Diagonal(t([1e-8, 1, 1e8]))));
        Add("LowRankMultivariateNormal, narrow", t => new LowRankMultivariateNormal(t([0, 0, 0]), t([0, 0, 0]).unsqueeze(-1), t([1e-30, 1e-30, 1e-30])));
        Add("LowRankMultivariateNormal, wide", t => new LowRankMultivariateNormal(t([0, 0, 0]), t([1e3, 1e3, 1e3]).unsqueeze(-1), t([1, 1, 1])));
        Add("LowRankMultivariateNormal, far", t => new LowRankMultivariateNormal(t([1e30, -1e30, 0]), t([1, 0, 1]).unsqueeze(-1), t([1, 1, 1])));
        Add("Mixture, one component", t => new Mixture(new Normal(t([0, 1, 2]), 1), ps: t([0, 1, 0])));
        Add("Mixture, narrow", t => new Mixture(new Normal(t([0, 1, 2]), t([1e-30, 1e-30, 1e-30])), logits: t([-1e4, 1e4, 0])));
        Add("Mixture, far logits", t => new Mixture(new Gamma(t([1e-6, 1, 1e6]), 1), logits: t([-1e4, 1e4, 0])));
        Add("Mixture of apart", t => new Mixture(new Uniform(t([0, 10, 20]), t([1, 11, 21])), logits: t([0, 0, 0])));
        Add("ZeroInflated, always", t => new ZeroInflated(new Poisson(t([2, 2, 2])), t([1, 1, 1])));
        Add("ZeroInflated, never", t => new ZeroInflated(new Poisson(t([2, 2, 2])), t([0, 0, 0])));
        Add("ZeroInflated zero", t => new ZeroInflated(new Poisson(t([0, 0, 0])), t([0, 0.5, 1])));
        Add("ToEvent", t => new Normal(t([0, 0, 0]), t([1e-30, 1, 1e30])).ToEvent(1));
        Add("Masked", t => new Normal(t([0, 0, 0]), t([1e-30, 1, 1e30])).Mask(tensor(new[] { false, true, true })));
        Add("Delta", t => new Delta(t([0, 1e30, -1e30])));
        Add("Empirical", t => new Empirical(t([0, 1, 1e30]), tensor(new[] { double.NegativeInfinity, 0, -1e4 })).Expand(3));
        Add("Transformed by exp", t => new TransformedDistribution(new Normal(t([0, 1e2, -50]), t([1e-30, 1, 5])), Exp.Instance));
        Add("Transformed by sigmoid", t => new TransformedDistribution(new Normal(t([0, 1e4, -1e4]), 1), Sigmoid.Instance));
        Add("Transformed by softplus", t => new TransformedDistribution(new Normal(t([0, 1e4, -1e4]), 1), Softplus.Instance));
        Add("Transformed by tanh", t => new TransformedDistribution(new Normal(t([0, 50, -50]), 1), Tanh.Instance));
        Add("Transformed by power", t => new TransformedDistribution(new Gamma(t([1, 1e3, 10]), 1), new Power(3)));
        Add("Transformed to the simplex", t => new TransformedDistribution(new Normal(t([0, 50, -50]), 1), StickBreaking.Instance));
        Add("Transformed to order", t => new TransformedDistribution(new Normal(t([0, 2, -2]), 1), Ordered.Instance));
        Add("Flow", t => new TransformedDistribution(new Normal(t([0, 1e4, -1e4]), 1), Flows.Coupling(t([0]).dtype)));
        Add("Autoregressive flow", t => new TransformedDistribution(new Normal(t([0, 1e4, -1e4]), 1), Flows.Autoregressive(t([0]).dtype)));
        foreach (var eta in new[] { 1e-3, 1e3 })
            Add($"LKJCholesky {eta}", t => new LKJCholesky(3, t([eta]).reshape([])));
        return edges;
    }

    [TestCaseSource(nameof(Names))]
    public void DensitiesAreNumbers(string name)
    {
        foreach (var dtype in new[] { ScalarType.Float32, ScalarType.Float64 })
        {
            var distribution = s_edges[name](dtype);
            double[][] rows =
            [
                [0, 0, 0], [1, 0, 0], [0, 1, 0], [0.2, 0.3, 0.5], [1e30, 1e30, 1e30], [-1e30, -1e30, -1e30], [1e30, -1e30, 0], [5, 0, 0], [0, 5, 0], [1, 1, 1], [-1, 2, 3],
                [1e-30, 1e-30, 1], [1e-30, 1 - 1e-7, 1e-7],
            ];
            foreach (var row in rows)
            {
                var x = tensor(row, dtype);
                if (distribution.Shape.Length == 0)
                    x = x[0];
                else if (distribution.Shape is [4])
                    x = cat([x, tensor(new[] { 1.0 }, dtype)]);
                else if (distribution is LKJCholesky)
                    x = diag_embed(x);
                var density = distribution.LogProb(x);
                Assert.That(density.isnan().any().item<bool>(), Is.False, $"{name}, {dtype}, at [{string.Join(", ", row)}]: {string.Join(", ", density.Numbers())}");

                // Only at the ends of the simplex is there a pole, where a weight is below 1.
                if (!name.StartsWith("Dirichlet", StringComparison.Ordinal))
                    Assert.That(density.isposinf().any().item<bool>(), Is.False, $"{name}, {dtype}, at [{string.Join(", ", row)}]");
            }
        }
    }

    [TestCaseSource(nameof(Names))]
    public void SamplesLieInTheSupport(string name)
    {
        foreach (var dtype in new[] { ScalarType.Float32, ScalarType.Float64 })
        {
            using var generator = new Generator(4);
            using var noGrad = no_grad();
            var distribution = s_edges[name](dtype);
            var samples = distribution.Expand([200, .. distribution.Shape[..^distribution.EventRank]]).Sample(generator);
            Assert.That(samples.isnan().any().item<bool>(), Is.False, $"{name}, {dtype}");

            // What is too large for its dtype stands for the largest numbers.
            var outside = distribution.Support.Find(samples.is_floating_point() ? where(samples.isinf(), samples.new_full([], 1e30), samples) : samples);
            Assert.That(outside, Is.Null, $"{name}, {dtype}: {outside}");
            Assert.That(distribution.LogProb(samples).isnan().any().item<bool>(), Is.False, $"{name}, {dtype}");
        }
    }

    [Test]
    public void EmptyBatchesAreEmpty()
    {
        var (none, row) = (zeros(0, 3), ones(3) / 3);
        foreach (var distribution in new Distribution[]
        {
            new Categorical(logits: none), new OneHotCategorical(logits: none), new Multinomial(3, logits: none), new Dirichlet(none + 1), new RelaxedOneHotCategorical(1, logits: none),
            new MultivariateNormal(none, scaleTril: eye(3)), new LowRankMultivariateNormal(none, ones(3, 1), ones(3)), new LKJCholesky(3, zeros(0)), new Delta(none),
            new Mixture(new Normal(none, 1), logits: row), new ZeroInflated(new Poisson(none), 0.5), new Empirical(row).Expand(0), new Normal(none, 1).ToEvent(1),
            new Normal(none, 1).Mask(ones(3)), new TransformedDistribution(new Normal(none, 1), StickBreaking.Instance), new Categorical<int>([4, 5, 6], logits: none),
        })
        {
            var x = distribution.Sample();
            Assert.That(x.shape, Is.EqualTo(distribution.Shape));
            Assert.That(x.numel(), Is.EqualTo(0));
            Assert.That(distribution.LogPdf(x).Number(), Is.EqualTo(0));
            Assert.That(distribution.Support.Find(x), Is.Null);
            Assert.That(distribution.Parameters.Select(p => p.Constraint.Find(p.Value)), Has.All.Null);
        }
    }

    private static class Flows
    {
        public static Bijector Coupling(ScalarType dtype) => new AffineCoupling(3, 8, dtype: dtype);

        public static Bijector Autoregressive(ScalarType dtype) => new InverseAutoregressiveFlow(3, 10, dtype: dtype);
    }
}
