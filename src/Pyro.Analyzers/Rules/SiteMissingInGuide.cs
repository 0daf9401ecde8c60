using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Analyzers.Flow;
using Pyro.Compiler.Catalog;
using Pyro.Compiler.Ir;

namespace Pyro.Analyzers.Rules;

/// <summary>
/// PYRO020: a latent site of the model that the guide never has, reported on the guide's name; or that the model has always and the guide only on some
/// of its paths, reported on the site's name there. Silent where the guide may have sites that cannot be seen, and
/// about a site that a handler gives a value or hides wherever the model is used.
/// </summary>
internal sealed class SiteMissingInGuide() : Rule(
    "PYRO020",
    DiagnosticSeverity.Error,
    "A latent site of the model has no counterpart in the guide",
    "Guide '{0}' lacks the latent site '{1}' of its model '{2}'{3}",
    "A guide approximates the posterior of all latent sites of its model: for each it samples a site of the same name, whenever the "
        + "model does."), IPairRule
{
    /// <summary>Property of the diagnostic: the name of the missing site.</summary>
    public const string MissingName = nameof(MissingName);

    /// <summary>Property of the diagnostic: the family that a mean-field guide has for the site, by its full name.</summary>
    public const string Family = nameof(Family);

    public void Check(GuidePair pair, Action<Diagnostic> report)
    {
        if (!pair.GuideSites.AreComplete)
            return;
        var seen = new HashSet<string>();
        foreach (var site in pair.ModelSites.Latent)
        {
            // What a library's guide has for it may be all that there is in the model.
            if (site.Name.Key is { Length: > 0 } key && IsInLibrary(key, pair.GuideSites))
                continue;
            if (Lacking(site, pair) is { } lacking && seen.Add(lacking)
                && !pair.Symbols.Handled.MayBe(pair.Model.Method, lacking, pair.Symbols))
                report(Create(pair, pair.Guide.Method.Locations[0], lacking, lacking, "", null));
            if (site.Name.Key is not { Length: > 0 } name || !seen.Add(name))
                continue;
            var counterparts = pair.GuideSites.Named(name).Where(call => call.Kind == PrimitiveKind.Sample).ToArray();
            var isMissing = counterparts.Length == 0;
            if ((!isMissing && !(IsAlways(site, pair.Model) && IsSometimes(counterparts, pair.Guide))
                && !IsElsewhere(site, counterparts, pair))
                || pair.Symbols.Handled.MayBe(pair.Model.Method, name, pair.Symbols))
                continue;
            if (isMissing)
                report(Create(
                    pair, pair.Guide.Method.Locations[0], name, site.Name.Text!, "", IsAlone(site, pair.Model) ? Factor(site) : null));
            else
                report(Create(pair, counterparts[0].NameArgument.GetLocation(), name, site.Name.Text!, " on some of its paths", null));
        }
        CheckLibraries(pair, seen, report);
    }

    /// <summary>The latent sites of the programs of other assemblies that the model calls.</summary>
    private void CheckLibraries(GuidePair pair, HashSet<string> seen, Action<Diagnostic> report)
    {
        foreach (var call in pair.ModelSites.Libraries)
            foreach (var site in call.Latent)
            {
                if (IsInLibrary(site.Key, pair.GuideSites) || !seen.Add(site.Key) || pair.Symbols.Handled.MayBe(pair.Model.Method, site.Key, pair.Symbols))
                    continue;
                var counterparts = pair.GuideSites.Named(site.Key).Where(other => other.Kind == PrimitiveKind.Sample).ToArray();
                if (counterparts.Length == 0)
                    report(Create(pair, pair.Guide.Method.Locations[0], site.Key, site.Name, "", null));
                else if (site is { IsCertain: true, Places: 0 } && pair.Model.Libraries.Contains(call) && pair.Model.Flow.IsCertain(call.Operation.Syntax)
                    && IsSometimes(counterparts, pair.Guide))
                    report(Create(pair, counterparts[0].NameArgument.GetLocation(), site.Key, site.Name, " on some of its paths", null));
            }
    }

    private static bool IsInLibrary(string key, Sites sites) => sites.InLibraries(key).Any(site => site.Kind == SiteKind.Latent);

    /// <summary>A name of the site that none of its counterparts has, where the loops around all of them have constant bounds.</summary>
    private static string? Lacking(PrimitiveCall site, GuidePair pair)
    {
        if (site.Name.Key is not { Length: > 0 } name
            || pair.GuideSites.Named(name).Where(call => call.Kind == PrimitiveKind.Sample).ToArray() is not { Length: > 0 } counterparts
            || (site.Name.Constant is not null && counterparts.All(call => call.Name.Constant is not null)))
            return null;
        var names = counterparts.Select(LoopNames.Of).ToArray();
        return names.Any(known => known is null) ? null : LoopNames.Always(site, pair.Model).Except(names.SelectMany(known => known!))
            .FirstOrDefault();
    }

    /// <summary>Whether all counterparts stand where a condition is another than where the site stands in the model.</summary>
    private static bool IsElsewhere(PrimitiveCall site, PrimitiveCall[] counterparts, GuidePair pair) =>
        site.Name.Constant is not null && pair.Model.Has(site)
        && counterparts.All(call => call.Name.Constant is not null && pair.Guide.Has(call) && Guards.Of(call).Excludes(Guards.Of(site)));

    private static bool IsAlways(PrimitiveCall site, MethodBody model) =>
        site.Name.Constant is not null && model.Has(site) && model.Flow.IsCertain(site.Operation.Syntax);

    /// <summary>Whether some way through the guide passes none of the sites. Loops are left out: whether they run at all is not for this rule.</summary>
    private static bool IsSometimes(PrimitiveCall[] sites, MethodBody guide)
    {
        var places = sites.Select(site => site.Operation.Syntax).ToArray();
        return sites.All(site => site.Name.Constant is not null && guide.Has(site))
            && places.All(place => guide.Flow.Knows(place) && !guide.Flow.Repeats(place))
            && !guide.Flow.IsCertain(places);
    }

    /// <summary>Whether the site is one number, outside loops and plates: then its counterpart can be written without knowing more of the model.</summary>
    private static bool IsAlone(PrimitiveCall site, MethodBody model) =>
        site.Name.Constant is not null && model.Has(site) && Loops.Around(site.Operation) is null && !Loops.IsInPlate(site.Operation)
        && site.EventRank == 0 && !Derivation.Of(site.Density!, model).Any(part => MayHaveDimensions(part.Operation));

    private static bool MayHaveDimensions(IOperation part) => part switch
    {
        IArrayCreationOperation or ICollectionExpressionOperation => true,
        IParameterReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation => !part.ConstantValue.HasValue && part.Type?.IsValueType != true,
        IInvocationOperation { TargetMethod: { Name: "Expand" or "zeros" or "ones" or "full" or "eye" or "arange" or "linspace" or "rand" or "randn" } } => true,
        _ => false,
    };

    /// <summary>The family that a mean-field guide has for the site, by its full name; null where there is none.</summary>
    private static string? Factor(PrimitiveCall site) => site.Support is { } support
        ? site.Constructions[0].Family!.MeanFieldFor(support)?.FullName()
        : null;

    private Diagnostic Create(GuidePair pair, Location location, string name, string text, string when, string? family)
    {
        var properties = ImmutableDictionary<string, string?>.Empty;
        if (family is not null)
            properties = properties.Add(MissingName, name).Add(Family, family);
        return Diagnostic.Create(Descriptor, location, properties, pair.Guide.Method.Name, text, pair.Model.Method.Name, when);
    }
}
