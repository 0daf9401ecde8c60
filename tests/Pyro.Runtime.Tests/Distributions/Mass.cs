using Pyro.Distributions;
using Pyro.Distributions.Transforms;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Distributions;

/// <summary>
/// A univariate distribution's mass, computed from its density alone: over the integers of a discrete one, or over a grid on the real line that the
/// support's bijection maps to the support.
/// </summary>
internal sealed class Mass
{
    private const double Reach = 60;
    private const int Points = 120001;

    private readonly double[] _values;
    private readonly double[] _weights;

    public Mass(Distribution distribution, int largest)
    {
        using var noGrad = no_grad();
        Tensor values;
        Tensor density;
        if (distribution.Support.IsDiscrete)
        {
            values = arange(0, largest, ScalarType.Float64);
            density = distribution.LogProb(values);
        }
        else
        {
            var grid = linspace(-Reach, Reach, Points, ScalarType.Float64);
            var map = distribution.Support.TransformTo();

            // On the whole line tails may be heavy: sinh reaches them.
            var whole = map is Identity;
            values = whole ? grid.sinh() : map.Forward(grid);
            var volume = whole ? grid.cosh().log() : map.LogDetJacobian(grid, values);
            density = distribution.LogProb(values) + volume + Math.Log(2 * Reach / (Points - 1));
        }
        _values = values.Numbers();
        _weights = density.exp().nan_to_num(posinf: 0).Numbers();
        Total = _weights.Sum();
    }

    public double Total { get; }

    public double Expect(Func<double, double> function) => _values.Zip(_weights, (x, w) => w == 0 ? 0 : w * function(x)).Sum();

    /// <summary>The mean of a function of tensors.</summary>
    public double Mean(Func<Tensor, Tensor> function)
    {
        using var noGrad = no_grad();
        return function(tensor(_values)).Numbers().Zip(_weights, (value, weight) => weight == 0 ? 0 : weight * value).Sum();
    }

    /// <summary>The mass of values up to a number.</summary>
    public double Below(double limit) => _values.Zip(_weights, (value, weight) => value <= limit ? weight : 0).Sum();

    /// <summary>The largest distance between the distribution function and that of samples, each point of the grid taken as where its mass ends.</summary>
    public double Distance(double[] samples)
    {
        Array.Sort(samples);
        var (distance, below, taken) = (0.0, 0.0, 0);
        for (var i = 0; i < _values.Length; i++)
        {
            var half = _weights[i] / 2;
            while (taken < samples.Length && samples[taken] <= _values[i])
                taken++;
            below += 2 * half;
            distance = Math.Max(distance, Math.Abs((double)taken / samples.Length - (_values.Length > 10000 ? below - half : below)));
        }
        return distance;
    }
}
