namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            /// <summary>Lowers the rates when a measured value has stopped improving.</summary>
            public static LRScheduler ReduceLROnPlateau(Optimizer optimizer, string mode = "min", double factor = 0.1, int patience = 10, double threshold = 1e-4, string threshold_mode = "rel", int cooldown = 0, IList<double>? min_lr = null, double eps = 1e-8, bool verbose = false) =>
                new impl.ReduceLROnPlateau(optimizer, mode, factor, patience, threshold, threshold_mode, cooldown, min_lr, eps, verbose);

            public static partial class impl
            {
                /// <summary>Lowers the rates when a measured value has stopped improving.</summary>
                public class ReduceLROnPlateau : LRScheduler
                {
                    private readonly bool smaller;
                    private readonly bool relative;
                    private readonly double factor;
                    private readonly double threshold;
                    private readonly double eps;
                    private readonly double[] least;
                    private readonly int patience;
                    private readonly int cooldown;
                    private double best;
                    private int bad;
                    private int cooling;

                    /// <summary>A schedule that steps with the measured value.</summary>
                    /// <exception cref="ArgumentException">A factor that does not lower, an unknown mode, or another number of bounds than groups.</exception>
                    public ReduceLROnPlateau(Optimizer optimizer, string mode = "min", double factor = 0.1, int patience = 10, double threshold = 1e-4, string threshold_mode = "rel", int cooldown = 0, IList<double>? min_lr = null, double eps = 1e-8, bool verbose = false)
                        : base(optimizer, 0, verbose)
                    {
                        if (!(factor < 1))
                            throw new ArgumentException($"factor is {factor}; it must be below 1.", nameof(factor));
                        smaller = mode switch { "min" => true, "max" => false, _ => throw new ArgumentException($"mode is '{mode}'; it must be 'min' or 'max'.", nameof(mode)) };
                        relative = threshold_mode switch { "rel" => true, "abs" => false, _ => throw new ArgumentException($"threshold_mode is '{threshold_mode}'; it must be 'rel' or 'abs'.", nameof(threshold_mode)) };
                        this.factor = factor;
                        this.patience = patience;
                        this.threshold = threshold;
                        this.cooldown = cooldown;
                        this.eps = eps;
                        least = min_lr is null ? PerGroup(0.0) : min_lr.Count == 1 ? PerGroup(min_lr[0]) : PerGroup((IEnumerable<double>)min_lr);
                        best = smaller ? double.PositiveInfinity : double.NegativeInfinity;
                    }

                    /// <inheritdoc/>
                    public override void step(double current, int? epoch = null)
                    {
                        Epoch = epoch ?? Epoch + 1;
                        if (Improves(current))
                            (best, bad) = (current, 0);
                        else
                            bad++;
                        if (cooling > 0)
                            (cooling, bad) = (cooling - 1, 0);
                        if (bad <= patience)
                            return;
                        Set(Groups.Zip(least, (group, bound) =>
                        {
                            var lower = Math.Max(group.LearningRate * factor, bound);
                            return group.LearningRate - lower > eps ? lower : group.LearningRate;
                        }));
                        (cooling, bad) = (cooldown, 0);
                    }

                    /// <summary>Not for this schedule, which needs the measured value.</summary>
                    /// <exception cref="InvalidOperationException">Always.</exception>
                    public override void step() => throw new InvalidOperationException("ReduceLROnPlateau steps with the measured value: step(current).");

                    /// <inheritdoc cref="step()"/>
                    public override void step(int? epoch) => step();

                    private bool Improves(double current)
                    {
                        var margin = smaller ? -threshold : threshold;
                        var bound = relative ? best * (1 + margin) : best + margin;
                        return smaller ? current < bound : current > bound;
                    }
                }
            }
        }
    }
}
