namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            /// <summary>Schedules of one optimizer that take over from each other at the milestones.</summary>
            public static LRScheduler SequentialLR(Optimizer optimizer, IEnumerable<LRScheduler> schedulers, IEnumerable<int> milestones, int last_epoch = -1) =>
                new impl.SequentialLR(optimizer, schedulers, milestones, last_epoch);

            public static partial class impl
            {
                /// <summary>Schedules of one optimizer that take over from each other at the milestones.</summary>
                public class SequentialLR : LRScheduler
                {
                    private readonly LRScheduler[] schedulers;
                    private readonly int[] milestones;

                    /// <summary>A sequence.</summary>
                    /// <exception cref="ArgumentException">Schedules of another optimizer, or not one milestone between each two.</exception>
                    public SequentialLR(Optimizer optimizer, IEnumerable<LRScheduler> schedulers, IEnumerable<int> milestones, int last_epoch = -1)
                        : base(optimizer, last_epoch)
                    {
                        this.schedulers = [.. schedulers];
                        this.milestones = [.. milestones];
                        if (this.schedulers.Length == 0 || this.schedulers.Any(scheduler => scheduler.Optimizer != optimizer))
                            throw new ArgumentException("The schedules must be of this optimizer.", nameof(schedulers));
                        if (this.milestones.Length != this.schedulers.Length - 1)
                            throw new ArgumentException($"{this.milestones.Length} milestones for {this.schedulers.Length} schedules; there is one between each two.", nameof(milestones));
                        Epoch++;
                        // Each schedule took its first step when it was made; all but the first one take it again when their time comes.
                        Set(BaseRates);
                        foreach (var scheduler in this.schedulers)
                            scheduler.Epoch--;
                        this.schedulers[0].step();
                    }

                    /// <inheritdoc/>
                    public override void step()
                    {
                        Epoch++;
                        var now = milestones.Count(milestone => milestone <= Epoch);
                        if (now > 0 && milestones[now - 1] == Epoch)
                            schedulers[now].step(0);
                        else
                            schedulers[now].step();
                    }
                }
            }
        }
    }
}
