using Microsoft.CodeAnalysis;
using Pyro.Analyzers.Flow;
using Pyro.Compiler.Rules;

namespace Pyro.Analyzers.Rules;

/// <summary>PYRO022: a guide that gives values outside the support that the site has in the model, whichever of the model's sites of that name runs.</summary>
internal sealed class SupportOutsideModel : IPairRule
{
    public DiagnosticDescriptor Descriptor => GuideRules.SupportOutsideModel;

    public void Check(GuidePair pair, Action<Diagnostic> report)
    {
        foreach (var site in pair.GuideSites.Certain)
        {
            if (site is not { Kind: PrimitiveKind.Sample, Name.Key: { } name })
                continue;
            var latents = pair.ModelSites.Latent.Where(latent => latent.Name.Key == name).Select(Families.Constructions).ToArray();
            if (latents.Length == 0 || latents.Any(latent => latent.Count == 0))
                continue;
            foreach (var construction in Families.Constructions(site))
                if (Families.Support(construction) is { } support && latents.All(latent => latent.All(other => IsOutside(support, Families.Support(other)))))
                    report(Diagnostic.Create(
                        Descriptor,
                        Families.Place(construction),
                        name,
                        Families.Of(construction)!.Name,
                        support.Words,
                        Families.Of(latents[0][0])!.Name,
                        Families.Support(latents[0][0])!.Words));
        }
    }

    /// <summary>A density against a mass is another rule's.</summary>
    private static bool IsOutside(Domain guide, Domain? model) =>
        model is not null && guide.IsDiscrete == model.IsDiscrete && !guide.IsInside(model);
}
