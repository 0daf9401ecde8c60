using Pyro.Distributions;
using Pyro.Infer;
using Pyro.Params;
using Pyro.Poutines;
using Pyro.Programs;
using static Pyro.Primitives;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Infer;

/// <summary>
/// Small models with discrete latents, whose losses and gradients are finite sums, and those with others; and what the estimates of them are held against.
/// </summary>
internal static class Estimators
{
    /// <summary>A model and its guides.</summary>
    /// <param name="Model">The model.</param>
    /// <param name="Guide">The guide, with options for each of its sites.</param>
    /// <param name="Whole">The same pair without subsampling, where it has any.</param>
    /// <param name="LockStep">Whether its plates can be enumerated in lock-step.</param>
    public sealed record Case(Program<Unit> Model, Func<SiteOptions?, Program<Unit>> Guide, Case? Whole = null, bool LockStep = true)
    {
        /// <summary>The loss by the unconstrained parameters, in the order of their names, where it is no finite sum.</summary>
        public Func<double[], double>? Known { get; init; }
    }

    public static readonly Dictionary<string, Case> All = new()
    {
        ["one"] = new(
            Runs.Program(() => Sample("z", new Bernoulli(ps: 0.25)), "model"),
            options => Runs.Program(() => Sample("z", new Bernoulli(ps: Param("p", 0.5, Constraints.UnitInterval)), null, options), "guide")),
        ["other order"] = new(
            Runs.Program(() =>
            {
                var a = Sample("a", new Bernoulli(ps: 0.3));
                var b = Sample("b", new Bernoulli(ps: 0.2 + 0.5 * a));
                Observe("x", new Normal(a + b, 1), tensor(3.3));
            }, "model"),
            options => Runs.Program(() =>
            {
                var p = Param("p", tensor(new[] { 0.5, 0.4, 0.7 }), Constraints.UnitInterval);
                var b = Sample("b", new Bernoulli(ps: p[0]), null, options);
                Sample("a", new Bernoulli(ps: p[1] + (p[2] - p[1]) * b), null, options);
            }, "guide")),
        ["branch"] = new(
            Runs.Program(() =>
            {
                // Which sites there are is decided by a latent.
                if (Sample("z", new Bernoulli(ps: 0.25)).Number() == 1)
                {
                    var y = Sample("y", new Categorical(ps: tensor(new[] { 0.2, 0.3, 0.5 })));
                    Observe("one", new Normal(y.to_type(ScalarType.Float64), 1), tensor(1.0));
                }
                else
                    Observe("zero", new Normal(0, 1), tensor(3.5));
            }, "model"),
            options => Runs.Program(() =>
            {
                var p = Param("p", 0.6, Constraints.UnitInterval);
                var q = Param("q", ones(3, ScalarType.Float64) / 3, Constraints.Simplex);
                if (Sample("z", new Bernoulli(ps: p), null, options).Number() == 1)
                    Sample("y", new Categorical(ps: q), null, options);
            }, "guide")),
        ["plate"] = Plate(null),
        ["subsampled plate"] = Plate(3) with { Whole = Plate(null) },
        ["nested plates"] = new(
            Runs.Program(() =>
            {
                var g = Sample("g", new Bernoulli(ps: 0.3));
                using (IArange("a", 2))
                {
                    var u = Sample("u", new Bernoulli(ps: 0.2 + 0.3 * g));
                    using (IArange("b", 3))
                    {
                        var v = Sample("v", new Bernoulli(ps: (0.3 + 0.4 * u).unsqueeze(1)));
                        Observe("x", new Normal(2 * v + g, 1), tensor(new[,] { { 0.1, 1.7, 2.5 }, { -1, 0.4, 1.1 } }));
                    }
                }
            }, "model"),
            options => Runs.Program(() =>
            {
                var g = Sample("g", new Bernoulli(ps: Param("pg", tensor(0.5), Constraints.UnitInterval)), null, options);
                var pu = Param("pu", tensor(new[] { 0.4, 0.6 }), Constraints.UnitInterval);
                var pv = Param("pv", tensor(new[,] { { 0.2, 0.6, 0.7 }, { 0.3, 0.5, 0.4 } }), Constraints.UnitInterval);
                using (IArange("a", 2))
                {
                    var u = Sample("u", new Bernoulli(ps: pu * (0.8 + 0.2 * g)), null, options);
                    using (IArange("b", 3))
                        Sample("v", new Bernoulli(ps: pv * (0.7 + 0.3 * u).unsqueeze(1)), null, options);
                }
            }, "guide")),
        ["out of the plate and in again"] = new(
            Runs.Program(() =>
            {
                Tensor z;
                using (IArange("n", 3))
                    z = Sample("z", new Bernoulli(ps: 0.4));
                // Through h each element has its part in all the observations.
                var h = Sample("h", new Bernoulli(ps: 0.1 + 0.7 * z.mean([0])));
                using (IArange("n", 3))
                    Observe("x", new Normal(2 * h + z, 1), tensor(new[] { 1.2, 3.1, 4.2 }));
            }, "model"),
            options => Runs.Program(() =>
            {
                var p = Param("p", tensor(new[] { 0.5, 0.3, 0.6 }), Constraints.UnitInterval);
                Tensor z;
                using (IArange("n", 3))
                    z = Sample("z", new Bernoulli(ps: p), null, options);
                Sample("h", new Bernoulli(ps: Param("h_q", tensor(0.8), Constraints.UnitInterval) * (0.5 + 0.5 * z.mean([0]))), null, options);
            }, "guide"),
            LockStep: false),
        ["masked"] = Masked(),
        ["loop plate"] = new(
            Runs.Program(() =>
            {
                var g = Sample("g", new Bernoulli(ps: 0.5));
                foreach (var i in IRange("n", 3))
                    Observe($"x_{i}", new Normal(Sample($"z_{i}", new Bernoulli(ps: 0.3 + 0.2 * g)), 1), tensor(i - 0.5));
            }, "model"),
            options => Runs.Program(() =>
            {
                Sample("g", new Bernoulli(ps: Param("pg", tensor(0.4), Constraints.UnitInterval)), null, options);
                var p = Param("p", tensor(new[] { 0.5, 0.3, 0.6 }), Constraints.UnitInterval);
                foreach (var i in IRange("n", 3))
                    Sample($"z_{i}", new Bernoulli(ps: p[i]), null, options);
            }, "guide")),
        ["mixture"] = new(
            Runs.Program(() =>
            {
                // The reference's mixture of two normals, with its two data.
                foreach (var i in IRange("n", 2))
                    Observe($"x_{i}", new Normal(2 * Sample($"z_{i}", new Bernoulli(ps: tensor(0.3))) - 1, 1), tensor(2.0 * i - 1));
            }, "model"),
            options => Runs.Program(() =>
            {
                var p = Param("p", tensor(new[] { 0.6, 0.6 }), Constraints.UnitInterval);
                foreach (var i in IRange("n", 2))
                    Sample($"z_{i}", new Bernoulli(ps: p[i]), null, options);
            }, "guide")),
        ["masked by a handler"] = Masked(Choices(), tensor(new[] { true, false, true })),
        ["scaled choice"] = Scaled(
            new(
                Runs.Program(() => Observe("x", new Normal(Sample("z", new Bernoulli(ps: 0.25)), 1), tensor(1.1)), "model"),
                options => Runs.Program(() => Sample("z", new Bernoulli(ps: Param("p", 0.5, Constraints.UnitInterval)), null, options), "guide")), 2.5),
    };

