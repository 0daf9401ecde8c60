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

    /// <summary>Collects the terms of two traces.</summary>
    /// <param name="pair">The traces.</param>
    /// <param name="branch">What a run of an enumeration counts for; null where nothing is enumerated.</param>
    public void Collect(TracePair pair, Branch? branch = null)
    {
        Clear();
        for (var i = 0; i < pair.Guide.Entries.Length; i++)
        {
            ref readonly var site = ref pair.Guide.Entries[i];
            if (site.Kind != SiteKind.Latent)
                continue;
            // What is enumerated is not drawn: its probability is a factor that gradients flow through.
            var score = !site.Distribution!.Reparameterized && branch?.IsEnumerated(site.Name) != true;
            var density = site.LogProb();
            Add(new Cost(i, IsGuide: true, score, site.Plate, density, site.Total(density), site.Scale), branch);
            HasScores |= score;
        }
        for (var i = 0; i < pair.Model.Entries.Length; i++)
        {
            ref readonly var site = ref pair.Model.Entries[i];
            if (!site.IsStochastic)
                continue;
            var density = site.LogProb();
            Add(new Cost(i, IsGuide: false, IsScore: false, site.Plate, density, site.Total(density), -site.Scale), branch);
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

    private void Add(in Cost cost, Branch? branch) => _all.Add(branch is null ? cost : branch.Weigh(in cost));
}

/// <summary>A term of the loss.</summary>
/// <param name="Index">The site's position in its trace.</param>
/// <param name="IsGuide">Whether the trace is the guide's.</param>
/// <param name="IsScore">Whether the site is estimated by the score function.</param>
/// <param name="Plate">The innermost plate around the site.</param>
/// <param name="LogProb">The log density, without the scale: its leftmost dimensions are those of the vectorised plates.</param>
/// <param name="LogPdf">Its sum over everything: a 0-dim tensor.</param>
/// <param name="Weight">The scale with its sign in the loss.</param>
internal readonly record struct Cost(int Index, bool IsGuide, bool IsScore, PlateScope? Plate, Tensor LogProb, Tensor LogPdf, double Weight);
