using Pyro.Programs;

namespace Pyro.Poutines;

/// <summary>What a <see cref="BlockPoutine"/> decides on: a site as the handlers inside have made it.</summary>
/// <param name="message">The site, before it acts.</param>
/// <returns>Whether the site is hidden from the outside.</returns>
public delegate bool SitePredicate(in Message message);

/// <summary>Hides sites from the handlers outside it.</summary>
public sealed class BlockPoutine : Poutine
{
    private readonly SitePredicate? _hides;

    /// <summary>Hides every site.</summary>
    public BlockPoutine()
    {
    }

    /// <summary>Hides the sites that a predicate chooses.</summary>
    /// <param name="hides">Says whether a site is hidden.</param>
    public BlockPoutine(SitePredicate hides) => _hides = hides;

    /// <summary>Hides by names and kinds.</summary>
    /// <param name="hide">Names to hide.</param>
    /// <param name="expose">Names to show: all others are hidden.</param>
    /// <param name="hideKinds">Kinds to hide.</param>
    /// <param name="exposeKinds">Kinds to show: all others are hidden, except what <paramref name="expose"/> names.</param>
    /// <remarks>With nothing given, every site is hidden. Where something is to be hidden and nothing to be shown, the rest stays visible.</remarks>
    /// <exception cref="ArgumentException">A name or a kind is both hidden and shown.</exception>
    public BlockPoutine(
        IEnumerable<string>? hide = null, IEnumerable<string>? expose = null,
        IEnumerable<SiteKind>? hideKinds = null, IEnumerable<SiteKind>? exposeKinds = null)
    {
        var hidden = hide?.ToHashSet();
        var shown = expose?.ToHashSet();
        var hiddenKinds = hideKinds?.ToHashSet();
        var shownKinds = exposeKinds?.ToHashSet();
        if (hidden is not null && shown is not null && hidden.Overlaps(shown))
            throw new ArgumentException($"Both hidden and exposed: {string.Join(", ", hidden.Intersect(shown))}.", nameof(expose));
        if (hiddenKinds is not null && shownKinds is not null && hiddenKinds.Overlaps(shownKinds))
            throw new ArgumentException($"Both hidden and exposed: {string.Join(", ", hiddenKinds.Intersect(shownKinds))}.", nameof(exposeKinds));
        var hideRest = shown is not null || shownKinds is not null || (hidden is null && hiddenKinds is null);
        _hides = (in Message message) =>
            hidden?.Contains(message.Name) == true || hiddenKinds?.Contains(message.Kind) == true
            || (hideRest && shown?.Contains(message.Name) != true && shownKinds?.Contains(message.Kind) != true);
    }

    /// <inheritdoc/>
    public override void Before(ref Message message) => message.Stop |= _hides is null || _hides(in message);
}
