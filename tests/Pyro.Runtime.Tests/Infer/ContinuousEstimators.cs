using Pyro.Distributions;
using static Pyro.Primitives;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Infer;

/// <summary>
/// Small models with continuous latents, and with those that have no finite support: their losses by formula or by quadrature, as functions of the unconstrained
/// parameters in the order of their names.
/// </summary>
internal static class ContinuousEstimators
{
    private static readonly double s_log2Pi = Math.Log(2 * Math.PI);

    public static readonly Dictionary<string, Estimators.Case> All = new()
    {
        ["normal, reparameterised"] = OneNormal(reparameterized: true),
        ["normal, by score"] = OneNormal(reparameterized: false),
        ["exponential and a count"] = new(
            Runs.Program(() => Observe("k", new Poisson(Sample("rate", new Gamma(tensor(2.0), 1))), tensor(2.0)), "model"),
            options => Runs.Program(() => Sample("rate", new Exponential(Param("r", tensor(0.3)).exp(), reparameterized: false), null, options), "guide"),
            LockStep: false)
        {
            // ln r − rλ − 3 ln λ + 2λ + ln 2 with E λ = 1/r and E ln λ = −γ − ln r.
            Known = p => p[0] - 1 + 3 * (0.57721566490153286 + p[0]) + 2 * Math.Exp(-p[0]) + Math.Log(2),
        },
        ["normals in a plate"] = NormalPlate(null),
        ["normals in a subsampled plate"] = NormalPlate(2),
        ["masked normals"] = MaskedNormals(),
        ["choice, then normal"] = new(
            Runs.Program(() =>
            {
                var x = Sample("x", new Normal(2 * Sample("z", new Bernoulli(ps: tensor(0.25))), 1));
                Observe("y", new Normal(x, 1), tensor(0.7));
            }, "model"),
            options => Runs.Program(() =>
            {
                var z = Sample("z", new Bernoulli(ps: Param("p", tensor(0.6), Constraints.UnitInterval)), null, options);
                Sample("x", new Normal(z + Param("m", tensor(-0.2)), 0.8, reparameterized: false), null, options);
            }, "guide"))
        {
            Known = p => Choice(Sigmoid(p[1]), 0.25, z => Gauss(z + p[0], 0.8, x => LogNormal(x, z + p[0], 0.8) - LogNormal(x, 2 * z, 1) - LogNormal(0.7, x, 1))),
        },
        ["normal, then choice"] = new(
            Runs.Program(() =>
            {
                var a = Sample("a", new Normal(tensor(0.0), 1));
                var z = Sample("z", new Bernoulli(ps: (a * 0.5).sigmoid()));
                Observe("y", new Normal(a + z, 1), tensor(1.4));
            }, "model"),
            options => Runs.Program(() =>
            {
                // The choice's score reaches the parameter through the sample before it.
                var a = Sample("a", new Normal(Param("m", tensor(0.3)), Param("s", tensor(0.7), Constraints.Positive)), null, options);
                Sample("z", new Bernoulli(ps: (a + Param("shift", tensor(0.2))).sigmoid()), null, options);
            }, "guide"))
        {
            Known = p => Gauss(p[0], Math.Exp(p[1]), a => LogNormal(a, p[0], Math.Exp(p[1])) - LogNormal(a, 0, 1)
                + Choice(Sigmoid(a + p[2]), Sigmoid(0.5 * a), z => -LogNormal(1.4, a + z, 1))),
        },
        ["a branch with a normal in it"] = new(
            Runs.Program(() =>
            {
                if (Sample("z", new Bernoulli(ps: tensor(0.3))).Number() == 1)
                    Observe("one", new Normal(Sample("y", new Normal(tensor(0.0), 1)), 1), tensor(1.2));
                else
                    Observe("zero", new Normal(0, 1), tensor(1.2));
            }, "model"),
            options => Runs.Program(() =>
            {
                var (p, m) = (Param("p", tensor(0.5), Constraints.UnitInterval), Param("m", tensor(0.2)));
                if (Sample("z", new Bernoulli(ps: p), null, options).Number() == 1)
                    Sample("y", new Normal(m, 0.9, reparameterized: false), null, options);
            }, "guide"))
        {
            Known = p => Choice(Sigmoid(p[1]), 0.3, z => z == 1
                ? Gauss(p[0], 0.9, y => LogNormal(y, p[0], 0.9) - LogNormal(y, 0, 1) - LogNormal(1.2, y, 1))
                : -LogNormal(1.2, 0, 1)),
        },
        ["normals in another order"] = new(
            Runs.Program(() =>
            {
                var a = Sample("a", new Normal(tensor(0.0), 1));
                var b = Sample("b", new Normal(a, 1));
                Observe("x", new Normal(a + b, 1), tensor(2.0));
            }, "model"),
            options => Runs.Program(() =>
            {
                var b = Sample("b", new Normal(Param("mb", tensor(0.4)), 1, reparameterized: false), null, options);
                Sample("a", new Normal(Param("k", tensor(0.5)) * b + Param("ma", tensor(-0.1)), 0.5), null, options);
            }, "guide"),
            LockStep: false)
        {
            Known = p =>
            {
                var (k, ma, mb) = (p[0], p[1], p[2]);
                var a = k * mb + ma;
                var entropy = 0.5 * (s_log2Pi + 1) + 0.5 * (s_log2Pi + 1) + Math.Log(0.5);
                var squares = a * a + k * k + 0.25 + (mb - a) * (mb - a) + (1 - k) * (1 - k) + 0.25 + (2 - a - mb) * (2 - a - mb) + (1 + k) * (1 + k) + 0.25;
                return -entropy + 1.5 * s_log2Pi + 0.5 * squares;
            },
        },
        ["a count and a choice"] = new(
            Runs.Program(() =>
            {
                var n = Sample("n", new Poisson(tensor(2.0)));
                var z = Sample("z", new Bernoulli(ps: tensor(0.3)));
                Observe("y", new Normal(n * z, 2), tensor(1.5));
            }, "model"),
            options => Runs.Program(() =>
            {
                // The one has no finite support: where choices are enumerated, counts are drawn.
                var n = Sample("n", new Poisson(Param("rate", tensor(1.6), Constraints.Positive)), null, options);
                Sample("z", new Bernoulli(ps: Param("p", tensor(0.4), Constraints.UnitInterval) * (0.5 + 0.5 * (n * -0.3).exp())), null, options);
            }, "guide"))
        {
            Known = p =>
            {
                var (total, rate) = (0.0, Math.Exp(p[1]));
                var (logFactorial, q) = (0.0, Math.Exp(-rate));
                for (var n = 0; n < 60; n++)
                {
                    if (n > 0)
                        (logFactorial, q) = (logFactorial + Math.Log(n), q * rate / n);
                    total += q * (n * Math.Log(rate / 2) - rate + 2 + Choice(Sigmoid(p[0]) * (0.5 + 0.5 * Math.Exp(-0.3 * n)), 0.3, z => -LogNormal(1.5, n * z, 2)));
                }
                return total;
            },
        },
        ["scaled by a handler"] = Estimators.Scaled(OneNormal(reparameterized: false), 2.5),
    };

