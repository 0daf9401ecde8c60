using Pyro.Checks;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>Kullback–Leibler divergences KL(p ‖ q) = E ln p(x) − ln q(x) under p, in closed form.</summary>
public static class Kl
{
    /// <summary>The divergence of p from q: of the shape that their log densities broadcast to; infinite where p has mass that q has not.</summary>
    /// <param name="p">The distribution that the expectation is under.</param>
    /// <param name="q">The other one.</param>
    /// <exception cref="NotSupportedException">The pair has no closed form here.</exception>
    public static Tensor Divergence(Distribution p, Distribution q) => (p, q) switch
    {
        (Normal a, Normal b) => Normals(a.Mu, a.Sigma, b.Mu, b.Sigma),
        (LogNormal a, LogNormal b) => Normals(a.Mu, a.Sigma, b.Mu, b.Sigma),
        (HalfNormal a, HalfNormal b) => Normals(a.Sigma.new_zeros([]), a.Sigma, a.Sigma.new_zeros([]), b.Sigma),
        (Normal a, Laplace b) => FromNormal(a, b),
        (Laplace a, Normal b) => FromLaplace(a, b),
        (Uniform a, Normal b) => FromUniform(a, b),

        // 1/x is gamma, and divergences do not change with coordinates.
        (InverseGamma a, InverseGamma b) => Gammas((a.Alpha, a.Beta), (b.Alpha, b.Beta)),
        (Exponential a, Exponential b) => Exponentials(a.Lam, b.Lam),
        _ when AsGamma(p) is { } a && AsGamma(q) is { } b => Gammas(a, b),
        (Beta a, Beta b) => Dirichlets(Pair(a), Pair(b)),
        (Dirichlet a, Dirichlet b) => Dirichlets(a.Alpha, b.Alpha),
        (Uniform a, Uniform b) => Uniforms(a, b),
        (Laplace a, Laplace b) => Laplaces(a, b),
        (Cauchy a, Cauchy b) => ((a.Gamma + b.Gamma).square() + (a.Mu - b.Mu).square()).log() - (4 * a.Gamma * b.Gamma).log(),
        (Gumbel a, Gumbel b) => Gumbels(a, b),
        (Pareto a, Pareto b) => Paretos(a, b),
        (Weibull a, Weibull b) => Weibulls(a, b),
        (VonMises a, VonMises b) => Angles(a, b),
        (Poisson a, Poisson b) => Logs.Power(a.Lam, a.Lam) - Logs.Power(b.Lam, a.Lam) - a.Lam + b.Lam,
        (Geometric a, Geometric b) => Bernoullis(a.Ps, b.Ps) / a.Ps,
        (NegativeBinomial a, NegativeBinomial b) when Same(a.R, b.R) => a.R * Bernoullis(a.Ps, b.Ps) / (1 - a.Ps),
        (Binomial a, Binomial b) when Same(a.N, b.N) => a.N * Bernoullis(a.Ps, b.Ps),
        (Multinomial a, Multinomial b) when Same(a.N, b.N) => a.N * Enumerated(new Categorical(a.Ps), new Categorical(b.Ps)),
        (Categorical a, Categorical b) => Enumerated(a, b),
        (OneHotCategorical a, OneHotCategorical b) => Enumerated(a, b),
        (Bernoulli or Binomial or BetaBinomial, Bernoulli or Binomial or BetaBinomial or Poisson or Geometric or NegativeBinomial) => Enumerated(p, q),
        (Delta a, { EventRank: 0 }) => FromPoint(a, q),
        (MultivariateNormal a, MultivariateNormal b) => NormalVectors(a, b),
        (LowRankMultivariateNormal a, _) => Divergence(Dense(a), q),
        (MultivariateNormal, LowRankMultivariateNormal b) => Divergence(p, Dense(b)),
        (Independent a, Independent b) when a.Count == b.Count => Sum(Divergence(a.Inner, b.Inner), a.Count),
        (TransformedDistribution a, TransformedDistribution b) when a.EventRank == b.EventRank && a.Maps.SequenceEqual(b.Maps)
            => Sum(Divergence(a.Source, b.Source), a.EventRank - a.Source.EventRank),
        _ => throw new NotSupportedException(
            $"The divergence of {p.Name} from {q.Name} has no closed form here. Estimate it from samples of the first: the mean of LogProb of both."),
    };

