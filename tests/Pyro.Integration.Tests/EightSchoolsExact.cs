namespace Pyro.Integration.Tests;

/// <summary>
/// The posterior means of the eight-schools model by quadrature: given tau everything is Gaussian, so only tau is integrated numerically.
/// mu ~ N(0, 5²), tau ~ HalfCauchy(5), theta_i ~ N(mu, tau²), y_i ~ N(theta_i, s_i²).
/// </summary>
internal static class EightSchoolsExact
{
    private const double PriorVariance = 25, TauScale = 5;

    internal static readonly float[] Effects = [28, 8, -3, 7, -1, 1, 18, 12];
    internal static readonly float[] Errors = [15, 10, 16, 11, 9, 11, 10, 18];

    /// <summary>E[mu | y], E[tau | y] and E[theta | y].</summary>
    internal static (double Mu, double Tau, double[] Theta) PosteriorMeans()
    {
        double total = 0, mu = 0, tau = 0;
        var theta = new double[Effects.Length];
        // tau = 5 tan(angle) makes the prior uniform in the angle, which the midpoint rule then covers evenly out to the heavy tail.
        const int cells = 20_000;
        for (var cell = 0; cell < cells; cell++)
        {
            var spread = TauScale * Math.Tan((cell + 0.5) / cells * Math.PI / 2);
            var (logEvidence, centre) = GivenTau(spread);
            var weight = Math.Exp(logEvidence);
            total += weight;
            mu += weight * centre;
            tau += weight * spread;
            for (var i = 0; i < theta.Length; i++)
            {
                var shrinkage = Variance(i) / (Variance(i) + spread * spread);
                theta[i] += weight * (shrinkage * centre + (1 - shrinkage) * Effects[i]);
            }
        }
        return (mu / total, tau / total, [.. theta.Select(sum => sum / total)]);
    }

    /// <summary>E[mu | y] if all schools had one effect (tau = 0): what the effects are pooled towards.</summary>
    internal static double CompletePooling() => GivenTau(0).Centre;

    private static double Variance(int school) => (double)Errors[school] * Errors[school];

    // y given tau is Gaussian around mu with variances s_i² + tau²; mu is integrated out in closed form.
    private static (double LogEvidence, double Centre) GivenTau(double tau)
    {
        double precision = 1 / PriorVariance, weighted = 0, quadratic = 0, logVariance = 0;
        for (var i = 0; i < Effects.Length; i++)
        {
            var variance = Variance(i) + tau * tau;
            precision += 1 / variance;
            weighted += Effects[i] / variance;
            quadratic += Effects[i] * Effects[i] / variance;
            logVariance += Math.Log(variance);
        }
        return (-0.5 * (quadratic - weighted * weighted / precision + logVariance + Math.Log(precision * PriorVariance)), weighted / precision);
    }
}
