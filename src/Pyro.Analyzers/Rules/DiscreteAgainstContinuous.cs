using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Pyro.Analyzers.Flow;
using Pyro.Compiler.Rules;

namespace Pyro.Analyzers.Rules;

/// <summary>PYRO023: a discrete guide for a continuous site, or the reverse, whichever of the model's sites of that name runs.</summary>
internal sealed class DiscreteAgainstContinuous : IPairRule
{
    public DiagnosticDescriptor Descriptor => GuideRules.DiscreteAgainstContinuous;

    public void Check(GuidePair pair, Action<Diagnostic> report)
    {
        foreach (var site in pair.Guide.Primitives)
        {
            if (site is not { Kind: PrimitiveKind.Sample, Name.Key: { } name } || Families.IsDiscrete(Families.Of(site)) is not { } discrete)
                continue;
            string?[] families = [.. pair.ModelSites.Latent.Where(latent => latent.Name.Key == name).Select(Families.Of)];
            if (families.Length > 0 && families.All(family => Families.IsDiscrete(family) == !discrete))
                report(Diagnostic.Create(
                    Descriptor, Place(site), name, Kind(discrete), Families.Of(site), Kind(!discrete), families[0]));
        }
    }

    private static Location Place(PrimitiveCall site) => site.Argument("distribution")!.Syntax is ObjectCreationExpressionSyntax creation
        ? creation.Type.GetLocation()
        : site.Argument("distribution")!.Syntax.GetLocation();

    private static string Kind(bool discrete) => discrete ? "discrete" : "continuous";
}
