using Pyro.LibTorch;
using Pyro.Optim;
using TorchSharp.Modules;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            /// <summary>Stochastic gradient descent with momentum, as PyTorch has it.</summary>
            public static SGD SGD(IEnumerable<Parameter> parameters, double learningRate, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
                new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);

            /// <summary>Stochastic gradient descent with momentum, as PyTorch has it.</summary>
            public static SGD SGD(IEnumerable<(string name, Parameter parameter)> parameters, double learningRate, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
                new(parameters.Select(named => named.parameter), learningRate, momentum, dampening, weight_decay, nesterov, maximize);

            /// <summary>Stochastic gradient descent with momentum, as PyTorch has it.</summary>
            public static SGD SGD(IEnumerable<SGD.ParamGroup> parameters, double learningRate, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
                new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>Stochastic gradient descent with momentum, as PyTorch has it.</summary>
    public class SGD : OptimizerHelper, torch.optim.IMomentum
    {
        /// <summary>An optimizer of one group.</summary>
        /// <exception cref="ArgumentException">An option is outside its range.</exception>
        public SGD(IEnumerable<Parameter> parameters, double lr, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
            : this([new ParamGroup { Parameters = parameters }], lr, momentum, dampening, weight_decay, nesterov, maximize)
        {
        }

        /// <summary>An optimizer of several groups.</summary>
        /// <exception cref="ArgumentException">An option is outside its range.</exception>
        public SGD(IEnumerable<ParamGroup> parameters, double lr, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
            : base(new Options
            {
                LearningRate = Required.NotNegative(lr),
                momentum = Required.NotNegative(momentum),
                dampening = dampening,
                weight_decay = Required.NotNegative(weight_decay),
                nesterov = nesterov,
                maximize = maximize,
            }) => AddGroups(parameters);

        /// <summary>The momentum that groups without their own get.</summary>
        public double Momentum
        {
            get => Own.momentum.GetValueOrDefault();
            set => Own.momentum = value;
        }

        private Options Own => (Options)Defaults;

        internal override void Update(OptimizerOptions options, OptimizerState state, ParameterStep step)
        {
            var (o, s) = ((Options)options, (State)state);
            step.Apply(new SgdUpdate(o.LearningRate!.Value, o.momentum!.Value, s.Weight(o.dampening!.Value), o.weight_decay!.Value, o.nesterov!.Value,
                o.maximize!.Value));
        }

        private protected override OptimizerOptions NewOptions() => new Options();

        private protected override OptimizerState NewState(Parameter parameter) => new State(parameter);

        /// <summary>The options of a group; what is null comes from the optimizer.</summary>
        public class Options : OptimizerOptions
        {
            /// <summary>How much of the last change goes on.</summary>
            public double? momentum;

            /// <summary>How much less of the gradient joins the momentum.</summary>
            public double? dampening;

            /// <summary>The weight of an L2 penalty.</summary>
            public double? weight_decay;

            /// <summary>Whether to look ahead along the momentum.</summary>
            public bool? nesterov;

            /// <summary>Whether to climb.</summary>
            public bool? maximize;

            internal override void Visit(IFields fields)
            {
                base.Visit(fields);
                fields.Visit(ref momentum);
                fields.Visit(ref dampening);
                fields.Visit(ref weight_decay);
                fields.Visit(ref nesterov);
                fields.Visit(ref maximize);
            }
        }

        /// <summary>Parameters with options of their own.</summary>
        public class ParamGroup : ParamGroup<Options>, torch.optim.IMomentum
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
            public ParamGroup(IEnumerable<Parameter> parameters, double lr = 1e-3, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
                : base(parameters, new Options { LearningRate = lr, momentum = momentum, dampening = dampening, weight_decay = weight_decay, nesterov = nesterov, maximize = maximize })
            {
            }

            /// <summary>The momentum of the next step.</summary>
            public double Momentum
            {
                get => Options.momentum.GetValueOrDefault();
                set => Options.momentum = value;
            }
        }

        /// <summary>What is kept of a parameter.</summary>
        public sealed class State : OptimizerState, IDisposable
        {
            private bool waits;

            /// <summary>The momentum, where there is one.</summary>
            public torch.Tensor? momentum_buffer;

            /// <summary>An empty state, to be initialized.</summary>
            public State(Parameter parameter)
                : base(parameter)
            {
            }

            internal override (torch.Tensor? First, torch.Tensor? Second, torch.Tensor? Third) Kept => (momentum_buffer, null, null);

            /// <inheritdoc/>
            public override void Initialize(OptimizerOptions options)
            {
                Release();
                momentum_buffer = null;
            }

            internal override void Prepare(OptimizerOptions options)
            {
                if (momentum_buffer is not null || ((Options)options).momentum is null or 0)
                    return;
                momentum_buffer = Zeros();
                waits = true;
            }

            /// <summary>How much of a gradient joins the momentum: of the first one all.</summary>
            internal double Weight(double dampening)
            {
                var weight = waits ? 1 : 1 - dampening;
                waits = false;
                return weight;
            }

            /// <summary>Releases the tensors.</summary>
            public void Dispose() => Release();

            internal override void Visit(IFields fields)
            {
                fields.VisitOptional(ref momentum_buffer);
            }
        }
    }
}
