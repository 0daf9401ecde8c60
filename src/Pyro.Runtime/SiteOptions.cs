namespace Pyro;

/// <summary>What a guide asks of inference at one of its sites: <c>Sample("z", distribution, new SiteOptions { … })</c>.</summary>
public sealed record SiteOptions
{
    /// <summary>What is subtracted from the costs in the score function of this site; null for nothing.</summary>
    public Baseline? Baseline { get; init; }

    /// <summary>
    /// Whether the guide's site has no counterpart in the model: other sites of the guide follow from it, as several <c>Delta</c> from one joint draw. Its −ln q counts in the loss, as if the
    /// model had it with a density of 1. Importance sampling refuses it: a weight needs a density of it in the model.
    /// </summary>
    public bool IsAuxiliary { get; init; }

    /// <summary>Whether the site's values are enumerated; null to leave it to the loss.</summary>
    public Enumerate? Enumerate { get; init; }
}
