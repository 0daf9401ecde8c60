using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>Quantiles of counts: the smallest number up to which values have a probability, as the distribution function says in the dtype of the probabilities.</summary>
internal static class Quantiles
{
    /// <summary>The smallest integer k from 0 with P(X ≤ k) ≥ p, element by element: 0 at p = 0, the largest at p = 1, NaN outside. It carries no gradient.</summary>
    /// <param name="probability">The probabilities p; in double.</param>
    /// <param name="a">The first parameter; in double.</param>
    /// <param name="b">The second parameter; in double.</param>
    /// <param name="single">Whether the distribution function is compared as single precision has it.</param>
    /// <param name="largest">The largest value at some parameters.</param>
    /// <param name="mean">The mean and the standard deviation at some parameters.</param>
    /// <param name="cdf">P(X ≤ k) at k and some parameters.</param>
    public static Tensor OfCounts(Tensor probability, Tensor a, Tensor b, bool single, Func<double, double, double> largest,
        Func<double, double, (double Mean, double Deviation)> mean, Func<double, double, double, double> cdf)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var shape = Shapes.Broadcast(Shapes.Broadcast(probability.Sizes(), a.Sizes()) ?? a.Sizes(), b.Sizes()) ?? b.Sizes();
        Tensor Inner(Tensor tensor) => tensor.detach().cpu().expand(shape).contiguous();
        var (p, first, second) = (Inner(probability).Numbers<double>(), Inner(a).Numbers<double>(), Inner(b).Numbers<double>());
        var result = new double[p.Length];
        for (var i = 0; i < result.Length; i++)
        {
            var (x, y) = (first[i], second[i]);
            result[i] = Search(p[i], largest(x, y), mean(x, y), k => single ? (float)cdf(k, x, y) : cdf(k, x, y));
        }
        return scope.MoveToOuter(TensorNumbers.Of<double>(result, device: probability.device).reshape(shape));
    }

    private static double Search(double p, double largest, (double Mean, double Deviation) at, Func<double, double> cdf)
    {
        if (!(p is >= 0 and <= 1) || double.IsNaN(at.Mean))
            return double.NaN;
        if (p == 1 || p == 0)
            return p == 0 ? 0 : largest;
        // Above the lower end and not above the upper one, which move apart until they hold the answer.
        double high = Math.Min(Math.Max(0, Math.Floor(at.Mean)), largest), low = -1, step = Math.Max(1, Math.Floor(at.Deviation));
        if (cdf(high) >= p)
            for (; high - step > -1; step *= 2)
            {
                if (cdf(high - step) < p)
                {
                    low = high - step;
                    break;
                }
                high -= step;
            }
        else
            for (low = high; ; step *= 2)
            {
                high = Math.Min(low + step, largest);
                if (high >= largest || cdf(high) >= p)
                    break;
                low = high;
            }
        while (high - low > 1)
        {
            var middle = Math.Floor(low + (high - low) / 2);
            if (middle <= low || middle >= high)
                break;
            (low, high) = cdf(middle) < p ? (middle, high) : (low, middle);
        }
        return high;
    }
}
