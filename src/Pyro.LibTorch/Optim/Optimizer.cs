using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Optimizers and their schedules.</summary>
    public static partial class optim
    {
        /// <summary>Changes parameters by their gradients, a step at a time.</summary>
        public abstract class Optimizer : IDisposable
        {
            private protected Optimizer()
            {
            }

            /// <summary>The groups of parameters, each with options of its own.</summary>
            public abstract IEnumerable<ILearningRateController> ParamGroups { get; }

            /// <summary>Sets the gradients that there are to zero.</summary>
            public virtual void zero_grad()
            {
                using var mode = no_grad();
                foreach (var parameter in parameters())
                {
                    using var gradient = parameter.grad;
                    gradient?.zero_();
                }
            }

            /// <summary>Adds parameters with options of their own; what is not given is as in the optimizer's constructor.</summary>
            /// <exception cref="ArgumentException">The group is another optimizer's, or a parameter is there already.</exception>
            public virtual void add_param_group(ParamGroup param_group) =>
                throw new NotSupportedException($"{GetType().Name} has one group of parameters.");

            /// <summary>Changes the parameters by their gradients; one without a gradient stays as it is.</summary>
            /// <param name="closure">Computes the loss and its gradients anew; its result is returned.</param>
            public abstract Tensor step(Func<Tensor>? closure = null);

            /// <summary>The parameters of all groups.</summary>
            public abstract IEnumerable<Parameter> parameters();

            /// <summary>Releases what the optimizer keeps; the parameters stay.</summary>
            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            /// <summary>Releases what the optimizer keeps.</summary>
            protected virtual void Dispose(bool disposing)
            {
            }

            /// <summary>What an optimizer keeps: the options of its groups and, over all groups in their order, the states of the parameters.</summary>
            public class StateDictionary
            {
                internal StateDictionary()
                {
                }

                /// <summary>The options, group by group.</summary>
                public List<OptimizerOptions> Options { get; } = [];

                /// <summary>The states, parameter by parameter.</summary>
                public List<OptimizerState> State { get; } = [];

                /// <summary>For each group, where in <see cref="State"/> its parameters' states are.</summary>
                public List<List<int>> StateIndexRef { get; } = [];
            }
        }

        /// <summary>What has a learning rate that a schedule can change.</summary>
        public interface ILearningRateController
        {
            /// <summary>The learning rate of the next step.</summary>
            double LearningRate { get; set; }

            /// <summary>The learning rate that schedules start from.</summary>
            double InitialLearningRate { get; set; }
        }

        /// <summary>What has a momentum that a schedule can change.</summary>
        public interface IMomentum
        {
            /// <summary>The momentum of the next step.</summary>
            double Momentum { get; set; }
        }

        /// <summary>What has Adam's two decays in place of a momentum.</summary>
        public interface IBetas
        {
            /// <summary>The decays of the next step.</summary>
            (double, double) Betas { get; set; }
        }
    }
}
