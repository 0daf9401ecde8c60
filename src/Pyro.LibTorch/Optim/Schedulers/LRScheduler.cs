using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>Schedules of learning rates.</summary>
        public static partial class lr_scheduler
        {
            /// <summary>The schedules themselves.</summary>
            public static partial class impl
            {
            }

            /// <summary>Changes the learning rates of an optimizer's groups, a step at a time; the first is taken when it is made.</summary>
            public abstract class LRScheduler
            {
                private readonly bool verbose;

                /// <summary>For schedules of schedules.</summary>
                protected LRScheduler()
                {
                }

                /// <summary>A schedule over an optimizer's groups, whose rates are the first ones; a derived class takes the first step.</summary>
                protected LRScheduler(Optimizer optimizer, int last_epoch = -1, bool verbose = false)
                {
                    ArgumentNullException.ThrowIfNull(optimizer);
                    Optimizer = optimizer;
                    Groups = [.. optimizer.ParamGroups];
                    this.verbose = verbose;
                    Epoch = last_epoch;
                    // The first schedule of a group says where all its schedules start.
                    foreach (var group in Groups.OfType<ParamGroup>().Where(group => !group.Scheduled))
                    {
                        group.Scheduled = true;
                        group.InitialLearningRate = group.LearningRate;
                    }
                    BaseRates = [.. Groups.Select(group => group.InitialLearningRate)];
                }

                internal Optimizer? Optimizer { get; private protected init; }

                internal IReadOnlyList<ILearningRateController> Groups { get; private protected init; } = [];

                /// <summary>How many steps were taken after the first; −1 before it.</summary>
                internal int Epoch { get; set; }

                /// <summary>The rates that the groups started with.</summary>
                private protected IReadOnlyList<double> BaseRates { get; init; } = [];

                /// <summary>Takes a step.</summary>
                public virtual void step()
                {
                    Epoch++;
                    Set(get_lr());
                }

                /// <summary>Goes to a step, or takes the next one for null.</summary>
                public virtual void step(int? epoch)
                {
                    if (epoch is not { } given)
                    {
                        step();
                        return;
                    }
                    Epoch = given;
                    Set(get_closed_form_lr());
                }

                /// <summary>Takes a step that depends on a measured value, for the schedules that look at one.</summary>
                public virtual void step(double current, int? epoch = null) => step(epoch);

                /// <summary>The rates that the last step set, group by group.</summary>
                public IEnumerable<double> get_last_lr() => [.. Groups.Select(group => group.LearningRate)];

                /// <summary>The rates of this step, from those of the last one.</summary>
                protected virtual IEnumerable<double> get_lr() => Scaled(1);

                /// <summary>The rates of this step, from the first ones.</summary>
                protected virtual IEnumerable<double> get_closed_form_lr() => get_lr();

                private protected IEnumerable<double> Scaled(double factor) => Groups.Select(group => group.LearningRate * factor);

                private protected IEnumerable<double> FromStart(double factor) => BaseRates.Select(rate => rate * factor);

                private protected void Set(IEnumerable<double> rates)
                {
                    var at = 0;
                    foreach (var rate in rates.ToArray())
                    {
                        Groups[at].LearningRate = rate;
                        if (verbose)
                            Console.WriteLine(FormattableString.Invariant($"Epoch {Epoch}: learning rate of group {at} is {rate:E4}."));
                        at++;
                    }
                }

                /// <exception cref="ArgumentException">Another number of values than groups.</exception>
                private protected T[] PerGroup<T>(IEnumerable<T> values)
                {
                    ArgumentNullException.ThrowIfNull(values);
                    T[] all = [.. values];
                    return all.Length == Groups.Count ? all : throw new ArgumentException($"{all.Length} values for {Groups.Count} groups of parameters.", nameof(values));
                }

                private protected T[] PerGroup<T>(T value) => [.. Enumerable.Repeat(value, Groups.Count)];
            }
        }
    }
}
