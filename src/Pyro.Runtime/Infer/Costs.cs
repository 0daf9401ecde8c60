using Pyro.Kernels;
using Pyro.Programs;
using Pyro.Traces;
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
    /// <param name="gradients">Takes the gradients of all terms but those of score-function sites; null where none are wanted.</param>
    public void Collect(TracePair pair, Branch? branch, RootGradients? gradients)
    {
        Clear();
        var elements = branch is not null;
        foreach (ref readonly var site in pair.Guide.Entries)
            elements |= HasScores |= IsScore(in site, branch);
        for (var i = 0; i < pair.Guide.Entries.Length; i++)
        {
            ref readonly var site = ref pair.Guide.Entries[i];
            if (site.Kind == SiteKind.Latent)
                Add(i, isGuide: true, IsScore(in site, branch), in site, site.Scale, elements, branch, gradients);
        }
        for (var i = 0; i < pair.Model.Entries.Length; i++)
        {
            ref readonly var site = ref pair.Model.Entries[i];
            if (site.IsStochastic)
                Add(i, isGuide: false, isScore: false, in site, -site.Scale, elements, branch, gradients);
        }
    }

    /// <summary>The terms as numbers.</summary>
    public double[] Values() => Scalars.ToDoubles(_all.ConvertAll(cost => cost.Term));

    public void Clear()
    {
        _all.Clear();
        HasScores = false;
    }

    // What is enumerated is not drawn: its probability is a factor that gradients flow through.
    private static bool IsScore(in TraceSite site, Branch? branch) =>
        site.Kind == SiteKind.Latent && !site.Distribution!.Reparameterized && branch?.IsEnumerated(site.Name) != true;

    private void Add(int index, bool isGuide, bool isScore, in TraceSite site, double weight, bool elements, Branch? branch, RootGradients? gradients)
    {
        if (branch is not null)
        {
            var cost = branch.Weigh(new Cost(index, isGuide, isScore, site.Plate, site.LogProb(), site.LogPdf(weight), weight), in site);
            // In an enumeration a score's term has the gradient of the probability of the run.
            gradients?.Add(cost.Term);
            _all.Add(cost);
            return;
        }
        Tensor? density = null;
        if (elements)
            using (no_grad())
                density = site.LogProb();
        // The gradient of ln q itself has the expectation zero at these sites: costs downstream weigh it (ScoreFunction).
        using var constant = isScore ? no_grad() : null;
        var term = site.LogPdf(weight, gradients);
        gradients?.Add(term);
        _all.Add(new Cost(index, isGuide, isScore, site.Plate, density, term, weight));
    }
}

/// <summary>A term of the loss.</summary>
/// <param name="Index">The site's position in its trace.</param>
/// <param name="IsGuide">Whether the trace is the guide's.</param>
/// <param name="IsScore">Whether the site is estimated by the score function.</param>
/// <param name="Plate">The innermost plate around the site.</param>
/// <param name="LogProb">The log density, without the scale: its leftmost dimensions are those of the vectorised plates. Null where no estimator looks at elements.</param>
/// <param name="Term">Its sum over everything, times the weight: a 0-dim tensor. Its gradient has been collected.</param>
/// <param name="Weight">The scale with its sign in the loss.</param>
internal readonly record struct Cost(int Index, bool IsGuide, bool IsScore, PlateScope? Plate, Tensor? LogProb, Tensor Term, double Weight);
