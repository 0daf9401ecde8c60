using Pyro.LibTorch;
using Pyro.Optim;
using TorchSharp.Modules;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            /// <summary>Resilient backpropagation (Riedmiller and Braun, 1993).</summary>
            public static Rprop Rprop(IEnumerable<Parameter> parameters, double lr = 0.01, double etaminus = 0.5, double etaplus = 1.2, double min_step = 1e-6, double max_step = 50, bool maximize = false) =>
                new(parameters, lr, etaminus, etaplus, min_step, max_step, maximize);

            /// <summary>Resilient backpropagation (Riedmiller and Braun, 1993).</summary>
            public static Rprop Rprop(IEnumerable<(string name, Parameter parameter)> parameters, double lr = 0.01, double etaminus = 0.5, double etaplus = 1.2, double min_step = 1e-6, double max_step = 50, bool maximize = false) =>
                new(parameters.Select(named => named.parameter), lr, etaminus, etaplus, min_step, max_step, maximize);

            /// <summary>Resilient backpropagation (Riedmiller and Braun, 1993).</summary>
            public static Rprop Rprop(IEnumerable<Rprop.ParamGroup> parameters, double lr = 0.01, double etaminus = 0.5, double etaplus = 1.2, double min_step = 1e-6, double max_step = 50, bool maximize = false) =>
                new(parameters, lr, etaminus, etaplus, min_step, max_step, maximize);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>Resilient backpropagation (Riedmiller and Braun, 1993).</summary>
    public class Rprop : OptimizerHelper
    {
        /// <summary>An optimizer of one group.</summary>
        /// <exception cref="ArgumentException">An option is outside its range.</exception>
        public Rprop(IEnumerable<Parameter> parameters, double lr = 0.01, double etaminus = 0.5, double etaplus = 1.2, double min_step = 1e-6, double max_step = 50, bool maximize = false)
            : this([new ParamGroup { Parameters = parameters }], lr, etaminus, etaplus, min_step, max_step, maximize)
        {
        }

        /// <summary>An optimizer of several groups.</summary>
        /// <exception cref="ArgumentException">An option is outside its range.</exception>
        public Rprop(IEnumerable<ParamGroup> parameters, double lr = 0.01, double etaminus = 0.5, double etaplus = 1.2, double min_step = 1e-6, double max_step = 50, bool maximize = false)
            : base(new Options
            {
                LearningRate = Required.NotNegative(lr),
                etaminus = etaminus,
                etaplus = etaplus,
                min_step = min_step,
                max_step = max_step,
                maximize = maximize,
            }) => AddGroups(parameters);

        internal override void Update(OptimizerOptions options, OptimizerState state, ParameterStep step)
        {
            var (o, s) = ((Options)options, (State)state);
            s.step++;
            step.Apply(new RpropUpdate(o.etaminus!.Value, o.etaplus!.Value, o.min_step!.Value, o.max_step!.Value, o.maximize!.Value));
        }

        private protected override OptimizerOptions NewOptions() => new Options();

        private protected override OptimizerState NewState(Parameter parameter) => new State(parameter);

        /// <summary>The options of a group; what is null comes from the optimizer.</summary>
        public class Options : OptimizerOptions
        {
            /// <summary>What a step size is multiplied with where the gradient's sign turned.</summary>
            public double? etaminus;

            /// <summary>What it is multiplied with where the sign stayed.</summary>
            public double? etaplus;

            /// <summary>The smallest step.</summary>
            public double? min_step;

            /// <summary>The largest step.</summary>
            public double? max_step;

            /// <summary>Whether to climb.</summary>
            public bool? maximize;

            internal override void Visit(IFields fields)
            {
                base.Visit(fields);
                fields.Visit(ref etaminus);
                fields.Visit(ref etaplus);
                fields.Visit(ref min_step);
                fields.Visit(ref max_step);
                fields.Visit(ref maximize);
            }
        }

        /// <summary>Parameters with options of their own.</summary>
        public class ParamGroup : ParamGroup<Options>
        {
            /// <summary>A group to be filled in.</summary>
            public ParamGroup()
            {
            }

            /// <summary>A group.</summary>
            public ParamGroup(IEnumerable<Parameter> parameters, Options options)
                : base(parameters, options)
            {
            }

            /// <summary>A group.</summary>
            public ParamGroup(IEnumerable<Parameter> parameters, double lr = 0.01, double etaminus = 0.5, double etaplus = 1.2, double min_step = 1e-6, double max_step = 50, bool maximize = false)
                : base(parameters, new Options { LearningRate = lr, etaminus = etaminus, etaplus = etaplus, min_step = min_step, max_step = max_step, maximize = maximize })
            {
            }
        }

        /// <summary>What is kept of a parameter.</summary>
        public sealed class State : OptimizerState, IDisposable
        {
            /// <summary>How many steps it has had.</summary>
            public long step;

            /// <summary>The last gradient.</summary>
            public torch.Tensor prev = null!;

            /// <summary>The step sizes.</summary>
            public torch.Tensor step_size = null!;

            /// <summary>An empty state, to be initialized.</summary>
            public State(Parameter parameter)
                : base(parameter)
            {
            }

            internal override (torch.Tensor? First, torch.Tensor? Second, torch.Tensor? Third) Kept => (prev, step_size, null);

            /// <inheritdoc/>
            public override void Initialize(OptimizerOptions options)
            {
                Release();
                step = 0;
                prev = Zeros();
                step_size = Zeros().fill_(options.LearningRate.GetValueOrDefault());
            }

            /// <summary>Releases the tensors.</summary>
            public void Dispose() => Release();

            internal override void Visit(IFields fields)
            {
                fields.Visit(ref step);
                fields.Visit(ref prev);
                fields.Visit(ref step_size);
            }
        }
    }
}
