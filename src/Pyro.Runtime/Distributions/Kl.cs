using Pyro.Checks;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>Kullback–Leibler divergences KL(p ‖ q) = E ln p(x) − ln q(x) under p, in closed form.</summary>
public static class Kl
{
    /// <summary>
    /// The divergence of p from q: of the shape that their log densities broadcast to; never negative, and infinite where p has mass that q has not. It is
    /// computed in double precision and comes in the parameters' own.
    /// </summary>
    /// <param name="p">The distribution that the expectation is under.</param>
    /// <param name="q">The other one.</param>
    /// <exception cref="NotSupportedException">The pair has no closed form here.</exception>
    public static Tensor Divergence(Distribution p, Distribution q)
    {
        var (own, other) = (p.Leading.dtype, q.Leading.dtype);
        if (own == ScalarType.Float64 && other == ScalarType.Float64)
            return NotNegative(Between(p, q));
        var divergence = NotNegative(Between(p.Wide(), q.Wide()));
        return p.Leading.is_floating_point() && q.Leading.is_floating_point() ? divergence.to_type(promote_types(own, other)) : divergence;
    }

    // A divergence is not negative (Gibbs' inequality): where its terms cancel, rounding may leave less than 0. The gradient stays as it is.
    private static Tensor NotNegative(Tensor divergence) => divergence + (-divergence.detach()).clamp_min(0);

