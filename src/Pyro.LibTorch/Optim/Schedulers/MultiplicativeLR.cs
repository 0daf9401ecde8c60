namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            /// <summary>Multiplies the rates with a function of the step.</summary>
            public static LRScheduler MultiplicativeLR(Optimizer optimizer, Func<int, double> lr_lambda, int last_epoch = -1, bool verbose = false) =>
                new impl.MultiplicativeLR(optimizer, lr_lambda, last_epoch, verbose);

            public static partial class impl
            {
                /// <summary>Multiplies the rates with a function of the step.</summary>
                public class MultiplicativeLR : LRScheduler
                {
                    private readonly Func<int, double>[] lambdas;

                    /// <summary>A schedule over the optimizer's groups.</summary>
                    public MultiplicativeLR(Optimizer optimizer, Func<int, double> lr_lambda, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        lambdas = [.. Enumerable.Repeat(lr_lambda, Groups.Count)];
                        step();
                    }

                    /// <summary>A schedule with a function for each group.</summary>
                    /// <exception cref="ArgumentException">Another number of functions than groups.</exception>
                    public MultiplicativeLR(Optimizer optimizer, IEnumerable<Func<int, double>> lr_lambdas, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        lambdas = PerGroup(lr_lambdas);
                        step();
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_lr() => Groups.Zip(lambdas, (group, lambda) => Epoch == 0 ? group.LearningRate : group.LearningRate * lambda(Epoch));
                }
            }
        }
    }
}
