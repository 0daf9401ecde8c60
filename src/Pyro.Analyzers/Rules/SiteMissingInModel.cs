using Microsoft.CodeAnalysis;
using Pyro.Analyzers.Flow;

namespace Pyro.Analyzers.Rules;

/// <summary>PYRO021: a site of the guide that no latent site of the model answers to. Silent where the model may have sites that cannot be seen.</summary>
internal sealed class SiteMissingInModel() : Rule(
    "PYRO021",
    DiagnosticSeverity.Error,
    "A site of the guide does not exist in the model",
    "Model '{0}' has no latent site '{1}'",
    "A guide samples values for the latent sites of its model, and nothing reads any other, unless it is marked as auxiliary."), IPairRule
{
    public void Check(GuidePair pair, Action<Diagnostic> report)
    {
        if (!pair.ModelSites.AreComplete)
            return;
        foreach (var site in pair.GuideSites.Certain)
            if (site is { Kind: PrimitiveKind.Sample, Name.Key: { Length: > 0 } name }
                && !WrittenOptions.MayBeAuxiliary(site)
                && !pair.ModelSites.Named(name).Any(other => other.MayBeLatent))
                report(Diagnostic.Create(Descriptor, site.NameArgument.GetLocation(), pair.Model.Method.Name, site.Name.Text));
    }
}