    /// <summary>The pair with some elements of all log densities left out by a handler.</summary>
    private static Case Masked(Case pair, Tensor mask) => pair with { Model = pair.Model.Mask(mask), Guide = options => pair.Guide(options).Mask(mask) };

    private static Case Choices() => new(
        Runs.Program(() =>
        {
            using (IArange("n", 3))
                Observe("x", new Normal(2 * Sample("z", new Bernoulli(ps: tensor(0.4))), 1), tensor(new[] { 1.2, 0.1, 2.2 }));
        }, "model"),
        options => Runs.Program(() =>
        {
            var p = Param("p", tensor(new[] { 0.5, 0.3, 0.6 }), Constraints.UnitInterval);
            using (IArange("n", 3))
                Sample("z", new Bernoulli(ps: p), null, options);
        }, "guide"));

    /// <summary>The pair with all log densities scaled by a handler.</summary>
    public static Case Scaled(Case pair, double scale) => pair with
    {
        Model = pair.Model.Scale(scale),
        Guide = options => pair.Guide(options).Scale(scale),
        Known = pair.Known is { } loss ? p => scale * loss(p) : null,
    };

    private static readonly Tensor s_data = tensor(new[] { -0.3, 1.2, 0.8, 2.1, -1.0, 0.4 });

    private static Case Plate(int? visited) => new(
        Runs.Program(() =>
        {
            var g = Sample("g", new Bernoulli(ps: 0.3));
            using var plate = IArange("n", 6);
            var z = Sample("z", new Bernoulli(ps: 0.2 + 0.5 * g));
            Observe("x", new Normal(1.5 * z, 1), plate.Each(s_data));
        }, "model"),
        options => Runs.Program(() =>
        {
            var g = Sample("g", new Bernoulli(ps: Param("pg", tensor(0.6), Constraints.UnitInterval)), null, options);
            var p = Param("p", tensor(new[] { 0.5, 0.3, 0.6, 0.7, 0.2, 0.4 }), Constraints.UnitInterval);
            using var plate = IArange("n", 6, visited);
            Sample("z", new Bernoulli(ps: plate.Each(p) * (0.6 + 0.4 * g)), null, options);
        }, "guide"));

