using Pyro.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            /// <summary>Lets the rates go up and down between two bounds (Smith, 2017), and the momentum against them.</summary>
            public static LRScheduler CyclicLR(Optimizer optimizer, double base_lr, double max_lr, int step_size_up = 2000, int step_size_down = -1, impl.CyclicLR.Mode mode = impl.CyclicLR.Mode.Triangular, double gamma = 1, Func<double, double>? scale_fn = null, impl.CyclicLR.ScaleMode scale_mode = impl.CyclicLR.ScaleMode.Cycle, bool cycle_momentum = true, double base_momentum = 0.8, double max_momentum = 0.9, int last_epoch = -1, bool verbose = false) =>
                new impl.CyclicLR(optimizer, base_lr, max_lr, step_size_up, step_size_down, mode, gamma, scale_fn, scale_mode, cycle_momentum, base_momentum, max_momentum, last_epoch, verbose);

            /// <summary>Lets the rates go up and down between two bounds (Smith, 2017), and the momentum against them; bounds for each group.</summary>
            public static LRScheduler CyclicLR(Optimizer optimizer, IEnumerable<double> base_lr, IEnumerable<double> max_lr, int step_size_up = 2000, int step_size_down = -1, impl.CyclicLR.Mode mode = impl.CyclicLR.Mode.Triangular, double gamma = 1, Func<double, double>? scale_fn = null, impl.CyclicLR.ScaleMode scale_mode = impl.CyclicLR.ScaleMode.Cycle, bool cycle_momentum = true, IEnumerable<double>? base_momentum = null, IEnumerable<double>? max_momentum = null, int last_epoch = -1, bool verbose = false) =>
                new impl.CyclicLR(optimizer, base_lr, max_lr, step_size_up, step_size_down, mode, gamma, scale_fn, scale_mode, cycle_momentum, base_momentum, max_momentum, last_epoch, verbose);

            public static partial class impl
            {
                /// <summary>Lets the rates go up and down between two bounds (Smith, 2017), and the momentum against them.</summary>
                public class CyclicLR : LRScheduler
                {
                    private readonly double[] low;
                    private readonly double[] high;
                    private readonly double[] leastMomentum;
                    private readonly double[] mostMomentum;
                    private readonly double period;
                    private readonly double rising;
                    private readonly Func<double, double> scale;
                    private readonly bool byCycle;
                    private readonly bool cycleMomentum;

                    /// <summary>The same bounds for every group.</summary>
                    public CyclicLR(Optimizer optimizer, double base_lr, double max_lr, int step_size_up = 2000, int step_size_down = -1, Mode mode = Mode.Triangular, double gamma = 1, Func<double, double>? scale_fn = null, ScaleMode scale_mode = ScaleMode.Cycle, bool cycle_momentum = true, double base_momentum = 0.8, double max_momentum = 0.9, int last_epoch = -1, bool verbose = false)
                        : this(optimizer, Same(optimizer, base_lr), Same(optimizer, max_lr), step_size_up, step_size_down, mode, gamma, scale_fn, scale_mode, cycle_momentum, Same(optimizer, base_momentum), Same(optimizer, max_momentum), last_epoch, verbose)
                    {
                    }

                    /// <summary>Bounds for each group.</summary>
                    /// <exception cref="ArgumentException">Another number of bounds than groups, or an optimizer without momentum.</exception>
                    public CyclicLR(Optimizer optimizer, IEnumerable<double> base_lr, IEnumerable<double> max_lr, int step_size_up = 2000, int step_size_down = -1, Mode mode = Mode.Triangular, double gamma = 1, Func<double, double>? scale_fn = null, ScaleMode scale_mode = ScaleMode.Cycle, bool cycle_momentum = true, IEnumerable<double>? base_momentum = null, IEnumerable<double>? max_momentum = null, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(step_size_up);
                        low = PerGroup(base_lr);
                        high = PerGroup(max_lr);
                        leastMomentum = base_momentum is null ? PerGroup(0.8) : PerGroup(base_momentum);
                        mostMomentum = max_momentum is null ? PerGroup(0.9) : PerGroup(max_momentum);
                        period = (double)step_size_up + (step_size_down < 0 ? step_size_up : step_size_down);
                        rising = step_size_up / period;
                        scale = scale_fn ?? (mode switch
                        {
                            Mode.Triangular => _ => 1,
                            Mode.Triangular2 => cycle => 1 / Math.Pow(2, cycle - 1),
                            _ => iterations => Math.Pow(gamma, iterations),
                        });
                        byCycle = scale_fn is null ? mode != Mode.ExpRange : scale_mode == ScaleMode.Cycle;
                        cycleMomentum = cycle_momentum;
                        if (last_epoch == -1)
                            Set(low);
                        step();
                    }

                    /// <summary>How the height of a cycle changes.</summary>
                    public enum Mode
                    {
                        /// <summary>Not at all.</summary>
                        Triangular,

                        /// <summary>It halves with every cycle.</summary>
                        Triangular2,

                        /// <summary>It is multiplied with gamma in every step.</summary>
                        ExpRange,
                    }

                    /// <summary>What a scale function is a function of.</summary>
                    public enum ScaleMode
                    {
                        /// <summary>The number of the cycle, from 1.</summary>
                        Cycle,

                        /// <summary>The number of the step, from 0.</summary>
                        Iterations,
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_lr()
                    {
                        var cycle = Math.Floor(1 + Epoch / period);
                        var x = 1 + Epoch / period - cycle;
                        var height = (x <= rising ? x / rising : (x - 1) / (rising - 1)) * scale(byCycle ? cycle : Epoch);
                        if (cycleMomentum)
                            for (var i = 0; i < Groups.Count; i++)
                                Momenta.Set(Groups[i], mostMomentum[i] - (mostMomentum[i] - leastMomentum[i]) * height);
                        return low.Zip(high, (from, to) => from + (to - from) * height);
                    }

                    private static IEnumerable<double> Same(Optimizer optimizer, double value)
                    {
                        ArgumentNullException.ThrowIfNull(optimizer);
                        return Enumerable.Repeat(value, optimizer.ParamGroups.Count());
                    }
                }
            }
        }
    }
}