    // The deviations' logarithms one by one: the square of a small ratio vanishes in single precision.
    private static Tensor Normals(Tensor mu, Tensor sigma, Tensor otherMu, Tensor otherSigma) =>
        0.5 * ((sigma / otherSigma).square() + ((mu - otherMu) / otherSigma).square() - 1) - sigma.log() + otherSigma.log();

    private static Tensor FromNormal(Normal a, Laplace b)
    {
        // E|x − μ| of a normal number, and its entropy.
        var z = (a.Mu - b.Mu) / (a.Sigma * Logs.RootTwo);
        var distance = a.Sigma * Math.Sqrt(2 / Math.PI) * (-z.square()).exp() + (a.Mu - b.Mu) * z.erf();
        return distance / b.Scale + b.Scale.log() + Logs.Two - a.Sigma.log() - (Logs.HalfTwoPi + 0.5);
    }

    private static Tensor FromLaplace(Laplace a, Normal b) =>
        (a.Scale.square() + 0.5 * (a.Mu - b.Mu).square()) / b.Sigma.square() + b.Sigma.log() + Logs.HalfTwoPi - a.Scale.log() - (1 + Logs.Two);

    private static Tensor FromUniform(Uniform a, Normal b)
    {
        var far = (a.AnalyticMean - b.Mu).square() + a.AnalyticVar;
        return 0.5 * far / b.Sigma.square() + b.Sigma.log() + Logs.HalfTwoPi - (a.B - a.A).log();
    }

    private static (Tensor Alpha, Tensor Beta)? AsGamma(Distribution distribution) => distribution switch
    {
        Gamma gamma => (gamma.Alpha, gamma.Beta),
        Exponential exponential => (exponential.Lam.ones_like(), exponential.Lam),
        Chi2 chi2 => (chi2.Df / 2, chi2.Df.new_full([], 0.5)),
        _ => null,
    };

    private static Tensor Gammas((Tensor Alpha, Tensor Beta) a, (Tensor Alpha, Tensor Beta) b) =>
        (a.Alpha - b.Alpha) * a.Alpha.digamma() - a.Alpha.lgamma() + b.Alpha.lgamma() + b.Alpha * (a.Beta / b.Beta).log()
        + a.Alpha * (b.Beta / a.Beta - 1);

    private static Tensor Exponentials(Tensor rate, Tensor other) => (rate / other).log() + other / rate - 1;

    private static Tensor Dirichlets(Tensor alpha, Tensor other)
    {
        var total = alpha.sum(-1);
        return total.lgamma() - other.sum(-1).lgamma() + (other.lgamma() - alpha.lgamma()).sum(-1)
            + ((alpha - other) * (alpha.digamma() - total.digamma().unsqueeze(-1))).sum(-1);
    }

    private static Tensor Uniforms(Uniform a, Uniform b)
    {
        var divergence = (b.B - b.A).log() - (a.B - a.A).log();
        return where(b.A.le(a.A).logical_and(b.B.ge(a.B)), divergence, divergence.new_full([], double.PositiveInfinity));
    }

    private static Tensor Laplaces(Laplace a, Laplace b)
    {
        var distance = (a.Mu - b.Mu).abs();
        return (b.Scale / a.Scale).log() + distance / b.Scale + a.Scale / b.Scale * (-distance / a.Scale).exp() - 1;
    }

    private static Tensor Gumbels(Gumbel a, Gumbel b)
    {
        var ratio = a.Beta / b.Beta;
        var shift = (a.Mu - b.Mu) / b.Beta;
        return shift - ratio.log() + Logs.EulerGamma * (ratio - 1) + ((1 + ratio).lgamma() - shift).exp() - 1;
    }

