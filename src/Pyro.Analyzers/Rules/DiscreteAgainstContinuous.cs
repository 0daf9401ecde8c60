using Microsoft.CodeAnalysis;
using Pyro.Analyzers.Flow;

namespace Pyro.Analyzers.Rules;

/// <summary>PYRO023: a discrete guide for a continuous site, or the reverse, whichever of the model's sites of that name runs.</summary>
internal sealed class DiscreteAgainstContinuous() : Rule(
    "PYRO023",
    DiagnosticSeverity.Error,
    "The guide is discrete where the model is continuous, or the reverse",
    "Site '{0}' is {1} in the guide ({2}) and {3} in the model ({4})",
    "A probability mass and a density have no ratio, so the ELBO of such a pair means nothing. A Delta guide is a point estimate, "
        + "and allowed."), IPairRule
{
    public void Check(GuidePair pair, Action<Diagnostic> report)
    {
        foreach (var site in pair.GuideSites.Certain)
        {
            if (site is not { Kind: PrimitiveKind.Sample, Name.Key: not null })
                continue;
            foreach (var construction in site.Constructions)
                if (construction.Family is not { IsDiscrete: { } discrete } family)
                    continue;
                else if (pair.Misfits(site, construction, other => other.Family?.IsDiscrete != !discrete) is { Count: > 0 } misfits)
                    report(Diagnostic.Create(
                        Descriptor, construction.Place, site.Name.Text, Kind(discrete), family.Name, Kind(!discrete), misfits[0].Family!.Name));
                else if (pair.LibraryMisfit(site, other => other.IsDiscrete == discrete) is { } misfit)
                    report(Diagnostic.Create(
                        Descriptor, construction.Place, site.Name.Text, Kind(discrete), family.Name, Kind(!discrete), misfit.Site.Distribution.Name));
        }
    }

    private static string Kind(bool discrete) => discrete ? "discrete" : "continuous";
}
