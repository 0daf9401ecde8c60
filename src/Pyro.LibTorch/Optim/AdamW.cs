using Pyro.LibTorch;
using Pyro.Optim;
using TorchSharp.Modules;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            /// <summary>Adam with decoupled weight decay (Loshchilov and Hutter, 2019).</summary>
            public static AdamW AdamW(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            /// <summary>Adam with decoupled weight decay (Loshchilov and Hutter, 2019).</summary>
            public static AdamW AdamW(IEnumerable<(string name, Parameter parameter)> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters.Select(named => named.parameter), lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            /// <summary>Adam with decoupled weight decay (Loshchilov and Hutter, 2019).</summary>
            public static AdamW AdamW(IEnumerable<AdamW.ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>Adam with decoupled weight decay (Loshchilov and Hutter, 2019).</summary>
    public class AdamW : OptimizerHelper, torch.optim.IBetas
    {
        /// <summary>An optimizer of one group.</summary>
        /// <exception cref="ArgumentException">An option is outside its range.</exception>
        public AdamW(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
            : this([new ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
        {
        }

        /// <summary>An optimizer of several groups.</summary>
        /// <exception cref="ArgumentException">An option is outside its range.</exception>
        public AdamW(IEnumerable<ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
            : base(new Options
            {
                LearningRate = Required.NotNegative(lr),
                beta1 = Required.Decay(beta1),
                beta2 = Required.Decay(beta2),
                eps = Required.NotNegative(eps),
                weight_decay = Required.NotNegative(weight_decay),
                amsgrad = amsgrad,
                maximize = maximize,
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
            var lr = o.LearningRate!.Value;
            step.Apply(AdamUpdate.Step(s.step, lr, o.beta1!.Value, o.beta2!.Value, o.eps!.Value, weightDecay: 0, shrink: 1 - lr * o.weight_decay!.Value,
                amsgrad: s.max_exp_avg_sq is not null, maximize: o.maximize!.Value));
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

            /// <summary>How much a parameter shrinks in a step, as a share of the learning rate.</summary>
            public double? weight_decay;

            /// <summary>Whether the largest mean square so far divides.</summary>
            public bool? amsgrad;

            /// <summary>Whether to climb.</summary>
            public bool? maximize;

            internal override void Visit(IFields fields)
            {
                base.Visit(fields);
                fields.Visit(ref beta1);
                fields.Visit(ref beta2);
                fields.Visit(ref eps);
                fields.Visit(ref weight_decay);
                fields.Visit(ref amsgrad);
                fields.Visit(ref maximize);
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
            public ParamGroup(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
                : base(parameters, new Options { LearningRate = lr, beta1 = beta1, beta2 = beta2, eps = eps, weight_decay = weight_decay, amsgrad = amsgrad, maximize = maximize })
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

            /// <summary>The mean of its square.</summary>
            public torch.Tensor exp_avg_sq = null!;

            /// <summary>The largest such mean, for AMSGrad.</summary>
            public torch.Tensor? max_exp_avg_sq;

            /// <summary>An empty state, to be initialized.</summary>
            public State(Parameter parameter)
                : base(parameter)
            {
            }

            internal override (torch.Tensor? First, torch.Tensor? Second, torch.Tensor? Third) Kept => (exp_avg, exp_avg_sq, max_exp_avg_sq);

            /// <inheritdoc/>
            public override void Initialize(OptimizerOptions options)
            {
                Release();
                var o = (Options)options;
                step = 0;
                exp_avg = Zeros();
                exp_avg_sq = Zeros();
                max_exp_avg_sq = o.amsgrad == true ? Zeros() : null;
            }

            /// <summary>Releases the tensors.</summary>
            public void Dispose() => Release();

            internal override void Visit(IFields fields)
            {
                fields.Visit(ref step);
                fields.Visit(ref exp_avg);
                fields.Visit(ref exp_avg_sq);
                fields.VisitOptional(ref max_exp_avg_sq);
            }
        }
    }
}
