using Pyro.LibTorch;
using Pyro.Optim;
using TorchSharp.Modules;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            /// <summary>RMSprop (Hinton, 2012), centred where asked (Graves, 2013).</summary>
            public static RMSProp RMSProp(IEnumerable<Parameter> parameters, double lr = 0.01, double alpha = 0.99, double eps = 1e-8, double weight_decay = 0, double momentum = 0, bool centered = false, bool maximize = false) =>
                new(parameters, lr, alpha, eps, weight_decay, momentum, centered, maximize);

            /// <summary>RMSprop (Hinton, 2012), centred where asked (Graves, 2013).</summary>
            public static RMSProp RMSProp(IEnumerable<(string name, Parameter parameter)> parameters, double lr = 0.01, double alpha = 0.99, double eps = 1e-8, double weight_decay = 0, double momentum = 0, bool centered = false, bool maximize = false) =>
                new(parameters.Select(named => named.parameter), lr, alpha, eps, weight_decay, momentum, centered, maximize);

            /// <summary>RMSprop (Hinton, 2012), centred where asked (Graves, 2013).</summary>
            public static RMSProp RMSProp(IEnumerable<RMSProp.ParamGroup> parameters, double lr = 0.01, double alpha = 0.99, double eps = 1e-8, double weight_decay = 0, double momentum = 0, bool centered = false, bool maximize = false) =>
                new(parameters, lr, alpha, eps, weight_decay, momentum, centered, maximize);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>RMSprop (Hinton, 2012), centred where asked (Graves, 2013).</summary>
    public class RMSProp : OptimizerHelper, torch.optim.IMomentum
    {
        /// <summary>An optimizer of one group.</summary>
        /// <exception cref="ArgumentException">An option is outside its range.</exception>
        public RMSProp(IEnumerable<Parameter> parameters, double lr = 1e-3, double alpha = 0.99, double eps = 1e-8, double weight_decay = 0, double momentum = 0, bool centered = false, bool maximize = false)
            : this([new ParamGroup { Parameters = parameters }], lr, alpha, eps, weight_decay, momentum, centered, maximize)
        {
        }

        /// <summary>An optimizer of several groups.</summary>
        /// <exception cref="ArgumentException">An option is outside its range.</exception>
        public RMSProp(IEnumerable<ParamGroup> parameters, double lr = 1e-3, double alpha = 0.99, double eps = 1e-8, double weight_decay = 0, double momentum = 0, bool centered = false, bool maximize = false)
            : base(new Options
            {
                LearningRate = Required.NotNegative(lr),
                alpha = Required.NotNegative(alpha),
                eps = Required.NotNegative(eps),
                weight_decay = Required.NotNegative(weight_decay),
                momentum = Required.NotNegative(momentum),
                centered = centered,
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
            s.step++;
            step.Apply(new RmsPropUpdate(o.LearningRate!.Value, o.alpha!.Value, o.eps!.Value, o.weight_decay!.Value, s.momentum_buffer is null ? 0 : o.momentum!.Value,
                s.grad_avg is not null, o.maximize!.Value));
        }

        private protected override OptimizerOptions NewOptions() => new Options();

        private protected override OptimizerState NewState(Parameter parameter) => new State(parameter);

        /// <summary>The options of a group; what is null comes from the optimizer.</summary>
        public class Options : OptimizerOptions
        {
            /// <summary>How slowly the mean forgets.</summary>
            public double? alpha;

            /// <summary>What keeps a divisor away from zero.</summary>
            public double? eps;

            /// <summary>The weight of an L2 penalty.</summary>
            public double? weight_decay;

            /// <summary>How much of the last change goes on.</summary>
            public double? momentum;

            /// <summary>Whether the mean is taken off the mean square.</summary>
            public bool? centered;

            /// <summary>Whether to climb.</summary>
            public bool? maximize;

            internal override void Visit(IFields fields)
            {
                base.Visit(fields);
                fields.Visit(ref alpha);
                fields.Visit(ref eps);
                fields.Visit(ref weight_decay);
                fields.Visit(ref momentum);
                fields.Visit(ref centered);
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
            public ParamGroup(IEnumerable<Parameter> parameters, double lr = 1e-3, double eps = 1e-8, double alpha = 0.99, double weight_decay = 0, double momentum = 0, bool centered = false)
                : base(parameters, new Options { LearningRate = lr, eps = eps, alpha = alpha, weight_decay = weight_decay, momentum = momentum, centered = centered })
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
            /// <summary>How many steps it has had.</summary>
            public long step;

            /// <summary>The mean of the gradient's square.</summary>
            public torch.Tensor square_avg = null!;

            /// <summary>The momentum, where there is one.</summary>
            public torch.Tensor? momentum_buffer;

            /// <summary>The mean of the gradient, where centred.</summary>
            public torch.Tensor? grad_avg;

            /// <summary>An empty state, to be initialized.</summary>
            public State(Parameter parameter)
                : base(parameter)
            {
            }

            internal override (torch.Tensor? First, torch.Tensor? Second, torch.Tensor? Third) Kept => (square_avg, grad_avg, momentum_buffer);

            /// <inheritdoc/>
            public override void Initialize(OptimizerOptions options)
            {
                Release();
                var o = (Options)options;
                step = 0;
                square_avg = Zeros();
                momentum_buffer = o.momentum > 0 ? Zeros() : null;
                grad_avg = o.centered == true ? Zeros() : null;
            }

            /// <summary>Releases the tensors.</summary>
            public void Dispose() => Release();

            internal override void Visit(IFields fields)
            {
                fields.Visit(ref step);
                fields.Visit(ref square_avg);
                fields.VisitOptional(ref momentum_buffer);
                fields.VisitOptional(ref grad_avg);
            }
        }
    }
}
