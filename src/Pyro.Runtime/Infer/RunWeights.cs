using Pyro.Distributions;
using Pyro.Traces;

namespace Pyro.Infer;

/// <summary>The weights of runs.</summary>
internal static class RunWeights
{
    /// <summary>A run with its weight.</summary>
    /// <param name="trace">The run.</param>
    /// <param name="logWeight">The logarithm of the weight: of zero where the run is impossible.</param>
    /// <param name="scored">What the weight was computed from.</param>
    /// <exception cref="ModelException">The weight is NaN or infinite: the message names the site.</exception>
    public static WeightedTrace Of(Trace trace, double logWeight, params ReadOnlySpan<Trace> scored)
    {
        if (logWeight < double.PositiveInfinity)
            return new WeightedTrace(trace, logWeight);
        // A density of zero is a reason only where it is subtracted from another one.
        if ((Find(scored, static density => double.IsNaN(density) || density > 0) ?? Find(scored, static _ => true)) is var (site, found))
            throw new ModelException(site,
                $"The log density of site '{site}' is {Numbers.Format(found)} in a run, whose weight is then no number. Give the site parameters and values " +
                "that have a finite density.");
        throw new ModelException(null, $"The weight of a run is {Numbers.Format(logWeight)}, though each site's log density is finite: their sum or scale overflows. Lower the scales.");
    }

    private static (string Site, double Density)? Find(ReadOnlySpan<Trace> scored, Func<double, bool> isAtFault)
    {
        foreach (var run in scored)
            foreach (var site in run)
                if (site.IsStochastic && Scalars.ToDouble(site.LogPdf()) is var density && !double.IsFinite(density) && isAtFault(density))
                    return (site.Name, density);
        return null;
    }
}