    private static Tensor Paretos(Pareto a, Pareto b)
    {
        var ratio = b.Alpha / a.Alpha;
        var divergence = b.Alpha * (a.Scale / b.Scale).log() - ratio.log() + ratio - 1;
        return where(a.Scale.ge(b.Scale), divergence, divergence.new_full([], double.PositiveInfinity));
    }

    private static Tensor Weibulls(Weibull a, Weibull b)
    {
        var ratio = (a.Lam / b.Lam).log();
        return (a.K / b.K).log() - b.K * ratio - (a.K - b.K) * Logs.EulerGamma / a.K + (b.K * ratio + (1 + b.K / a.K).lgamma()).exp() - 1;
    }

    private static Tensor Angles(VonMises a, VonMises b)
    {
        // I₀ scaled by exp(−κ), so that large concentrations stay finite.
        var (own, other) = (special.i0e(a.Kappa), special.i0e(b.Kappa));
        var mean = special.i1e(a.Kappa) / own;
        return a.Kappa * (mean - 1) - b.Kappa * (mean * (a.Mu - b.Mu).cos() - 1) + other.log() - own.log();
    }

    private static Tensor Bernoullis(Tensor p, Tensor q) =>
        Logs.Power(p, p) - Logs.Power(q, p) + Logs.Power(1 - p, 1 - p) - Logs.Power(1 - q, 1 - p);

    private static Tensor FromPoint(Delta a, Distribution b)
    {
        var (point, other) = Expanded(a, b);
        return -other.LogProb(point.V);
    }

    private static bool Same(Tensor a, Tensor b) => a.eq(b).all().Number<bool>();

    private static Tensor Enumerated(Distribution p, Distribution q)
    {
        if (p is Categorical or OneHotCategorical && p.Leading.Sizes()[^1] != q.Leading.Sizes()[^1])
            throw new ArgumentException($"{p.Name} has {p.Leading.Sizes()[^1]} outcomes and the other one {q.Leading.Sizes()[^1]}.");
        (p, q) = Expanded(p, q);
        var support = p.EnumerateSupport();
        var first = p.LogProb(support);
        var possible = first.isneginf().logical_not();
        var difference = where(possible, first, first.new_zeros([])) - where(possible, q.LogProb(support), first.new_zeros([]));
        return (first.exp() * difference).sum([0L]);
    }

    private static (TDistribution P, Distribution Q) Expanded<TDistribution>(TDistribution p, Distribution q)
        where TDistribution : Distribution
    {
        var batch = Shapes.Broadcast(p.LogProbShape, q.LogProbShape) ?? throw new ArgumentException(
            $"{p.Name} of shape {Shapes.Format(p.LogProbShape)} and {q.Name} of shape {Shapes.Format(q.LogProbShape)} do not broadcast.");
        return ((TDistribution)p.Expand(batch), q.Expand(batch));
    }

    private static MultivariateNormal Dense(LowRankMultivariateNormal low) =>
        new(low.Mu, covariance: low.Factor.checked_matmul(low.Factor.mT) + diag_embed(low.Diagonal));

    private static Tensor NormalVectors(MultivariateNormal a, MultivariateNormal b)
    {
        var size = a.Shape[^1];
        var (own, other) = (a.ScaleTril, b.ScaleTril);
        var ratio = linalg.solve_triangular(other, own, upper: false).square().sum(-1).sum(-1);
        var far = MultivariateNormal.Whiten(a.Mu - b.Mu, other).square().sum(-1);
        return 0.5 * (ratio + far - size) + LogDeterminant(other) - LogDeterminant(own);
    }

    private static Tensor LogDeterminant(Tensor triangular) => triangular.diagonal(0, -2, -1).log().sum(-1);

    private static Tensor Pair(Beta beta)
    {
        return stack([beta.Alpha.expand(beta.Shape), beta.BetaParameter.expand(beta.Shape)], -1);
    }

    private static Tensor Sum(Tensor values, int dimensions)
    {
        for (var i = 0; i < dimensions; i++)
            values = values.sum(-1);
        return values;
    }
}
