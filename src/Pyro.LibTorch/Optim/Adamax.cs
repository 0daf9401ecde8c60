using Pyro.LibTorch;
using Pyro.Optim;
using TorchSharp.Modules;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            /// <summary>Adamax, Adam with the infinity norm (Kingma and Ba, 2015).</summary>
            public static Adamax Adamax(IEnumerable<Parameter> parameters, double lr = 0.002, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay);

            /// <summary>Adamax, Adam with the infinity norm (Kingma and Ba, 2015).</summary>
            public static Adamax Adamax(IEnumerable<(string name, Parameter parameter)> parameters, double lr = 0.002, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0) =>
                new(parameters.Select(named => named.parameter), lr, beta1, beta2, eps, weight_decay);

            /// <summary>Adamax, Adam with the infinity norm (Kingma and Ba, 2015).</summary>
            public static Adamax Adamax(IEnumerable<Adamax.ParamGroup> parameters, double lr = 0.002, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>Adamax, Adam with the infinity norm (Kingma and Ba, 2015).</summary>
    public class Adamax : OptimizerHelper, torch.optim.IBetas
    {
        /// <summary>An optimizer of one group.</summary>
        /// <exception cref="ArgumentException">An option is outside its range.</exception>
        public Adamax(IEnumerable<Parameter> parameters, double lr, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0)
            : this([new ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay)
        {
        }

        /// <summary>An optimizer of several groups.</summary>
        /// <exception cref="ArgumentException">An option is outside its range.</exception>
        public Adamax(IEnumerable<ParamGroup> parameters, double lr = 0.002, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0)
            : base(new Options
            {
                LearningRate = Required.NotNegative(lr),
                beta1 = Required.Decay(beta1),
                beta2 = Required.Decay(beta2),
                eps = Required.NotNegative(eps),
                weight_decay = Required.NotNegative(weight_decay),
            }) => AddGroups(parameters);

        /// <summary>The decays that groups without their own get.</summary>
        public (double, double) Betas
        {
            get => (Own.beta1.GetValueOrDefault(), Own.beta2.GetValueOrDefault());
            set => (Own.beta1, Own.beta2) = value;
        }

        private Options Own => (Options)Defaults;

        internal override void Update(OptimizerOptions options, OptimizerState state, ParameterStep step)
        {
            var (o, s) = ((Options)options, (State)state);
            s.step++;
            var beta1 = o.beta1!.Value;
            step.Apply(new AdamaxUpdate(o.LearningRate!.Value / (1 - Math.Pow(beta1, s.step)), beta1, o.beta2!.Value, o.eps!.Value, o.weight_decay!.Value));
        }

        private protected override OptimizerOptions NewOptions() => new Options();

        private protected override OptimizerState NewState(Parameter parameter) => new State(parameter);

        /// <summary>The options of a group; what is null comes from the optimizer.</summary>
        public class Options : OptimizerOptions
        {
            /// <summary>How slowly the mean of the gradient forgets.</summary>
            public double? beta1;

            /// <summary>How slowly the mean of its square forgets.</summary>
            public double? beta2;

            /// <summary>What keeps a divisor away from zero.</summary>
            public double? eps;

            /// <summary>The weight of an L2 penalty.</summary>
            public double? weight_decay;

            internal override void Visit(IFields fields)
            {
                base.Visit(fields);
                fields.Visit(ref beta1);
                fields.Visit(ref beta2);
                fields.Visit(ref eps);
                fields.Visit(ref weight_decay);
            }
        }

        /// <summary>Parameters with options of their own.</summary>
        public class ParamGroup : ParamGroup<Options>, torch.optim.IBetas
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
            public ParamGroup(IEnumerable<Parameter> parameters, double lr = 1.0, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0)
                : base(parameters, new Options { LearningRate = lr, beta1 = beta1, beta2 = beta2, eps = eps, weight_decay = weight_decay })
            {
            }

            /// <summary>The decays of the next step.</summary>
            public (double, double) Betas
            {
                get => (Options.beta1.GetValueOrDefault(), Options.beta2.GetValueOrDefault());
                set => (Options.beta1, Options.beta2) = value;
            }
        }

        /// <summary>What is kept of a parameter.</summary>
        public sealed class State : OptimizerState, IDisposable
        {
            /// <summary>How many steps it has had.</summary>
            public long step;

            /// <summary>The mean of the gradient.</summary>
            public torch.Tensor exp_avg = null!;

            /// <summary>Its largest recent size.</summary>
            public torch.Tensor exp_inf = null!;

            /// <summary>An empty state, to be initialized.</summary>
            public State(Parameter parameter)
                : base(parameter)
            {
            }

            internal override (torch.Tensor? First, torch.Tensor? Second, torch.Tensor? Third) Kept => (exp_avg, exp_inf, null);

            /// <inheritdoc/>
            public override void Initialize(OptimizerOptions options)
            {
                Release();
                step = 0;
                exp_avg = Zeros();
                exp_inf = Zeros();
            }

            /// <summary>Releases the tensors.</summary>
            public void Dispose() => Release();

            internal override void Visit(IFields fields)
            {
                fields.Visit(ref step);
                fields.Visit(ref exp_avg);
                fields.Visit(ref exp_inf);
            }
        }
    }
}
