using Pyro.Programs;
using static TorchSharp.torch;

namespace Pyro.Infer;

/// <summary>The terms of the loss: +ln q of each latent site of the guide, −ln p of each site of the model, in the order of their traces.</summary>
internal sealed class Costs
{
    private readonly List<Cost> _all = [];

    /// <summary>The guide's terms, then the model's.</summary>
    public IReadOnlyList<Cost> All => _all;

    /// <summary>Whether some latent site of the guide is estimated by the score function.</summary>
    public bool HasScores { get; private set; }

    public void Collect(TracePair pair)
    {
        for (var i = 0; i < pair.Guide.Entries.Length; i++)
        {
            ref readonly var site = ref pair.Guide.Entries[i];
            if (site.Kind != SiteKind.Latent)
                continue;
            var score = !site.Distribution!.Reparameterized;
            _all.Add(new Cost(i, IsGuide: true, score, site.LogPdf(), site.Scale));
            HasScores |= score;
        }
        for (var i = 0; i < pair.Model.Entries.Length; i++)
        {
            ref readonly var site = ref pair.Model.Entries[i];
            if (site.IsStochastic)
                _all.Add(new Cost(i, IsGuide: false, IsScore: false, site.LogPdf(), -site.Scale));
        }
    }

    /// <summary>The weighted sum of terms; null for none.</summary>
    public Tensor? Sum(IEnumerable<Cost> costs)
    {
        Tensor? total = null;
        foreach (var cost in costs)
        {
            if (total is null)
                total = cost.Weight == 1 ? cost.LogPdf : cost.LogPdf * cost.Weight;
            else
                total = cost.Weight switch
                {
                    1 => total + cost.LogPdf,
                    -1 => total - cost.LogPdf,
                    _ => total + cost.LogPdf * cost.Weight,
                };
        }
        return total;
    }

    public void Clear()
    {
        _all.Clear();
        HasScores = false;
    }
}

/// <summary>A term of the loss.</summary>
/// <param name="Index">The site's position in its trace.</param>
/// <param name="IsGuide">Whether the trace is the guide's.</param>
/// <param name="IsScore">Whether the site is estimated by the score function.</param>
/// <param name="LogPdf">The log density, without the scale: a 0-dim tensor.</param>
/// <param name="Weight">The scale with its sign in the loss.</param>
internal readonly record struct Cost(int Index, bool IsGuide, bool IsScore, Tensor LogPdf, double Weight);
