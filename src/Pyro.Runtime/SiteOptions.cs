namespace Pyro;

/// <summary>What a guide asks of inference at one of its sites: <c>Sample("z", distribution, new SiteOptions { … })</c>.</summary>
public sealed record SiteOptions
{
    /// <summary>What is subtracted from the costs in the score function of this site; null for nothing.</summary>
    public Baseline? Baseline { get; init; }

    /// <summary>Whether the site's values are enumerated; null to leave it to the loss.</summary>
    public Enumerate? Enumerate { get; init; }
}
