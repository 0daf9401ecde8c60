using Pyro.Distributions;
using Pyro.Params;
using Pyro.Traces;
using static TorchSharp.torch;

namespace Pyro.Infer;

/// <summary>What one estimate subtracts from costs (<see cref="Baseline"/>), what trains it, and the averages that it moves.</summary>
internal sealed class Baselines
{
    private readonly Dictionary<string, (Tensor Cost, double Beta)> _met = [];

    /// <summary>The sum of squares by which the trained baselines miss their costs; null for none.</summary>
    public Tensor? Loss { get; private set; }

    /// <summary>The store whose averages are read.</summary>
    public ParamStore Store { get; set; } = ParamStore.Default;

    /// <summary>Subtracts a site's baseline.</summary>
    /// <param name="site">The site.</param>
    /// <param name="baseline">Its baseline.</param>
    /// <param name="axes">Its plates.</param>
    /// <param name="cost">What is downstream: a number, or one for each element of the plates; no gradient flows through it.</param>
    /// <param name="weight">What the run counts for, where it is one of several that are summed.</param>
    /// <returns>What is left of the cost.</returns>
    public Tensor Subtract(in TraceSite site, Baseline baseline, in PlateAxes axes, Tensor cost, Tensor? weight)
    {
        if (baseline is { Network: not null, Value: not null })
            throw new ModelException(site.Name, $"The baseline of site '{site.Name}' has both a network and a value. Give one of the two.");
        cost = cost.expand(axes.Shape);
        if (cost.numel() == 0)
            return cost;
        weight = weight?.detach();
        var average = baseline.UseDecayingAverage ? Average(in site, baseline, in axes, cost) : null;
        if (Trained(in site, baseline, cost) is not { } trained)
            return average is null ? cost : cost - Weighted(average, weight);
        var guess = average is null ? trained : trained + average;
        // In an enumeration the cost is weighted already: what the guess is held against is the cost before that.
        var target = weight is null ? cost : cost / weight.clamp_min(float.Epsilon);
        var miss = Weighted((target - guess).square(), weight).sum();
        Loss = Loss is null ? miss : Loss + miss;
        return cost - Weighted(guess.detach(), weight);
    }

    /// <summary>Moves the averages towards the costs that were met. They are read before they are moved: a baseline must not know the present cost.</summary>
    public void Move()
    {
        foreach (var (site, (cost, beta)) in _met)
        {
            var average = Store.Average(site) is { } old ? Like(old, cost) * beta + cost * (1 - beta) : cost * (1 - beta);
            Store.SetAverage(site, average);
        }
    }

    public void Clear()
    {
        _met.Clear();
        Loss = null;
    }

    private Tensor Average(in TraceSite site, Baseline baseline, in PlateAxes axes, Tensor cost)
    {
        if (baseline.Beta is not (>= 0 and < 1))
            throw new ModelException(site.Name, $"The baseline of site '{site.Name}' has Beta = {baseline.Beta}. Give one from 0 to below 1.");
        // Where other elements are visited every time, their places mean nothing: one average serves them all.
        var seen = axes.Subsampled ? cost.mean() : cost;
        _met[site.Name] = (_met.TryGetValue(site.Name, out var earlier) ? earlier.Cost + seen : seen, baseline.Beta);
        return Store.Average(site.Name) is { } average ? Like(average, seen).to_type(cost.dtype) : seen.zeros_like();
    }

    private static Tensor? Trained(in TraceSite site, Baseline baseline, Tensor cost)
    {
        if (baseline.Network is null && baseline.Value is null)
            return null;
        var guess = baseline.Network?.Invoke((baseline.Input ?? zeros(1)).detach()) ?? baseline.Value!;
        var shape = guess.Sizes();
        if (shape.Length == cost.dim() + 1 && shape[^1] == 1)
            shape = (guess = guess.squeeze(-1)).Sizes();
        if (shape.Length > 0 && !shape.AsSpan().SequenceEqual(cost.Sizes()))
            throw new ModelException(site.Name,
                $"The baseline of site '{site.Name}' has shape {Shapes.Format(shape)} and the cost downstream {Shapes.Format(cost.Sizes())}: one number for each " +
                "element of the vectorised plates around the site. Give a baseline of that shape, with or without a last dimension of 1, or one number.");
        return guess;
    }

    // The data may have another size than at the last step.
    private static Tensor Like(Tensor average, Tensor cost) => average.Sizes().AsSpan().SequenceEqual(cost.Sizes()) ? average : average.mean().expand(cost.Sizes());

    private static Tensor Weighted(Tensor term, Tensor? weight) => weight is null ? term : term * weight;
}
