using Microsoft.CodeAnalysis;
using Pyro.Analyzers.Flow;
using Pyro.Compiler.Ir;

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
        {
            if (site is not { Kind: PrimitiveKind.Sample, Name.Key: { Length: > 0 } name } || WrittenOptions.MayBeAuxiliary(site)
                || pair.ModelSites.InLibraries(name).Any(other => other.Kind == SiteKind.Latent))
                continue;
            PrimitiveCall[] latents = [.. pair.ModelSites.Named(name).Where(other => other.MayBeLatent)];
            var known = latents.Select(LoopNames.Of).ToArray();
            var unknown = latents.Length == 0 ? site.Name.Text
                : known.Any(names => names is null) ? null
                : LoopNames.Always(site, pair.Guide).Except(known.SelectMany(names => names!)).FirstOrDefault();
            if (unknown is not null)
                report(Diagnostic.Create(Descriptor, site.NameArgument.GetLocation(), pair.Model.Method.Name, unknown));
        }
    }
}
