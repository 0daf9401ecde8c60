using Pyro.LibTorch;
using Pyro.Optim;
using TorchSharp.Modules;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            /// <summary>Averaged stochastic gradient descent (Polyak and Juditsky, 1992).</summary>
            public static ASGD ASGD(IEnumerable<Parameter> parameters, double lr = 1e-3, double lambd = 1e-4, double alpha = 0.75, double t0 = 1e6, double weight_decay = 0, bool maximize = false) =>
                new(parameters, lr, lambd, alpha, t0, weight_decay, maximize);

            /// <summary>Averaged stochastic gradient descent (Polyak and Juditsky, 1992).</summary>
            public static ASGD ASGD(IEnumerable<(string name, Parameter parameter)> parameters, double lr = 1e-3, double lambd = 1e-4, double alpha = 0.75, double t0 = 1e6, double weight_decay = 0, bool maximize = false) =>
                new(parameters.Select(named => named.parameter), lr, lambd, alpha, t0, weight_decay, maximize);

            /// <summary>Averaged stochastic gradient descent (Polyak and Juditsky, 1992).</summary>
            public static ASGD ASGD(IEnumerable<ParamGroup<ASGD.Options>> parameters, double lr = 1e-3, double lambd = 1e-4, double alpha = 0.75, double t0 = 1e6, double weight_decay = 0, bool maximize = false) =>
                new(parameters, lr, lambd, alpha, t0, weight_decay, maximize);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>Averaged stochastic gradient descent (Polyak and Juditsky, 1992).</summary>
    public class ASGD : OptimizerHelper
    {
        /// <summary>An optimizer of one group.</summary>
        /// <exception cref="ArgumentException">An option is outside its range.</exception>
        public ASGD(IEnumerable<Parameter> parameters, double lr = 0.01, double lambd = 1e-4, double alpha = 0.75, double t0 = 1e6, double weight_decay = 0, bool maximize = false)
            : this([new ParamGroup<Options> { Parameters = parameters }], lr, lambd, alpha, t0, weight_decay, maximize)
        {
        }

        /// <summary>An optimizer of several groups.</summary>
        /// <exception cref="ArgumentException">An option is outside its range.</exception>
        public ASGD(IEnumerable<ParamGroup<Options>> parameters, double lr = 0.01, double lambd = 1e-4, double alpha = 0.75, double t0 = 1e6, double weight_decay = 0, bool maximize = false)
            : base(new Options
            {
                LearningRate = Required.NotNegative(lr),
                lambd = lambd,
                alpha = Required.NotNegative(alpha),
                t0 = t0,
                weight_decay = Required.NotNegative(weight_decay),
                maximize = maximize,
            }) => AddGroups(parameters);

        internal override void Update(OptimizerOptions options, OptimizerState state, ParameterStep step)
        {
            var (o, s) = ((Options)options, (State)state);
            s.step++;
            step.Apply(new AsgdUpdate(s.eta, o.lambd!.Value, s.mu, o.weight_decay!.Value, o.maximize!.Value));
            var lr = o.LearningRate!.Value;
            s.eta = lr / Math.Pow(1 + o.lambd.Value * lr * s.step, o.alpha!.Value);
            s.mu = 1 / Math.Max(1, s.step - o.t0!.Value);
        }

        private protected override OptimizerOptions NewOptions() => new Options();

        private protected override OptimizerState NewState(Parameter parameter) => new State(parameter);

        /// <summary>The options of a group; what is null comes from the optimizer.</summary>
        public class Options : OptimizerOptions
        {
            /// <summary>How fast the parameter decays.</summary>
            public double? lambd;

            /// <summary>The power of the step number by which the rate falls.</summary>
            public double? alpha;

            /// <summary>The step from which on the average is taken.</summary>
            public double? t0;

            /// <summary>The weight of an L2 penalty.</summary>
            public double? weight_decay;

            /// <summary>Whether to climb.</summary>
            public bool? maximize;

            internal override void Visit(IFields fields)
            {
                base.Visit(fields);
                fields.Visit(ref lambd);
                fields.Visit(ref alpha);
                fields.Visit(ref t0);
                fields.Visit(ref weight_decay);
                fields.Visit(ref maximize);
            }
        }

        /// <summary>What is kept of a parameter.</summary>
        public sealed class State : OptimizerState, IDisposable
        {
            /// <summary>How many steps it has had.</summary>
            public long step;

            /// <summary>The rate of the next step.</summary>
            public double eta;

            /// <summary>How much of the next value joins the average.</summary>
            public double mu;

            /// <summary>The average.</summary>
            public torch.Tensor ax = null!;

            /// <summary>An empty state, to be initialized.</summary>
            public State(Parameter parameter)
                : base(parameter)
            {
            }

            internal override (torch.Tensor? First, torch.Tensor? Second, torch.Tensor? Third) Kept => (ax, null, null);

            /// <inheritdoc/>
            public override void Initialize(OptimizerOptions options)
            {
                Release();
                step = 0;
                eta = options.LearningRate.GetValueOrDefault();
                mu = 1;
                ax = Zeros();
            }

            /// <summary>Releases the tensors.</summary>
            public void Dispose() => Release();

            internal override void Visit(IFields fields)
            {
                fields.Visit(ref step);
                fields.Visit(ref eta);
                fields.Visit(ref mu);
                fields.Visit(ref ax);
            }
        }
    }
}
