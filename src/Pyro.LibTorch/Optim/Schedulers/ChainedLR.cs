namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            /// <summary>Several schedules of one optimizer, each of which takes every step.</summary>
            public static LRScheduler ChainedLR(IEnumerable<LRScheduler> schedulers) => new impl.ChainedLR(schedulers);

            public static partial class impl
            {
                /// <summary>Several schedules of one optimizer, each of which takes every step.</summary>
                public class ChainedLR : LRScheduler
                {
                    private readonly LRScheduler[] schedulers;

                    /// <summary>A chain.</summary>
                    /// <exception cref="ArgumentException">No schedule, or schedules of different optimizers.</exception>
                    public ChainedLR(IEnumerable<LRScheduler> schedulers)
                    {
                        ArgumentNullException.ThrowIfNull(schedulers);
                        this.schedulers = [.. schedulers];
                        if (this.schedulers.Length == 0 || this.schedulers.Any(scheduler => scheduler.Optimizer != this.schedulers[0].Optimizer))
                            throw new ArgumentException("The schedules must be of one optimizer.", nameof(schedulers));
                        Optimizer = this.schedulers[0].Optimizer;
                        Groups = this.schedulers[0].Groups;
                    }

                    /// <inheritdoc/>
                    public override void step()
                    {
                        foreach (var scheduler in schedulers)
                            scheduler.step();
                    }
                }
            }
        }
    }
}
