using Pyro.Poutines;
using Pyro.Programs;
using Pyro.Traces;
using static TorchSharp.torch;

namespace Pyro.Infer;

/// <summary>
/// One run of an enumeration: what its terms count for. That is the probability, under the guide, of the values that the enumerated sites have in it;
/// element by element where a site goes through its values in lock-step, so that the elements of a plate are summed out independently of each other.
/// The scale of a subsample has no part in it: it is a weight of terms, and not of choices.
/// </summary>
internal sealed class Branch
{
    private readonly List<(int Index, PlateAxes Axes, Tensor Probability)> _choices = [];
    private readonly Dictionary<string, (Tensor? Weight, Counting Counting)> _weights = [];
    private readonly EnumeratePoutine _enumerate;
    private readonly TracePair _pair;

    public Branch(TracePair pair, EnumeratePoutine enumerate)
    {
        _pair = pair;
        _enumerate = enumerate;
        for (var i = 0; i < pair.Guide.Entries.Length; i++)
        {
            ref readonly var site = ref pair.Guide.Entries[i];
            if (site.Kind != SiteKind.Latent || !enumerate.IsEnumerated(site.Name))
                continue;
            var own = new PlateAxes(site.Plate);
            var axes = enumerate.IsLockStep(site.Name) ? own : default;
            var probability = Probability(in site, in own, in axes);
            // In an empty plate nothing is chosen, and the mean over its elements would be no number.
            if (probability.numel() > 0)
                _choices.Add((i, axes, probability));
        }
    }

    private enum Counting
    {
        All,
        Some,
        None,
    }

    /// <summary>Whether a site of the guide is enumerated.</summary>
    public bool IsEnumerated(string name) => _enumerate.IsEnumerated(name);

    /// <summary>A term, times what the run counts for.</summary>
    /// <param name="cost">The term.</param>
    /// <param name="site">The site whose term it is.</param>
    public Cost Weigh(in Cost cost, in TraceSite site)
    {
        var axes = new PlateAxes(cost.Plate);
        if (Weighed(in axes) is not ({ } weight, var counting))
            return cost;
        // A choice of probability zero does not count, whatever its term and however steep: zero times infinity is no number.
        var density = counting switch
        {
            Counting.None => cost.LogProb!.new_zeros(cost.LogProb!.Sizes()),
            Counting.Some => site.LogProb(weight > 0),
            _ => cost.LogProb!,
        };
        density = axes.Align(density, in axes, axes.All).expand(axes.Shape);
        // The gradient of a score's own ln q has the expectation zero; that of the choices which lead to it has not.
        if (cost.IsScore)
            density = density.detach();
        var term = weight * density;
        return cost with { LogProb = term, Term = term.sum() * cost.Weight };
    }

    /// <summary>What the run counts for at a site in some plates: one dimension a plate, of size 1 where the elements are alike; null for one.</summary>
    public Tensor? Weight(in PlateAxes axes) => Weighed(in axes).Weight;

    private (Tensor? Weight, Counting Counting) Weighed(in PlateAxes axes)
    {
        var key = axes.Key;
        if (_weights.TryGetValue(key, out var weighed))
            return weighed;
        Tensor? weight = null;
        foreach (var (_, own, probability) in _choices)
        {
            // What lies outside a plate does not depend on what is chosen there, so any weights will do that come to one over all runs.
            var aligned = axes.Align(probability, in own, axes.All, mean: true);
            weight = weight is null ? aligned : weight * aligned;
        }
        return _weights[key] = (weight, weight is null ? Counting.All : Count(weight));
    }

    private static Counting Count(Tensor weight)
    {
        using var scope = NewDisposeScope();
        var counts = weight > 0;
        return counts.all().Number<bool>() ? Counting.All : counts.any().Number<bool>() ? Counting.Some : Counting.None;
    }

    /// <summary>The probability of what a site has in this run. Where it is zero nothing flows back: the logarithm is infinitely steep there.</summary>
    private static Tensor Probability(in TraceSite site, in PlateAxes own, in PlateAxes axes)
    {
        var score = site.ScoreLogProb();
        var impossible = score.isneginf();
        if (!impossible.any().Number<bool>())
            return axes.Align(score, in own, axes.All).exp();
        var among = axes.Align(impossible.to_type(score.dtype), in own, axes.All);
        return where(among > 0, score.new_zeros([]), axes.Align(site.ScoreLogProb(impossible.logical_not()), in own, axes.All).exp());
    }

    /// <summary>Makes sure that no term mixes the elements of a plate that go through their values together.</summary>
    /// <exception cref="ModelException">One does.</exception>
    public void CheckSeparable(Costs costs, DirectEdges edges)
    {
        var influence = new Influence();
        foreach (var (index, axes, _) in _choices)
        {
            if (axes.Count == 0)
                continue;
            influence.Follow(_pair, edges, index);
            foreach (var cost in costs.All)
                if (influence.On(in cost) is { } kept && kept != axes.All && !axes.IsSingle(kept))
                    throw Mixed(_pair.Guide.Entries[index].Name, (cost.IsGuide ? _pair.Guide : _pair.Model).Entries[cost.Index].Name);
        }
    }

    private static ModelException Mixed(string site, string term) => new(site,
        $"The site '{site}' is enumerated in lock-step, all elements of its plate at once, and '{term}', which is not in that plate or follows from something " +
        "outside of it, can depend on several of them. Put it into the plate, enumerate the site with Enumerate.Full, or draw it.");
}