    /// <summary>A loss and its gradient, by central differences of the formula.</summary>
    public static (double Loss, double[] Gradient) Exact(Func<double[], double> loss, double[] at)
    {
        const double H = 1e-5;
        double Moved(int i, double by)
        {
            var moved = (double[])at.Clone();
            moved[i] += by;
            return loss(moved);
        }
        return (loss(at), [.. Enumerable.Range(0, at.Length).Select(i => (Moved(i, H) - Moved(i, -H)) / (2 * H))]);
    }

    private static Estimators.Case OneNormal(bool reparameterized) => new(
        Runs.Program(() => Observe("x", new Normal(Sample("z", new Normal(tensor(0.0), 1)), 0.5), tensor(1.3)), "model"),
        options => Runs.Program(
            () => Sample("z", new Normal(Param("m", tensor(0.4)), Param("s", tensor(0.8), Constraints.Positive), reparameterized), null, options), "guide"),
        LockStep: false)
    {
        Known = p => Gauss(p[0], Math.Exp(p[1]), z => LogNormal(z, p[0], Math.Exp(p[1])) - LogNormal(z, 0, 1) - LogNormal(1.3, z, 0.5)),
    };

    private static Estimators.Case NormalPlate(int? visited)
    {
        var data = tensor(new[] { -0.4, 0.9, 1.6, 0.2 });
        return new(
            Runs.Program(() =>
            {
                using var plate = IArange("n", 4);
                Observe("x", new Normal(Sample("z", new Normal(tensor(0.0), 1)), 1), plate.Each(data));
            }, "model"),
            options => Runs.Program(() =>
            {
                var m = Param("m", tensor(new[] { 0.1, 0.3, 0.6, -0.2 }));
                using var plate = IArange("n", 4, visited);
                Sample("z", new Normal(plate.Each(m), 0.7, reparameterized: false), null, options);
            }, "guide"),
            LockStep: false)
        {
            Known = p => Enumerable.Range(0, 4).Sum(i => Gauss(p[i], 0.7, z => LogNormal(z, p[i], 0.7) - LogNormal(z, 0, 1) - LogNormal(new[] { -0.4, 0.9, 1.6, 0.2 }[i], z, 1))),
        };
    }

    private static Estimators.Case MaskedNormals()
    {
        var mask = tensor(new[] { true, false, true });
        return new(
            Runs.Program(() =>
            {
                using (IArange("n", 3))
                    Observe("x", new Normal(Sample("z", new Normal(zeros(3, ScalarType.Float64), 1).Mask(mask)), 1), tensor(new[] { 1.2, 0.1, 2.2 }));
            }, "model"),
            options => Runs.Program(() =>
            {
                var m = Param("m", tensor(new[] { 0.5, 0.3, 0.9 }));
                using (IArange("n", 3))
                    Sample("z", new Normal(m, 0.6, reparameterized: false).Mask(mask), null, options);
            }, "guide"),
            LockStep: false)
        {
            Known = p => Enumerable.Range(0, 3).Sum(i => Gauss(p[i], 0.6, z =>
                (i == 1 ? 0 : LogNormal(z, p[i], 0.6) - LogNormal(z, 0, 1)) - LogNormal(new[] { 1.2, 0.1, 2.2 }[i], z, 1))),
        };
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static double LogNormal(double x, double mean, double sd) => -0.5 * s_log2Pi - Math.Log(sd) - 0.5 * (x - mean) * (x - mean) / (sd * sd);

    /// <summary>E ln q(z)/p(z) + f(z) of a choice.</summary>
    private static double Choice(double q, double p, Func<int, double> of) =>
        q * (Math.Log(q / p) + of(1)) + (1 - q) * (Math.Log((1 - q) / (1 - p)) + of(0));

    /// <summary>The mean of a function under a normal distribution, by the trapezoid rule, which is exact to all digits for such functions.</summary>
    private static double Gauss(double mean, double sd, Func<double, double> of)
    {
        const double Step = 0.05;
        var sum = 0.0;
        for (var t = -9.0; t <= 9; t += Step)
            sum += Math.Exp(-0.5 * t * t) * of(mean + sd * t);
        return sum * Step / Math.Sqrt(2 * Math.PI);
    }
}