    private static Case Masked()
    {
        var mask = tensor(new[] { true, false, true });
        return new Case(
            Runs.Program(() =>
            {
                using (IArange("n", 3))
                {
                    // The density of z does not count where it is masked, but z is drawn there all the same, and x is observed.
                    var z = Sample("z", new Bernoulli(ps: 0.4 * ones(3, ScalarType.Float64)).Mask(mask));
                    Observe("x", new Normal(2 * z, 1), tensor(new[] { 1.2, 0.1, 2.2 }));
                }
            }, "model"),
            options => Runs.Program(() =>
            {
                var p = Param("p", tensor(new[] { 0.5, 0.3, 0.6 }), Constraints.UnitInterval);
                using (IArange("n", 3))
                    Sample("z", new Bernoulli(ps: p).Mask(mask), null, options);
            }, "guide"));
    }

    /// <summary>The loss, summed over all runs of the guide, and its gradient: every number of every parameter, in order.</summary>
    public static (double Loss, double[] Gradient) Exact(Case pair)
    {
        using var scope = NewDisposeScope();
        var context = Runs.Context();
        if (pair.Known is { } known)
        {
            pair.Guide(null).Trace(default, context);
            return ContinuousEstimators.Exact(known, [.. context.Store.Parameters.OrderBy(p => p.Name, StringComparer.Ordinal).SelectMany(p => p.Unconstrained.Numbers())]);
        }
        var enumerate = new EnumeratePoutine(Enumerate.Full);
        Tensor total = zeros([], ScalarType.Float64);
        do
        {
            var guide = pair.Guide(null).With(enumerate).Trace(default, context);
            var model = pair.Model.Replay(guide).Trace(default, context);
            var probability = ones([], ScalarType.Float64);
            foreach (var site in guide.Where(site => site.Kind == SiteKind.Latent))
                probability = probability * site.ScoreLogProb().sum().exp();
            total = total + probability * (guide.LogPdf() - model.LogPdf());
        }
        while (enumerate.Next());
        total.backward();
        return (total.Number(), Gradient(context.Store));
    }

    /// <summary>The mean of many estimates of loss and gradient, with its standard error.</summary>
    public static (double[] Mean, double[] Error) Estimate(Case pair, SiteOptions? options, ELBO loss, int draws, long seed = 1)
    {
        var context = Runs.Context(seed);
        var guide = pair.Guide(options);
        var set = new ParamSet();
        double[]? sum = null, squares = null;
        for (var i = 0; i < draws; i++)
        {
            using var scope = NewDisposeScope();
            set.Clear();
            var value = loss.LossAndGrads(context, pair.Model, guide, default, set);
            double[] all = [value, .. Gradient(context.Store)];
            sum ??= new double[all.Length];
            squares ??= new double[all.Length];
            for (var k = 0; k < all.Length; k++)
            {
                sum[k] += all[k];
                squares[k] += all[k] * all[k];
            }
        }
        var mean = Array.ConvertAll(sum!, s => s / draws);
        return (mean, [.. squares!.Select((s, k) => Math.Sqrt(Math.Max(0, s / draws - mean[k] * mean[k]) / draws))]);
    }

    private static double[] Gradient(ParamStore store) =>
        [.. store.Parameters.OrderBy(p => p.Name, StringComparer.Ordinal).SelectMany(p => p.Unconstrained.grad?.Numbers() ?? new double[p.Unconstrained.numel()])];
}
