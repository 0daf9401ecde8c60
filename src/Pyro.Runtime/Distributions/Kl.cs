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
        (Gamma a, Gamma b) => Gammas(a.Alpha, a.Beta, b.Alpha, b.Beta),

        // 1/x is gamma, and divergences do not change with coordinates.
        (InverseGamma a, InverseGamma b) => Gammas(a.Alpha, a.Beta, b.Alpha, b.Beta),
        (Chi2 a, Chi2 b) => Gammas(a.Df / 2, Half(a.Df), b.Df / 2, Half(b.Df)),
        (Exponential a, Exponential b) => Exponentials(a.Lam, b.Lam),
        (Exponential a, Gamma b) => Gammas(a.Lam.ones_like(), a.Lam, b.Alpha, b.Beta),
        (Gamma a, Exponential b) => Gammas(a.Alpha, a.Beta, b.Lam.ones_like(), b.Lam),
        (Beta a, Beta b) => Dirichlets(Pair(a), Pair(b)),
        (Dirichlet a, Dirichlet b) => Dirichlets(a.Alpha, b.Alpha),
        (Uniform a, Uniform b) => Uniforms(a, b),
        (Laplace a, Laplace b) => Laplaces(a, b),
        (Poisson a, Poisson b) => a.Lam.xlogy(a.Lam) - a.Lam.xlogy(b.Lam) - a.Lam + b.Lam,
        (Geometric a, Geometric b) => Bernoullis(a.Ps, b.Ps) / a.Ps,
        (Bernoulli a, Bernoulli b) => Enumerated(a, b),
        (Categorical a, Categorical b) => Enumerated(a, b),
        (OneHotCategorical a, OneHotCategorical b) => Enumerated(a, b),
        (MultivariateNormal a, MultivariateNormal b) => NormalVectors(a, b),
        (Independent a, Independent b) when a.Count == b.Count => Sum(Divergence(a.Inner, b.Inner), a.Count),
        (TransformedDistribution a, TransformedDistribution b) when a.EventRank == b.EventRank && a.Maps.SequenceEqual(b.Maps)
            => Sum(Divergence(a.Source, b.Source), a.EventRank - a.Source.EventRank),
        _ => throw new NotSupportedException(
            $"The divergence of {p.Name} from {q.Name} has no closed form here. Estimate it from samples of the first: the mean of LogProb of both."),
    };

    private static Tensor Normals(Tensor mu, Tensor sigma, Tensor otherMu, Tensor otherSigma)
    {
        var ratio = (sigma / otherSigma).square();
        return 0.5 * (ratio + ((mu - otherMu) / otherSigma).square() - 1 - ratio.log());
    }

    private static Tensor Gammas(Tensor alpha, Tensor beta, Tensor otherAlpha, Tensor otherBeta) =>
        (alpha - otherAlpha) * alpha.digamma() - alpha.lgamma() + otherAlpha.lgamma() + otherAlpha * (beta / otherBeta).log()
        + alpha * (otherBeta / beta - 1);

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

    private static Tensor Bernoullis(Tensor p, Tensor q) => p.xlogy(p) - p.xlogy(q) + (1 - p).xlogy(1 - p) - (1 - p).xlogy(1 - q);

    private static Tensor Enumerated(Distribution p, Distribution q)
    {
        var support = p.EnumerateSupport();
        if (support.shape[0] != q.EnumerateSupport().shape[0])
            throw new ArgumentException($"{p.Name} has {support.shape[0]} outcomes and the other one {q.EnumerateSupport().shape[0]}.");
        var (first, second) = (p.LogProb(support), LogProbAt(q, support));
        var impossible = first.isneginf();
        return where(impossible, first.new_zeros([]), first.exp() * (where(impossible, first.new_zeros([]), first) - second)).sum([0L]);
    }

    // A batch of q may be the larger one.
    private static Tensor LogProbAt(Distribution q, Tensor support)
    {
        if (q.Accepts(support.shape))
            return q.LogProb(support);
        long[] larger = [support.shape[0], .. q.Shape];
        var column = support.reshape([support.shape[0], .. Enumerable.Repeat(1L, q.Shape.Length + 1 - support.shape.Length), .. support.shape.AsSpan(1)]);
        return q.LogProb(column.expand(larger));
    }

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
        var parts = broadcast_tensors(beta.Alpha, beta.BetaParameter);
        return stack([parts[0], parts[1]], -1);
    }

    private static Tensor Half(Tensor like) => like.new_full([], 0.5);

    private static Tensor Sum(Tensor values, int dimensions)
    {
        for (var i = 0; i < dimensions; i++)
            values = values.sum(-1);
        return values;
    }
}
