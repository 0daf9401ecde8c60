using Microsoft.CodeAnalysis;
using Pyro.Analyzers.Flow;
using Pyro.Compiler.Catalog;

namespace Pyro.Analyzers.Rules;

/// <summary>PYRO022: a guide that gives values outside the support that the site has in the model, whichever of the model's sites of that name runs.</summary>
internal sealed class SupportOutsideModel() : Rule(
    "PYRO022",
    DiagnosticSeverity.Error,
    "The support of the guide is not inside that of the model",
    "Site '{0}' may be outside the model's support: {1} gives any value that is {2}, {3} wants one that is {4}",
    "Where the guide has mass and the model has none, the log density of the model is minus infinity, and so is the ELBO."), IPairRule
{
    public void Check(GuidePair pair, Action<Diagnostic> report)
    {
        foreach (var site in pair.GuideSites.Certain)
        {
            if (site is not { Kind: PrimitiveKind.Sample, Name.Key: not null })
                continue;
            foreach (var construction in site.Constructions)
                if (construction.Support is not { } support)
                    continue;
                else if (pair.Misfits(site, construction, other => !IsOutside(support, other.Support)) is { Count: > 0 } misfits)
                    report(Diagnostic.Create(
                        Descriptor, construction.Place, site.Name.Text,
                        construction.Family!.Name, support.Words, misfits[0].Family!.Name, misfits[0].Support!.Words));
                else if (pair.LibraryMisfit(site, other => !IsOutside(support, other)) is { } misfit)
                    report(Diagnostic.Create(
                        Descriptor, construction.Place, site.Name.Text,
                        construction.Family!.Name, support.Words, misfit.Site.Distribution.Name, misfit.Support.Words));
        }
    }

    /// <summary>A density against a mass is another rule's.</summary>
    private static bool IsOutside(Constraint guide, Constraint? model) =>
        model is not null && guide.IsDiscrete == model.IsDiscrete && !guide.IsInside(model);
}
