using System.Diagnostics;
using Pyro.Files;

namespace Pyro.Infer;

/// <summary>Counts steps, smooths losses, says when it is time to show them and when they no longer fall.</summary>
internal sealed class ProgressMeter
{
    private const double Forget = 0.01;
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(100);

    private long _start = Stopwatch.GetTimestamp();
    private long _first;
    private TimeSpan _shown;
    private double _loss = double.NaN;
    private double _sum;
    private double _weight;
    private double _least = double.PositiveInfinity;
    private long _leastAt;

    /// <summary>The steps so far.</summary>
    public long Step { get; private set; }

    private double Smoothed => _weight == 0 ? double.NaN : _sum / _weight;

    /// <summary>Begins to measure time.</summary>
    public void Start()
    {
        (_start, _first, _shown) = (Stopwatch.GetTimestamp(), Step, TimeSpan.Zero);
    }

    /// <summary>Takes a step's loss.</summary>
    public void Add(double loss)
    {
        Step++;
        _loss = loss;
        _sum = (1 - Forget) * _sum + Forget * loss;
        _weight = (1 - Forget) * _weight + Forget;
    }

    /// <summary>Whether it is time to show where things are.</summary>
    public bool IsTimeToShow()
    {
        var elapsed = Stopwatch.GetElapsedTime(_start);
        if (elapsed - _shown < s_interval)
            return false;
        _shown = elapsed;
        return true;
    }

    /// <summary>Whether the loss no longer falls.</summary>
    public bool IsDone(EarlyStopping? rule)
    {
        if (rule is null || Step == 0)
            return false;
        if (!(Smoothed >= _least - rule.Improvement) || double.IsPositiveInfinity(_least))
            (_least, _leastAt) = (Smoothed, Step);
        return Step - _leastAt >= rule.Patience;
    }

    /// <summary>Where things are.</summary>
    public SviProgress Now(long steps)
    {
        var elapsed = Stopwatch.GetElapsedTime(_start);
        var done = Step - _first;
        var rate = done / Math.Max(elapsed.TotalSeconds, 1e-9);
        var remaining = done == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Max(0, steps - Step) / rate);
        return new SviProgress((int)Step, (int)steps, _loss, Smoothed, rate, elapsed, remaining);
    }

    public void Write(TensorArchive archive) => archive.AddList("progress", [this], static (entry, meter) =>
    {
        entry.Number("step", meter.Step);
        entry.Real("loss", meter._loss);
        entry.Real("sum", meter._sum);
        entry.Real("weight", meter._weight);
        entry.Real("least", meter._least);
        entry.Number("leastAt", meter._leastAt);
    });

    public static ProgressMeter Read(TensorArchive archive) => archive.List("progress") is [var entry] && entry.Number("step") is >= 0 and <= int.MaxValue
        ? new ProgressMeter
        {
            Step = entry.Number("step"), _loss = entry.Real("loss"), _sum = entry.Real("sum"), _weight = entry.Real("weight"), _least = entry.Real("least"),
            _leastAt = entry.Number("leastAt"),
        }
        : throw archive.Refused("it does not say how far it is");
}
