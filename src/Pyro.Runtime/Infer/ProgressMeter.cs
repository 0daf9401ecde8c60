using System.Diagnostics;

namespace Pyro.Infer;

/// <summary>Counts steps, smooths losses and says when it is time to show them.</summary>
internal sealed class ProgressMeter(int steps)
{
    private const double Forget = 0.01;
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(100);

    private readonly long _start = Stopwatch.GetTimestamp();
    private TimeSpan _shown;
    private double _loss = double.NaN;
    private double _sum;
    private double _weight;

    public int Step { get; private set; }

    /// <summary>Takes a step's loss.</summary>
    /// <returns>Whether it is time to show where things are.</returns>
    public bool Add(double loss)
    {
        Step++;
        _loss = loss;
        _sum = (1 - Forget) * _sum + Forget * loss;
        _weight = (1 - Forget) * _weight + Forget;
        var elapsed = Stopwatch.GetElapsedTime(_start);
        if (elapsed - _shown < s_interval || Step == steps)
            return false;
        _shown = elapsed;
        return true;
    }

    public SviProgress Now()
    {
        var elapsed = Stopwatch.GetElapsedTime(_start);
        var rate = Step / Math.Max(elapsed.TotalSeconds, 1e-9);
        var remaining = Step == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds((steps - Step) / rate);
        return new SviProgress(Step, steps, _loss, _weight == 0 ? double.NaN : _sum / _weight, rate, elapsed, remaining);
    }
}
