using Pyro.Distributions;
using Pyro.Programs;
using static TorchSharp.torch;

namespace Pyro.Infer;

/// <summary>
/// The distribution of the values of several sites together, over weighted runs: runs whose values are equal at all of the sites are one value. In the order in which the runs have them.
/// </summary>
public sealed class JointMarginal
{
    private readonly Dictionary<string, Tensor> _values;
    private readonly double[] _probabilities;

    internal JointMarginal(IReadOnlyList<string> sites, IReadOnlyList<Tensor[]> runs, IReadOnlyList<double> weights)
    {
        using var scope = NewDisposeScope();
        var positions = new Dictionary<string, int>();
        var (distinct, sums) = (new List<Tensor[]>(), new List<double>());
        for (var i = 0; i < runs.Count; i++)
        {
            var key = Key(runs[i]);
            if (!positions.TryGetValue(key, out var position))
            {
                positions.Add(key, position = distinct.Count);
                distinct.Add(runs[i]);
                sums.Add(0);
            }
            sums[position] += weights[i];
        }
        var total = sums.Sum();
        _probabilities = [.. sums.Select(sum => sum / total)];
        _values = sites.Select((site, at) => (site, at)).ToDictionary(item => item.site, item => scope.MoveToOuter(stack(distinct.Select(values => values[item.at]))));
    }

    /// <summary>How many distinct values there are.</summary>
    public int Count => _probabilities.Length;

    /// <summary>The sites.</summary>
    public IReadOnlyCollection<string> Sites => _values.Keys;

    /// <summary>The probabilities of the values, which sum to one.</summary>
    public IReadOnlyList<double> Probabilities => _probabilities;

    /// <summary>The values of a site, along a new first dimension: those at one position belong together.</summary>
    /// <param name="site">The site's name.</param>
    /// <exception cref="KeyNotFoundException">It is none of the sites.</exception>
    public Tensor this[string site] => _values.TryGetValue(site, out var values)
        ? values
        : throw new KeyNotFoundException($"The marginal has no site '{site}'. It has: {string.Join(", ", _values.Keys)}.");

    /// <summary>Draws a value by its probability.</summary>
    /// <param name="context">Whose random numbers are used; those of the run that asks, or new ones, where none is given.</param>
    /// <returns>The values by site.</returns>
    public IReadOnlyDictionary<string, Tensor> Sample(RunContext? context = null)
    {
        double uniform;
        using (NewDisposeScope())
            uniform = rand([1], ScalarType.Float64, generator: (context ?? RunContext.Current).GetGenerator(zeros(0))).Number<double>();
        var i = 0;
        for (var below = _probabilities[0]; i < _probabilities.Length - 1 && below <= uniform; below += _probabilities[++i]) { }
        return _values.ToDictionary(site => site.Key, site => site.Value[i]);
    }

    // Numbers that are equal are equal values, whatever the zero's sign; the shape is part of the key.
    private static string Key(Tensor[] values) => string.Join('|', values.Select(value =>
        $"{string.Join(',', value.Sizes())}:{string.Join(',', value.detach().to_type(ScalarType.Float64).Numbers<double>().Select(number => Numbers.Format(number + 0.0)))}"));
}
