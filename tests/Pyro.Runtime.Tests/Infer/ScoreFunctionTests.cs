using Pyro.Distributions;
using Pyro.Infer;
using Pyro.Params;
using Pyro.Programs;
using static Pyro.Primitives;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Infer;

/// <summary>Gradient estimates against exact gradients: the mean over many draws lies within 4 standard errors.</summary>
[Parallelizable(ParallelScope.All)]
public class ScoreFunctionTests
{
    private static (double Mean, double Error) Estimate(Program<Unit> model, Program<Unit> guide, string parameter, int draws = 8000)
    {
        draws = EstimatorTests.Long ? 20_000 : draws;
        var context = Runs.Context();
        var loss = new ELBO();
        var (sum, squares) = (0.0, 0.0);
        var set = new ParamSet();
        for (var i = 0; i < draws; i++)
        {
            using var scope = NewDisposeScope();
            set.Clear();
            loss.LossAndGrads(context, model, guide, default, set);
            var g = context.Store[parameter].Unconstrained.grad!.Number();
            sum += g;
            squares += g * g;
        }
        var mean = sum / draws;
        return (mean, Math.Sqrt((squares / draws - mean * mean) / draws));
    }

    private static void IsExact(double expected, Program<Unit> model, Program<Unit> guide, string parameter, int draws = 8000)
    {
        var (mean, error) = Estimate(model, guide, parameter, draws);
        Assert.That(Math.Abs(mean - expected) <= 4 * error + 1e-9, $"{mean} ± {error}, exact {expected}");
        Assert.That(error < 0.25 * Math.Max(1, Math.Abs(expected)), $"error {error}: too few draws to tell");
    }

    [Test]
    public void Bernoulli() =>

        // KL(Bernoulli(½) ‖ Bernoulli(¼)) has the derivative ln 2 − ln(2/3) in p.
        IsExact(
            Math.Log(3), Runs.Program(() => Sample("z", new Bernoulli(ps: 0.25))), Runs.Program(() => Sample("z", new Bernoulli(ps: Param("p", 0.5)))), "p");

    [TestCase(true)]
    [TestCase(false)]
    public void LogNormal(bool reparameterized) =>

        // Defect B4 of the reference: 1.377 there. KL of two log-normals is that of their normals: (μ − ½)²/2 has the derivative ½ at 1.
        IsExact(
            0.5, Runs.Program(() => Sample("z", new LogNormal(0.5, 1))),
            Runs.Program(() => Sample("z", new LogNormal(Param("m", 1.0), 1, reparameterized))), "m");

    [TestCase(true)]
    [TestCase(false)]
    public void Exponential(bool reparameterized) =>

        // Defect B4: KL(Exp(λ) ‖ Exp(1)) = ln λ + 1/λ − 1 has the derivative ¼ at 2.
        IsExact(
            0.25, Runs.Program(() => Sample("z", new Exponential(1))),
            Runs.Program(() => Sample("z", new Exponential(Param("l", 2.0), reparameterized))), "l");

    [Test]
    public void Uniform() =>

        // Defect B4: 0.222 there. KL(U(0, b) ‖ N(0, 1)) = −ln b + b²/6 + ½ ln 2π has the derivative 1/6 at 2. (Its support depends on b, so it has no score function.)
        IsExact(
            1.0 / 6, Runs.Program(() => Sample("z", new Normal(0, 1))), Runs.Program(() => Sample("z", new Uniform(0, Param("b", 2.0)))), "b");

    [TestCase(true)]
    [TestCase(false)]
    public void BetaKl(bool reparameterized)
    {
        // KL(Beta(2, 2) ‖ Beta(1, 1)) = −ln B(2, 2) + (α−1)ψ(α) + (β−1)ψ(β) − (α+β−2)ψ(α+β); by α: (α−1)ψ′(α) − (α+β−2)ψ′(α+β).
        var trigamma2 = Math.PI * Math.PI / 6 - 1;
        var trigamma4 = trigamma2 - 1.0 / 4 - 1.0 / 9;
        IsExact(
            trigamma2 - 2 * trigamma4, Runs.Program(() => Sample("z", new Beta(1, 1))),
            Runs.Program(() => Sample("z", new Beta(Param("a", 2.0), 2, reparameterized))), "a", 16000);
    }

    [Test]
    public void AMixedChain()
    {
        // z ~ Bernoulli(p), x ~ N(z, 1) in model and guide: only the prior of z differs, and x adds the guide's shift.
        var model = Runs.Program(() => Sample("x", new Normal(Sample("z", new Bernoulli(ps: 0.25)) * 2, 1)));
        var guide = Runs.Program(() => Sample("x", new Normal(Sample("z", new Bernoulli(ps: Param("p", 0.5))) + Param("m", 0.0), 1)));

        // E KL(N(z + m, 1) ‖ N(2z, 1)) = E (z − m)²/2 = p(1 − m)²/2 + (1 − p)m²/2: by p ½ and by m −p at m = 0.
        IsExact(Math.Log(3) + 0.5, model, guide, "p");
        IsExact(-0.5, model, guide, "m");
    }

