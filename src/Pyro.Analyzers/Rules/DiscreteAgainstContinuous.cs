using Microsoft.CodeAnalysis;
using Pyro.Analyzers.Flow;
using Pyro.Compiler.Rules;

namespace Pyro.Analyzers.Rules;

/// <summary>PYRO023: a discrete guide for a continuous site, or the reverse, whichever of the model's sites of that name runs.</summary>
internal sealed class DiscreteAgainstContinuous : IPairRule
{
    public DiagnosticDescriptor Descriptor => GuideRules.DiscreteAgainstContinuous;

    public void Check(GuidePair pair, Action<Diagnostic> report)
    {
        foreach (var site in pair.GuideSites.Certain)
        {
            if (site is not { Kind: PrimitiveKind.Sample, Name.Key: { } name })
                continue;
            var others = pair.ModelSites.Latent.Where(latent => latent.Name.Key == name).Select(Families.Of).ToArray();
            foreach (var construction in Families.Constructions(site))
                if (Families.Of(construction) is { } family && others.Length > 0 && others.All(known => known?.All(other => other.IsDiscrete != family.IsDiscrete) == true))
                    report(Diagnostic.Create(
                        Descriptor, Families.Place(construction), name, Kind(family.IsDiscrete), family.Name, Kind(!family.IsDiscrete), others[0]![0].Name));
        }
    }

    private static string Kind(bool discrete) => discrete ? "discrete" : "continuous";
}
