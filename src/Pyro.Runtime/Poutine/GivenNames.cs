namespace Pyro.Poutines;

/// <summary>What a handler that gives values by name has met in one run.</summary>
internal sealed class GivenNames
{
    private readonly HashSet<string> _met = [];
    private readonly List<string> _latent = [];

    /// <summary>How many of the names were met.</summary>
    public int Count => _met.Count;

    /// <summary>The latent sites that were met, in order.</summary>
    public IReadOnlyList<string> Latent => _latent;

    /// <summary>A name for which there is a value was met.</summary>
    public void Meet(string name) => _met.Add(name);

    /// <summary>A latent site was met.</summary>
    public void MeetLatent(string name) => _latent.Add(name);

    /// <summary>Whether a name was met.</summary>
    public bool HasMet(string name) => _met.Contains(name);

    /// <summary>Forgets the run.</summary>
    public void Clear()
    {
        _met.Clear();
        _latent.Clear();
    }
}
