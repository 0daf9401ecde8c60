using Pyro.Distributions;
using Pyro.Infer;
using Pyro.Params;
using Pyro.Programs;
using Pyro.Traces;
using static Pyro.Primitives;
using static TorchSharp.torch;

namespace Pyro.Integration.Tests;

/// <summary>What the compiler's graph takes out of the variance of gradients, next to the graph in which everything depends on all before it.</summary>
public partial class GraphVarianceTests
{
    [Test]
    public void A_loop_of_twenty_has_a_fifth()
    {
        using var data = arange(20, ScalarType.Float32) / 5 - 1;
        Assert.That(Ratio(Loop.CompiledModel, Loop.CompiledGuide, data, draws: 800, size: 20), Is.InRange(0, 0.2));
    }

    [Test]
    public void A_tree_of_depth_four_has_half()
    {
        using var data = tensor(new[] { 0.1f, 1.7f, 2.2f, -0.4f, 1.1f, 2.5f, 0.3f, -1 });
        Assert.That(Ratio(Tree.CompiledModel, Tree.CompiledGuide, data, draws: 1000, size: 15), Is.InRange(0, 0.5));
    }

    /// <summary>What a site cannot influence does not weigh its score (defect B18 of the reference: each was weighed with the whole loss).</summary>
    [Test]
    public void B18_A_score_is_weighed_by_what_its_site_can_influence()
    {
        double[] Gradients(float chance)
        {
            using var scope = NewDisposeScope();
            var trained = new ParamSet();
            new ELBO().LossAndGrads(new RunContext(new ParamStore(), seed: 2), Pair.CompiledModel, Pair.CompiledGuide, chance, trained);
            return [.. trained.Select(parameter => (double)parameter.Unconstrained.grad!.item<float>())];
        }
        var (one, other) = (Gradients(0.9f), Gradients(0.001f));
        Assert.That(other[0], Is.EqualTo(one[0]));
        Assert.That(other[1], Is.Not.EqualTo(one[1]));
    }

    private static partial class Pair
    {
        [Model]
        internal static void Model(float chance)
        {
            Sample("a", new Bernoulli(0.3f));
            Sample("b", new Bernoulli(chance));
        }

        [Guide(nameof(Model))]
        internal static void Guide(float chance)
        {
            Sample("a", new Bernoulli(Param("p", 0.4f, Constraints.UnitInterval)));
            Sample("b", new Bernoulli(Param("q", 0.6f, Constraints.UnitInterval)));
        }
    }

    /// <summary>The variance of the gradient in p with the compiler's graph, by that with the dense one; both have the same mean.</summary>
    private static double Ratio(Program<Tensor> model, Program<Tensor> guide, Tensor data, int draws, int size)
    {
        var own = Gradient(model, guide, data, draws, size, GraphType.Static);
        var dense = Gradient(model, guide, data, draws, size, GraphType.Dense);
        for (var k = 0; k < own.Length; k++)
        {
            var error = Math.Sqrt((own[k].Variance + dense[k].Variance) / draws);
            Assert.That(Math.Abs(own[k].Mean - dense[k].Mean) < 4.5 * error, $"p[{k}]: {own[k].Mean} and {dense[k].Mean} ± {error}");
        }
        var ratio = own.Sum(g => g.Variance) / dense.Sum(g => g.Variance);
        TestContext.Progress.WriteLine($"variance {own.Sum(g => g.Variance):G4}, dense {dense.Sum(g => g.Variance):G4}: {ratio:F3}");
        return ratio;
    }

    private static (double Mean, double Variance)[] Gradient(Program<Tensor> model, Program<Tensor> guide, Tensor data, int draws, int size, GraphType graph)
    {
        var context = new RunContext(new ParamStore(), seed: 3);
        var loss = new ELBO(graph: graph);
        var set = new ParamSet();
        using var scope = NewDisposeScope();
        var (sum, squares) = (zeros(size, ScalarType.Float64), zeros(size, ScalarType.Float64));
        for (var i = 0; i < draws; i++)
        {
            using var step = NewDisposeScope();
            set.Clear();
            loss.LossAndGrads(context, model, guide, data, set);
            var gradient = context.Store["p"].Unconstrained.grad!.to_type(ScalarType.Float64);
            sum.add_(gradient);
            squares.add_(gradient * gradient);
        }
        var mean = (sum / draws).data<double>().ToArray();
        var second = (squares / draws).data<double>().ToArray();
        return [.. mean.Select((m, k) => (m, second[k] - m * m))];
    }

