using Pyro.LibTorch;
using Pyro.Optim;
using TorchSharp.Modules;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            /// <summary>Adadelta (Zeiler, 2012).</summary>
            public static Adadelta Adadelta(IEnumerable<Parameter> parameters, double lr = 1.0, double rho = 0.9, double eps = 1e-6, double weight_decay = 0, bool maximize = false) =>
                new(parameters, lr, rho, eps, weight_decay, maximize);

            /// <summary>Adadelta (Zeiler, 2012).</summary>
            public static Adadelta Adadelta(IEnumerable<(string name, Parameter parameter)> parameters, double lr = 1.0, double rho = 0.9, double eps = 1e-6, double weight_decay = 0, bool maximize = false) =>
                new(parameters.Select(named => named.parameter), lr, rho, eps, weight_decay, maximize);

            /// <summary>Adadelta (Zeiler, 2012).</summary>
            public static Adadelta Adadelta(IEnumerable<Adadelta.ParamGroup> parameters, double lr = 1.0, double rho = 0.9, double eps = 1e-6, double weight_decay = 0, bool maximize = false) =>
                new(parameters, lr, rho, eps, weight_decay, maximize);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>Adadelta (Zeiler, 2012).</summary>
    public class Adadelta : OptimizerHelper
    {
        /// <summary>An optimizer of one group.</summary>
        /// <exception cref="ArgumentException">An option is outside its range.</exception>
        public Adadelta(IEnumerable<Parameter> parameters, double lr, double rho = 0.9, double eps = 1e-6, double weight_decay = 0, bool maximize = false)
            : this([new ParamGroup { Parameters = parameters }], lr, rho, eps, weight_decay, maximize)
        {
        }

        /// <summary>An optimizer of several groups.</summary>
        /// <exception cref="ArgumentException">An option is outside its range.</exception>
        public Adadelta(IEnumerable<ParamGroup> parameters, double lr = 1.0, double rho = 0.9, double eps = 1e-6, double weight_decay = 0, bool maximize = false)
            : base(new Options
            {
                LearningRate = Required.NotNegative(lr),
                rho = Required.Decay(rho),
                eps = Required.NotNegative(eps),
                weight_decay = Required.NotNegative(weight_decay),
                maximize = maximize,
            }) => AddGroups(parameters);

        internal override void Update(OptimizerOptions options, OptimizerState state, ParameterStep step)
        {
            var (o, s) = ((Options)options, (State)state);
            s.step++;
            step.Apply(new AdadeltaUpdate(o.LearningRate!.Value, o.rho!.Value, o.eps!.Value, o.weight_decay!.Value, o.maximize!.Value));
        }

        private protected override OptimizerOptions NewOptions() => new Options();

        private protected override OptimizerState NewState(Parameter parameter) => new State(parameter);

        /// <summary>The options of a group; what is null comes from the optimizer.</summary>
        public class Options : OptimizerOptions
        {
            /// <summary>How slowly the means forget.</summary>
            public double? rho;

            /// <summary>What keeps a divisor away from zero.</summary>
            public double? eps;

            /// <summary>The weight of an L2 penalty.</summary>
            public double? weight_decay;

            /// <summary>Whether to climb.</summary>
            public bool? maximize;

            internal override void Visit(IFields fields)
            {
                base.Visit(fields);
                fields.Visit(ref rho);
                fields.Visit(ref eps);
                fields.Visit(ref weight_decay);
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
            public ParamGroup(IEnumerable<Parameter> parameters, double lr = 1.0, double rho = 0.9, double eps = 1e-6, double weight_decay = 0, bool maximize = false)
                : base(parameters, new Options { LearningRate = lr, rho = rho, eps = eps, weight_decay = weight_decay, maximize = maximize })
            {
            }
        }

        /// <summary>What is kept of a parameter.</summary>
        public sealed class State : OptimizerState, IDisposable
        {
            /// <summary>How many steps it has had.</summary>
            public long step;

            /// <summary>The mean of the gradient's square.</summary>
            public torch.Tensor square_avg = null!;

            /// <summary>The mean of the change's square.</summary>
            public torch.Tensor acc_delta = null!;

            /// <summary>An empty state, to be initialized.</summary>
            public State(Parameter parameter)
                : base(parameter)
            {
            }

            internal override (torch.Tensor? First, torch.Tensor? Second, torch.Tensor? Third) Kept => (square_avg, acc_delta, null);

            /// <inheritdoc/>
            public override void Initialize(OptimizerOptions options)
            {
                Release();
                step = 0;
                square_avg = Zeros();
                acc_delta = Zeros();
            }

            /// <summary>Releases the tensors.</summary>
            public void Dispose() => Release();

            internal override void Visit(IFields fields)
            {
                fields.Visit(ref step);
                fields.Visit(ref square_avg);
                fields.Visit(ref acc_delta);
            }
        }
    }
}
