using Pyro.Compiler.Catalog;
using Pyro.Compiler.Ir;
using Pyro.Compiler.Reading;

namespace Pyro.Analyzers.Flow;

/// <summary>A guide and its model, each with the sites that it may have.</summary>
internal sealed class GuidePair(MethodBody guide, Sites guideSites, MethodBody model, Sites modelSites, RuntimeSymbols symbols)
{
    public MethodBody Guide { get; } = guide;

    public Sites GuideSites { get; } = guideSites;

    public MethodBody Model { get; } = model;

    public Sites ModelSites { get; } = modelSites;

    public RuntimeSymbols Symbols { get; } = symbols;

    /// <summary>
    /// Those of the model's constructions for a site of the guide that do not fit the guide's, where some run is certain to meet one: all
    /// that there are, or one that the model has only where the guide has this. None otherwise.
    /// </summary>
    /// <param name="site">The guide's site.</param>
    /// <param name="made">The guide's construction.</param>
    /// <param name="fits">Whether a construction of the model fits, or may.</param>
    public IReadOnlyList<Construction> Misfits(PrimitiveCall site, Construction made, Func<Construction, bool> fits)
    {
        var all = (from latent in ModelSites.Named(site.Name.Key!)
                   where latent.Kind == PrimitiveKind.Sample && latent.Name.Key == site.Name.Key
                   from other in latent.Constructions.DefaultIfEmpty()
                   select (Latent: latent, Made: other)).ToArray();
        var misfits = all.Where(other => other.Made is not null && !fits(other.Made)).ToArray();
        if (misfits.Length > 0 && misfits.Length < all.Length)
            misfits = site.Name.Constant is null || !Guide.Has(site)
                ? []
                : [.. misfits.Where(other => Model.Has(other.Latent) && Guards.Of(other.Latent, other.Made) is var there
                    && there.Implies(Guards.Of(site, made)) && !there.Excludes(Guards.Of(site, made)))];
        return [.. misfits.Select(other => other.Made)];
    }

    /// <summary>
    /// The site of a library's program that a site of the guide stands for, with the set that it does not fit; null where another may be meant, or fits.
    /// </summary>
    /// <param name="site">The guide's site.</param>
    /// <param name="fits">Whether a set fits, or may.</param>
    public (LibrarySite Site, Constraint Support)? LibraryMisfit(PrimitiveCall site, Func<Constraint, bool> fits)
    {
        var name = site.Name.Key!;
        if (ModelSites.Named(name).Any())
            return null;
        (LibrarySite, Constraint)? misfit = null;
        foreach (var other in ModelSites.InLibraries(name))
            if (other is { Kind: SiteKind.Latent, MayBeGiven: false } && other.Key == name
                && Symbols.Constraint(other.Distribution.Support) is { } support && !fits(support))
                misfit ??= (other, support);
            else
                return null;
        return misfit;
    }
}