    /// <summary>Twenty latents in a plain loop, each with its own observation, and one global latent.</summary>
    internal static partial class Loop
    {
        [Model]
        internal static void Model(Tensor data)
        {
            var rate = Sample("rate", new Beta(2, 2));
            for (var i = 0; i < 20; i++)
            {
                var z = Sample($"z_{i}", new Bernoulli(ps: rate));
                Observe($"x_{i}", new Normal(2 * z, 1), data[i]);
            }
        }

        [Guide(nameof(Model))]
        internal static void Guide(Tensor data)
        {
            Sample("rate", new Beta(Param("alpha", 3.0, Constraints.Positive), Param("beta", 3.0, Constraints.Positive)));
            var p = Param("p", 0.5 * ones(20), Constraints.UnitInterval);
            for (var i = 0; i < 20; i++)
                Sample($"z_{i}", new Bernoulli(ps: p[i]));
        }
    }

    /// <summary>A binary tree of depth 4: each latent follows its parent, and each leaf has an observation.</summary>
    internal static partial class Tree
    {
        [Model]
        internal static void Model(Tensor data)
        {
            var n1 = Sample("n1", new Bernoulli(ps: 0.5f * ones([])));
            var n2 = Sample("n2", new Bernoulli(ps: 0.2 + 0.6 * n1));
            var n3 = Sample("n3", new Bernoulli(ps: 0.2 + 0.6 * n1));
            var n4 = Sample("n4", new Bernoulli(ps: 0.2 + 0.6 * n2));
            var n5 = Sample("n5", new Bernoulli(ps: 0.2 + 0.6 * n2));
            var n6 = Sample("n6", new Bernoulli(ps: 0.2 + 0.6 * n3));
            var n7 = Sample("n7", new Bernoulli(ps: 0.2 + 0.6 * n3));
            var n8 = Sample("n8", new Bernoulli(ps: 0.2 + 0.6 * n4));
            Observe("x8", new Normal(2 * n8, 1), data[0]);
            var n9 = Sample("n9", new Bernoulli(ps: 0.2 + 0.6 * n4));
            Observe("x9", new Normal(2 * n9, 1), data[1]);
            var n10 = Sample("n10", new Bernoulli(ps: 0.2 + 0.6 * n5));
            Observe("x10", new Normal(2 * n10, 1), data[2]);
            var n11 = Sample("n11", new Bernoulli(ps: 0.2 + 0.6 * n5));
            Observe("x11", new Normal(2 * n11, 1), data[3]);
            var n12 = Sample("n12", new Bernoulli(ps: 0.2 + 0.6 * n6));
            Observe("x12", new Normal(2 * n12, 1), data[4]);
            var n13 = Sample("n13", new Bernoulli(ps: 0.2 + 0.6 * n6));
            Observe("x13", new Normal(2 * n13, 1), data[5]);
            var n14 = Sample("n14", new Bernoulli(ps: 0.2 + 0.6 * n7));
            Observe("x14", new Normal(2 * n14, 1), data[6]);
            var n15 = Sample("n15", new Bernoulli(ps: 0.2 + 0.6 * n7));
            Observe("x15", new Normal(2 * n15, 1), data[7]);
        }

        [Guide(nameof(Model))]
        internal static void Guide(Tensor data)
        {
            var p = Param("p", 0.6 * ones(15), Constraints.UnitInterval);
            var n1 = Sample("n1", new Bernoulli(ps: p[0]));
            var n2 = Sample("n2", new Bernoulli(ps: p[1] * (0.6 + 0.4 * n1)));
            var n3 = Sample("n3", new Bernoulli(ps: p[2] * (0.6 + 0.4 * n1)));
            var n4 = Sample("n4", new Bernoulli(ps: p[3] * (0.6 + 0.4 * n2)));
            var n5 = Sample("n5", new Bernoulli(ps: p[4] * (0.6 + 0.4 * n2)));
            var n6 = Sample("n6", new Bernoulli(ps: p[5] * (0.6 + 0.4 * n3)));
            var n7 = Sample("n7", new Bernoulli(ps: p[6] * (0.6 + 0.4 * n3)));
            Sample("n8", new Bernoulli(ps: p[7] * (0.6 + 0.4 * n4)));
            Sample("n9", new Bernoulli(ps: p[8] * (0.6 + 0.4 * n4)));
            Sample("n10", new Bernoulli(ps: p[9] * (0.6 + 0.4 * n5)));
            Sample("n11", new Bernoulli(ps: p[10] * (0.6 + 0.4 * n5)));
            Sample("n12", new Bernoulli(ps: p[11] * (0.6 + 0.4 * n6)));
            Sample("n13", new Bernoulli(ps: p[12] * (0.6 + 0.4 * n6)));
            Sample("n14", new Bernoulli(ps: p[13] * (0.6 + 0.4 * n7)));
            Sample("n15", new Bernoulli(ps: p[14] * (0.6 + 0.4 * n7)));
        }
    }
}
