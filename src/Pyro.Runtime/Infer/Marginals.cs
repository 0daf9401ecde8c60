using Pyro.Distributions;

namespace Pyro.Infer;

/// <summary>Distributions of weighted values of any type.</summary>
internal static class Marginals
{
    /// <summary>The distribution that gives each value the weight of all that equal it; the values in the order in which they are met.</summary>
    /// <param name="values">The values.</param>
    /// <param name="logWeights">The logarithms of their weights, up to a constant; null for all alike.</param>
    public static Categorical<T> Of<T>(IEnumerable<T> values, IReadOnlyList<double>? logWeights) where T : notnull
    {
        var weights = new Dictionary<T, double>();
        var order = new List<T>();
        var largest = logWeights?.Max() ?? 0;
        var i = 0;
        foreach (var value in values)
        {
            if (!weights.ContainsKey(value))
                order.Add(value);
            weights[value] = weights.GetValueOrDefault(value) + (logWeights is null ? 1 : Math.Exp(logWeights[i] - largest));
            i++;
        }
        var total = weights.Values.Sum();
        return new Categorical<T>(TensorNumbers.Of(order.Select(value => weights[value] / total).ToArray()), order);
    }
}
