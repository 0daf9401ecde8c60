namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            /// <summary>Moves the rates' factor from start to end in equal steps.</summary>
            public static LRScheduler LinearLR(Optimizer optimizer, double start_factor = 1.0 / 3, double end_factor = 1, int total_iters = 5, int last_epoch = -1, bool verbose = false) =>
                new impl.LinearLR(optimizer, start_factor, end_factor, total_iters, last_epoch, verbose);

            public static partial class impl
            {
                /// <summary>Moves the rates' factor from start to end in equal steps.</summary>
                public class LinearLR : LRScheduler
                {
                    private readonly double start;
                    private readonly double end;
                    private readonly int count;

                    /// <summary>A schedule over the optimizer's groups.</summary>
                    public LinearLR(Optimizer optimizer, double start_factor = 1.0 / 3, double end_factor = 1, int total_iters = 5, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        start = start_factor;
                        end = end_factor;
                        count = total_iters;
                        step();
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_lr() => Scaled(Epoch switch
                    {
                        0 => start,
                        _ when Epoch > count => 1,
                        _ => 1 + (end - start) / (count * start + (Epoch - 1) * (end - start)),
                    });

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_closed_form_lr() => FromStart(start + (end - start) * Math.Min(count, Epoch) / count);
                }
            }
        }
    }
}
