using Pyro.Programs;

namespace Pyro.Poutines;

/// <summary>
/// Lets runs with observations outside of their supports come to their end: their weight is zero, as it is where the support follows from a latent site and leaves the data out.
/// One for each inference: it keeps what it is told of.
/// </summary>
internal sealed class OutsidePoutine : Poutine
{
    private readonly Dictionary<string, (int Count, string Text)> _found = [];

    /// <inheritdoc/>
    public override bool TakesFamily(Site family) => true;

    /// <inheritdoc/>
    public override void Before(ref Message message) => message.Outside = this;

    /// <summary>Keeps that a run has an observation outside of its support.</summary>
    /// <param name="site">The site.</param>
    /// <param name="text">What is said of it.</param>
    public void Add(string site, string text) => _found[site] = (_found.GetValueOrDefault(site).Count + 1, text);

    /// <summary>What is thrown where no run has a positive weight.</summary>
    /// <param name="otherwise">What is said where no observation was outside of its support.</param>
    /// <param name="runs">The runs, in words.</param>
    public ModelException Impossible(string otherwise, string runs)
    {
        if (_found.Count == 0)
            return new ModelException(null, otherwise);
        var (site, (count, text)) = _found.MaxBy(found => found.Value.Count);
        return new ModelException(site, $"{text} {runs} have the weight zero, {count} of them because of this site.");
    }
}
