namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            /// <summary>Lets the rates swing between theirs and the least along a cosine (Loshchilov and Hutter, 2017), without restarts.</summary>
            public static LRScheduler CosineAnnealingLR(Optimizer optimizer, double T_max, double eta_min = 0, int last_epoch = -1, bool verbose = false) =>
                new impl.CosineAnnealingLR(optimizer, T_max, eta_min, last_epoch, verbose);

            public static partial class impl
            {
                /// <summary>Lets the rates swing between theirs and the least along a cosine (Loshchilov and Hutter, 2017), without restarts.</summary>
                public class CosineAnnealingLR : LRScheduler
                {
                    private readonly double half;
                    private readonly double least;

                    /// <summary>A schedule over the optimizer's groups.</summary>
                    public CosineAnnealingLR(Optimizer optimizer, double T_max, double eta_min = 0, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        half = T_max;
                        least = eta_min;
                        step();
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_lr()
                    {
                        if (Epoch == 0)
                            return Scaled(1);
                        // From the turning point up, where the recursion would divide by zero.
                        if ((Epoch - 1 - half) % (2 * half) == 0)
                            return Groups.Zip(BaseRates, (group, rate) => group.LearningRate + (rate - least) * (1 - Math.Cos(Math.PI / half)) / 2);
                        var ratio = (1 + Math.Cos(Math.PI * Epoch / half)) / (1 + Math.Cos(Math.PI * (Epoch - 1) / half));
                        return Groups.Select(group => ratio * (group.LearningRate - least) + least);
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_closed_form_lr() => BaseRates.Select(rate => least + (rate - least) * (1 + Math.Cos(Math.PI * Epoch / half)) / 2);
                }
            }
        }
    }
}