    [Test]
    public void AScaledPlate()
    {
        // Ten elements, two visited, each scaled by five: the gradient is ten times one element's.
        var model = Runs.Program(() =>
        {
            using (IArange("n", 10))
                Sample("z", new Bernoulli(ps: 0.25));
        });
        IsExact(10 * Math.Log(3), model, Guide(null), "p");
        var subsampled = Runs.Program(() =>
        {
            using (IArange("n", 10, 2))
                Sample("z", new Bernoulli(ps: 0.25));
        });
        IsExact(10 * Math.Log(3), subsampled, Guide(2), "p");

        static Program<Unit> Guide(int? size) => Runs.Program(() =>
        {
            var p = Param("p", 0.5);
            using (IArange("n", 10, size))
                Sample("z", new Bernoulli(ps: p));
        });
    }

    [Test]
    public void ABranchOnALatent()
    {
        // The branch decides which observation there is: control dependence counts.
        var model = Runs.Program(() =>
        {
            if (Sample("z", new Bernoulli(ps: 0.25)).Number() == 1)
                Observe("one", new Normal(0, 1), tensor(1f));
            else
                Observe("zero", new Normal(0, 1), tensor(3f));
        });
        var guide = Runs.Program(() => Sample("z", new Bernoulli(ps: Param("p", 0.5))));
        IsExact(Math.Log(3) + 0.5 - 4.5, model, guide, "p");
    }

    [Test]
    public void AGuideInAnotherOrderThanItsModel()
    {
        // The model draws a before b, the guide b before a, with a depending on b.
        var model = Runs.Program(() =>
        {
            var a = Sample("a", new Bernoulli(ps: 0.3));
            Sample("b", new Bernoulli(ps: 0.2 + 0.5 * a));
        });
        var guide = Runs.Program(() =>
        {
            var b = Sample("b", new Bernoulli(ps: Param("p", 0.5)));
            Sample("a", new Bernoulli(ps: 0.4 + 0.2 * b));
        });
        static double Kl(double p)
        {
            var total = 0.0;
            foreach (var b in new[] { 0, 1 })
                foreach (var a in new[] { 0, 1 })
                {
                    static double B(double q, int x) => x == 1 ? q : 1 - q;
                    var q = B(p, b) * B(0.4 + 0.2 * b, a);
                    total += q * Math.Log(q / (B(0.3, a) * B(0.2 + 0.5 * a, b)));
                }
            return total;
        }
        IsExact((Kl(0.5001) - Kl(0.4999)) / 0.0002, model, guide, "p");
    }

    [Test]
    public void AKnownGraphLeavesOutWhatASiteCannotInfluence()
    {
        // Twenty independent latents with their own observations: the order alone keeps half the costs, the graph keeps one pair each.
        var sites = new SiteTable([.. Enumerable.Range(0, 40).Select(Node)]);
        var graph = new SiteGraph(sites, [.. Enumerable.Range(0, 20).Select(i => (2 * i, 2 * i + 1))]);
        Site Node(int i) => new(
            i, i % 2 == 0 ? $"z{i / 2}" : $"x{i / 2}", i % 2 == 0 ? SiteKind.Latent : SiteKind.Observed) { Enumerable = true, EventRank = 0 };
        var guideSites = new SiteTable([.. Enumerable.Range(0, 20).Select(i => new Site(i, $"z{i}", SiteKind.Latent) { Enumerable = true, EventRank = 0 })]);

        Program<Unit> Model(bool known) => new Known("model", known ? graph : SiteGraph.Empty, context =>
        {
            for (var i = 0; i < 20; i++)
                context.Observe(sites[2 * i + 1], new Normal(context.Sample(sites[2 * i], new Bernoulli(ps: 0.25)), 1), tensor(1f));
        });
        Program<Unit> Guide(bool known) => new Known("guide", known ? new SiteGraph(guideSites) : SiteGraph.Empty, context =>
        {
            var p = context.Param("p", 0.5);
            for (var i = 0; i < 20; i++)
                context.Sample(guideSites[i], new Bernoulli(ps: p));
        });
        var expected = 20 * (Math.Log(3) - 0.5);
        var (mean, error) = Estimate(Model(true), Guide(true), "p", 1500);
        var (roughMean, roughError) = Estimate(Model(false), Guide(false), "p", 1500);
        Assert.That(Math.Abs(mean - expected) < 4 * error, $"{mean} ± {error}, exact {expected}");
        Assert.That(Math.Abs(roughMean - expected) < 4 * roughError, $"{roughMean} ± {roughError}, exact {expected}");
        Assert.That(roughError * roughError > 5 * error * error, $"{roughError} against {error}");
    }

    private sealed class Known(string name, SiteGraph graph, Action<RunContext> body) : Program<Unit>
    {
        public override string Name => name;

        public override SiteTable Sites => graph.Sites;

        public override SiteGraph Graph => graph;

        public override void Execute(RunContext context, Unit args) => body(context);
    }
}
