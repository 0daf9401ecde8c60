using Pyro.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            /// <summary>One cycle up and far down (Smith and Topin, 2019), with the momentum against it.</summary>
            public static LRScheduler OneCycleLR(Optimizer optimizer, double max_lr, int total_steps = -1, int epochs = -1, int steps_per_epoch = -1, double pct_start = 0.3, impl.OneCycleLR.AnnealStrategy anneal_strategy = impl.OneCycleLR.AnnealStrategy.Cos, bool cycle_momentum = true, double base_momentum = 0.85, double max_momentum = 0.95, double div_factor = 25, double final_div_factor = 1e4, bool three_phase = false, int last_epoch = -1, bool verbose = false) =>
                new impl.OneCycleLR(optimizer, max_lr, total_steps, epochs, steps_per_epoch, pct_start, anneal_strategy, cycle_momentum, base_momentum, max_momentum, div_factor, final_div_factor, three_phase, last_epoch, verbose);

            /// <summary>One cycle up and far down (Smith and Topin, 2019), with the momentum against it; bounds for each group.</summary>
            public static LRScheduler OneCycleLR(Optimizer optimizer, IEnumerable<double> max_lr, int total_steps = -1, int epochs = -1, int steps_per_epoch = -1, double pct_start = 0.3, impl.OneCycleLR.AnnealStrategy anneal_strategy = impl.OneCycleLR.AnnealStrategy.Cos, bool cycle_momentum = true, IEnumerable<double>? base_momentum = null, IEnumerable<double>? max_momentum = null, double div_factor = 25, double final_div_factor = 1e4, bool three_phase = false, int last_epoch = -1, bool verbose = false) =>
                new impl.OneCycleLR(optimizer, max_lr, total_steps, epochs, steps_per_epoch, pct_start, anneal_strategy, cycle_momentum, base_momentum, max_momentum, div_factor, final_div_factor, three_phase, last_epoch, verbose);

            public static partial class impl
            {
                /// <summary>One cycle up and far down (Smith and Topin, 2019), with the momentum against it.</summary>
                public class OneCycleLR : LRScheduler
                {
                    // The rates and momenta that a phase goes between.
                    private enum Level
                    {
                        Start,
                        Top,
                        Bottom,
                    }

                    private readonly int total;
                    private readonly double[] top;
                    private readonly double[] start;
                    private readonly double[] bottom;
                    private readonly double[] leastMomentum;
                    private readonly double[] mostMomentum;
                    private readonly bool cycleMomentum;
                    private readonly Func<double, double, double, double> anneal;
                    private readonly (double End, Level From, Level To)[] phases;

                    /// <summary>The same bounds for every group.</summary>
                    public OneCycleLR(Optimizer optimizer, double max_lr, int total_steps = -1, int epochs = -1, int steps_per_epoch = -1, double pct_start = 0.3, AnnealStrategy anneal_strategy = AnnealStrategy.Cos, bool cycle_momentum = true, double base_momentum = 0.85, double max_momentum = 0.95, double div_factor = 25, double final_div_factor = 1e4, bool three_phase = false, int last_epoch = -1, bool verbose = false)
                        : this(optimizer, Same(optimizer, max_lr), total_steps, epochs, steps_per_epoch, pct_start, anneal_strategy, cycle_momentum, Same(optimizer, base_momentum), Same(optimizer, max_momentum), div_factor, final_div_factor, three_phase, last_epoch, verbose)
                    {
                    }

                    /// <summary>Bounds for each group.</summary>
                    /// <exception cref="ArgumentException">Neither total_steps nor epochs and steps_per_epoch, another number of bounds than groups, or an optimizer without momentum.</exception>
                    public OneCycleLR(Optimizer optimizer, IEnumerable<double> max_lr, int total_steps = -1, int epochs = -1, int steps_per_epoch = -1, double pct_start = 0.3, AnnealStrategy anneal_strategy = AnnealStrategy.Cos, bool cycle_momentum = true, IEnumerable<double>? base_momentum = null, IEnumerable<double>? max_momentum = null, double div_factor = 25, double final_div_factor = 1e4, bool three_phase = false, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        if (total_steps <= 0 && (epochs <= 0 || steps_per_epoch <= 0))
                            throw new ArgumentException("Say how long the cycle is: total_steps, or epochs and steps_per_epoch.", nameof(total_steps));
                        if (pct_start is not (>= 0 and <= 1))
                            throw new ArgumentException($"pct_start is {pct_start}; it must be from 0 to 1.", nameof(pct_start));
                        total = total_steps > 0 ? total_steps : checked(epochs * steps_per_epoch);
                        top = PerGroup(max_lr);
                        start = [.. top.Select(rate => rate / div_factor)];
                        bottom = [.. start.Select(rate => rate / final_div_factor)];
                        leastMomentum = base_momentum is null ? PerGroup(0.85) : PerGroup(base_momentum);
                        mostMomentum = max_momentum is null ? PerGroup(0.95) : PerGroup(max_momentum);
                        cycleMomentum = cycle_momentum;
                        anneal = anneal_strategy == AnnealStrategy.Cos
                            ? (from, to, share) => to + (from - to) / 2 * (1 + Math.Cos(Math.PI * share))
                            : (from, to, share) => from + (to - from) * share;
                        var climb = pct_start * total - 1;
                        phases = three_phase
                            ? [(climb, Level.Start, Level.Top), (2 * pct_start * total - 2, Level.Top, Level.Start), (total - 1, Level.Start, Level.Bottom)]
                            : [(climb, Level.Start, Level.Top), (total - 1, Level.Top, Level.Bottom)];
                        step();
                    }

                    /// <summary>The curve between two rates.</summary>
                    public enum AnnealStrategy
                    {
                        /// <summary>Half a cosine.</summary>
                        Cos,

                        /// <summary>A line.</summary>
                        Linear,
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_lr()
                    {
                        if (Epoch > total)
                            throw new InvalidOperationException($"The cycle has {total} steps, and all were taken.");
                        var began = 0.0;
                        var at = 0;
                        for (; at < phases.Length - 1 && Epoch > phases[at].End; at++)
                            began = phases[at].End;
                        var (end, from, to) = phases[at];
                        var share = (Epoch - began) / (end - began);
                        if (cycleMomentum)
                            for (var i = 0; i < Groups.Count; i++)
                                Momenta.Set(Groups[i], anneal(Momentum(from, i), Momentum(to, i), share));
                        return Enumerable.Range(0, Groups.Count).Select(i => anneal(Rate(from, i), Rate(to, i), share));
                    }

                    private static IEnumerable<double> Same(Optimizer optimizer, double value)
                    {
                        ArgumentNullException.ThrowIfNull(optimizer);
                        return Enumerable.Repeat(value, optimizer.ParamGroups.Count());
                    }

                    private double Rate(Level level, int group) => (level switch { Level.Start => start, Level.Top => top, _ => bottom })[group];

                    private double Momentum(Level level, int group) => (level == Level.Top ? leastMomentum : mostMomentum)[group];
                }
            }
        }
    }
}
