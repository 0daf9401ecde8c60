namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            /// <summary>Lets the rates fall to zero by a power of what is left of the steps.</summary>
            public static LRScheduler PolynomialLR(Optimizer optimizer, int total_iters = 5, double power = 1, int last_epoch = -1, bool verbose = false) =>
                new impl.PolynomialLR(optimizer, total_iters, power, last_epoch, verbose);

            public static partial class impl
            {
                /// <summary>Lets the rates fall to zero by a power of what is left of the steps.</summary>
                public class PolynomialLR : LRScheduler
                {
                    private readonly int count;
                    private readonly double power;

                    /// <summary>A schedule over the optimizer's groups.</summary>
                    public PolynomialLR(Optimizer optimizer, int total_iters = 5, double power = 1, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        count = total_iters;
                        this.power = power;
                        step();
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_lr() =>
                        Scaled(Epoch == 0 || Epoch > count ? 1 : Math.Pow((1 - (double)Epoch / count) / (1 - (Epoch - 1.0) / count), power));

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_closed_form_lr() => FromStart(Math.Pow(1 - (double)Math.Min(count, Epoch) / count, power));
                }
            }
        }
    }
}