    private static Tensor Between(Distribution p, Distribution q) => (p, q) switch
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
        (Cauchy a, Cauchy b) => Cauchys(a, b),
        (Gumbel a, Gumbel b) => Gumbels(a, b),
        (Pareto a, Pareto b) => Paretos(a, b),
        (Weibull a, Weibull b) => Weibulls(a, b),
        (VonMises a, VonMises b) => Angles(a, b),
        (Poisson a, Poisson b) => Stirling.Deviance(a.Lam, b.Lam, b.Lam - a.Lam),
        (Geometric a, Geometric b) => Bernoullis(a.Odds, b.Odds) / a.Ps,
        (NegativeBinomial a, NegativeBinomial b) when Same(a.R, b.R) => a.R * (Bernoullis(a.Odds, b.Odds) / a.Odds.Others),
        (Binomial a, Binomial b) when Same(a.N, b.N) => a.N * Bernoullis(a.Odds, b.Odds),
        (Bernoulli a, Bernoulli b) => Bernoullis(a.Odds, b.Odds),
        (Multinomial a, Multinomial b) when Same(a.N, b.N) => a.N * Outcomes(a, a.Ps, b, b.Ps),
        (Categorical a, Categorical b) => Outcomes(a, a.Ps, b, b.Ps),
        (OneHotCategorical a, OneHotCategorical b) => Outcomes(a, a.Ps, b, b.Ps),
        (Bernoulli or Binomial or BetaBinomial, Bernoulli or Binomial or BetaBinomial or Poisson or Geometric or NegativeBinomial) => Enumerated(p, q),
        (Delta a, { EventRank: 0 }) => FromPoint(a, q),
        (MultivariateNormal a, MultivariateNormal b) => NormalVectors(a, b),
        (LowRankMultivariateNormal a, _) => Between(Dense(a), q),
        (MultivariateNormal, LowRankMultivariateNormal b) => Between(p, Dense(b)),
        (Independent a, Independent b) when a.Count == b.Count => Sum(Between(a.Inner, b.Inner), a.Count),
        (TransformedDistribution a, TransformedDistribution b) when a.EventRank == b.EventRank && a.Maps.SequenceEqual(b.Maps)
            => Sum(Between(a.Source, b.Source), a.EventRank - a.Source.EventRank),
        _ => throw new NotSupportedException(
            $"The divergence of {p.Name} from {q.Name} has no closed form here. Estimate it from samples of the first: the mean of LogProb of both."),
    };

    // With r = σ/σ′: ½(r² − 1 − 2 ln r) is ½(r − 1)² and the deviance of 1 from r.
    private static Tensor Normals(Tensor mu, Tensor sigma, Tensor otherMu, Tensor otherSigma)
    {
        var apart = (sigma - otherSigma) / otherSigma;
        return 0.5 * (apart.square() + ((mu - otherMu) / otherSigma).square()) + OneFrom(sigma / otherSigma, apart);
    }

    // r − 1 − ln r.
    private static Tensor OneFrom(Tensor ratio, Tensor apart) => Stirling.Deviance(ratio.ones_like(), ratio, apart);

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

    // With m = α β′/β: the deviance of α′ from m, and what shapes add.
    private static Tensor Gammas((Tensor Alpha, Tensor Beta) a, (Tensor Alpha, Tensor Beta) b)
    {
        var mean = a.Alpha * (b.Beta / a.Beta);
        return Stirling.Deviance(b.Alpha, mean, mean - b.Alpha) + Forms(a.Alpha, b.Alpha);
    }

    // ln Γ(b) − ln Γ(a) − (b − a) ψ(a) less the deviance of b from a: small where both are large.
    private static Tensor Forms(Tensor a, Tensor b)
    {
        return Stirling.Peak(a) - Stirling.Peak(b) + (a / b).log() + (b - a) * Stirling.Lag(a);
    }

    private static Tensor Exponentials(Tensor rate, Tensor other) => OneFrom(other / rate, (other - rate) / rate);

    // The deviance of each part from its mean share of the other total, and what shapes add.
    private static Tensor Dirichlets(Tensor alpha, Tensor other)
    {
        var (total, otherTotal) = (alpha.sum(-1, keepdim: true), other.sum(-1, keepdim: true));
        var mean = otherTotal * (alpha / total);
        var apart = (otherTotal * alpha - total * other) / total;
        return (Stirling.Deviance(other, mean, apart) + Forms(alpha, other)).sum(-1) - Forms(total, otherTotal).squeeze(-1);
    }

    private static Tensor Cauchys(Cauchy a, Cauchy b) =>
        (((a.Gamma - b.Gamma).square() + (a.Mu - b.Mu).square()) / (4 * a.Gamma * b.Gamma)).log1p();

    private static Tensor Uniforms(Uniform a, Uniform b)
    {
        var divergence = (b.B - b.A).log() - (a.B - a.A).log();
        return where(b.A.le(a.A).logical_and(b.B.ge(a.B)), divergence, divergence.new_full([], double.PositiveInfinity));
    }

    private static Tensor Laplaces(Laplace a, Laplace b)
    {
        var distance = (a.Mu - b.Mu).abs();
        var far = distance / a.Scale;
        return OneFrom(a.Scale / b.Scale, (a.Scale - b.Scale) / b.Scale) + a.Scale / b.Scale * (far + (-far).expm1());
    }

    private static Tensor Gumbels(Gumbel a, Gumbel b)
    {
        var ratio = a.Beta / b.Beta;
        var shift = (a.Mu - b.Mu) / b.Beta;
        return shift - ratio.log() + Logs.EulerGamma * (ratio - 1) + ((1 + ratio).lgamma() - shift).expm1();
    }

    private static Tensor Paretos(Pareto a, Pareto b)
    {
        var ratio = b.Alpha / a.Alpha;
        var divergence = b.Alpha * (a.Scale / b.Scale).log() + OneFrom(ratio, (b.Alpha - a.Alpha) / a.Alpha);
        return where(a.Scale.ge(b.Scale), divergence, divergence.new_full([], double.PositiveInfinity));
    }

    private static Tensor Weibulls(Weibull a, Weibull b)
    {
        // ln 1 + r of the difference r, which may be small.
        var ratio = b.K * ((a.Lam - b.Lam) / b.Lam).log1p();
        return (a.K / b.K).log() - ratio - (a.K - b.K) * Logs.EulerGamma / a.K + (ratio + (1 + b.K / a.K).lgamma()).expm1();
    }

    private static Tensor Angles(VonMises a, VonMises b)
    {
        // With A = I₁(κ)/I₀(κ), and I₀ scaled by exp(−κ).
        var lag = Bessel.Lag(a.Kappa);
        return (b.Kappa - a.Kappa) * lag + Bessel.Log(b.Kappa) - Bessel.Log(a.Kappa) + 2 * b.Kappa * (1 - lag) * ((a.Mu - b.Mu) / 2).sin().square();
    }

    private static Tensor Bernoullis(in Odds a, in Odds b)
    {
        var (p, q, others, otherOthers) = (a.Ps, b.Ps, a.Others, b.Others);
        // The difference of the smaller ones.
        var apart = where(p.lt(0.5), q - p, others - otherOthers);
        return Stirling.Deviance(p, q, apart) + Stirling.Deviance(others, otherOthers, -apart);
    }

    private static Tensor Outcomes(Distribution a, Tensor ps, Distribution b, Tensor qs)
    {
        if (a.Leading.Sizes()[^1] != b.Leading.Sizes()[^1])
            throw new ArgumentException($"{a.Name} has {a.Leading.Sizes()[^1]} outcomes and the other one {b.Leading.Sizes()[^1]}.");
        Both(a, b);
        return Stirling.Deviance(ps, qs, qs - ps).sum(-1);
    }

    private static Tensor FromPoint(Delta a, Distribution b)
    {
        var (point, other) = Expanded(a, b);
        return -other.LogProb(point.V);
    }

    private static bool Same(Tensor a, Tensor b) => a.eq(b).all().Number<bool>();

    private static Tensor Enumerated(Distribution p, Distribution q)
    {
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
        var batch = Both(p, q);
        return ((TDistribution)p.Expand(batch), q.Expand(batch));
    }

    private static long[] Both(Distribution p, Distribution q) => Shapes.Broadcast(p.LogProbShape, q.LogProbShape) ?? throw new ArgumentException(
        $"{p.Name} of shape {Shapes.Format(p.LogProbShape)} and {q.Name} of shape {Shapes.Format(q.LogProbShape)} do not broadcast.");

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
