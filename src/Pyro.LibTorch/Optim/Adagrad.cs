using Pyro.LibTorch;
using Pyro.Optim;
using TorchSharp.Modules;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            /// <summary>Adagrad (Duchi, Hazan and Singer, 2011).</summary>
            public static Adagrad Adagrad(IEnumerable<Parameter> parameters, double lr = 0.01, double lr_decay = 0, double weight_decay = 0, double initial_accumulator_value = 0, double eps = 1e-10) =>
                new(parameters, lr, lr_decay, weight_decay, initial_accumulator_value, eps);

            /// <summary>Adagrad (Duchi, Hazan and Singer, 2011).</summary>
            public static Adagrad Adagrad(IEnumerable<(string name, Parameter parameter)> parameters, double lr = 0.01, double lr_decay = 0, double weight_decay = 0, double initial_accumulator_value = 0, double eps = 1e-10) =>
                new(parameters.Select(named => named.parameter), lr, lr_decay, weight_decay, initial_accumulator_value, eps);

            /// <summary>Adagrad (Duchi, Hazan and Singer, 2011).</summary>
            public static Adagrad Adagrad(IEnumerable<Adagrad.ParamGroup> parameters, double lr = 0.01, double lr_decay = 0, double weight_decay = 0, double initial_accumulator_value = 0, double eps = 1e-10) =>
                new(parameters, lr, lr_decay, weight_decay, initial_accumulator_value, eps);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>Adagrad (Duchi, Hazan and Singer, 2011).</summary>
    public class Adagrad : OptimizerHelper
    {
        /// <summary>An optimizer of one group.</summary>
        /// <exception cref="ArgumentException">An option is outside its range.</exception>
        public Adagrad(IEnumerable<Parameter> parameters, double lr = 0.01, double lr_decay = 0, double weight_decay = 0, double initial_accumulator_value = 0, double eps = 1e-10)
            : this([new ParamGroup { Parameters = parameters }], lr, lr_decay, weight_decay, initial_accumulator_value, eps)
        {
        }

        /// <summary>An optimizer of several groups.</summary>
        /// <exception cref="ArgumentException">An option is outside its range.</exception>
        public Adagrad(IEnumerable<ParamGroup> parameters, double lr = 0.01, double lr_decay = 0, double weight_decay = 0, double initial_accumulator_value = 0, double eps = 1e-10)
            : base(new Options
            {
                LearningRate = Required.NotNegative(lr),
                lr_decay = Required.NotNegative(lr_decay),
                weight_decay = Required.NotNegative(weight_decay),
                initial_accumulator_value = Required.NotNegative(initial_accumulator_value),
                eps = Required.NotNegative(eps),
            }) => AddGroups(parameters);

        internal override void Update(OptimizerOptions options, OptimizerState state, ParameterStep step)
        {
            var (o, s) = ((Options)options, (State)state);
            s.step++;
            step.Apply(new AdagradUpdate(o.LearningRate!.Value / (1 + (s.step - 1) * o.lr_decay!.Value), o.eps!.Value, o.weight_decay!.Value));
        }

        private protected override OptimizerOptions NewOptions() => new Options();

        private protected override OptimizerState NewState(Parameter parameter) => new State(parameter);

        /// <summary>The options of a group; what is null comes from the optimizer.</summary>
        public class Options : OptimizerOptions
        {
            /// <summary>How fast the learning rate falls.</summary>
            public double? lr_decay;

            /// <summary>The weight of an L2 penalty.</summary>
            public double? weight_decay;

            /// <summary>What the sum of squares starts from.</summary>
            public double? initial_accumulator_value;

            /// <summary>What keeps a divisor away from zero.</summary>
            public double? eps;

            internal override void Visit(IFields fields)
            {
                base.Visit(fields);
                fields.Visit(ref lr_decay);
                fields.Visit(ref weight_decay);
                fields.Visit(ref initial_accumulator_value);
                fields.Visit(ref eps);
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
            public ParamGroup(IEnumerable<Parameter> parameters, double lr = 0.01, double lr_decay = 0, double weight_decay = 0, double initial_accumulator_value = 0, double eps = 1e-10)
                : base(parameters, new Options { LearningRate = lr, lr_decay = lr_decay, weight_decay = weight_decay, initial_accumulator_value = initial_accumulator_value, eps = eps })
            {
            }
        }

        /// <summary>What is kept of a parameter.</summary>
        public sealed class State : OptimizerState, IDisposable
        {
            /// <summary>How many steps it has had.</summary>
            public long step;

            /// <summary>The sum of the gradient's squares.</summary>
            public torch.Tensor sum = null!;

            /// <summary>An empty state, to be initialized.</summary>
            public State(Parameter parameter)
                : base(parameter)
            {
            }

            internal override (torch.Tensor? First, torch.Tensor? Second, torch.Tensor? Third) Kept => (sum, null, null);

            /// <inheritdoc/>
            public override void Initialize(OptimizerOptions options)
            {
                Release();
                var o = (Options)options;
                step = 0;
                sum = Zeros().fill_(o.initial_accumulator_value.GetValueOrDefault());
            }

            /// <summary>Releases the tensors.</summary>
            public void Dispose() => Release();

            internal override void Visit(IFields fields)
            {
                fields.Visit(ref step);
                fields.Visit(ref sum);
            }
        }
    }
}
