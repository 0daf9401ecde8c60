using TorchSharp.Modules;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            /// <summary>L-BFGS (Nocedal, 1980) with steps of a fixed length, as PyTorch has it; its step needs a closure.</summary>
            public static LBFGS LBFGS(IEnumerable<Parameter> parameters, double lr = 0.01, long max_iter = 20, long? max_eval = null, double tolerange_grad = 1e-5, double tolerance_change = 1e-9, long history_size = 100) =>
                new(parameters, lr, max_iter, max_eval ?? max_iter * 5 / 4, tolerange_grad, tolerance_change, history_size);

            /// <summary>L-BFGS (Nocedal, 1980) with steps of a fixed length, as PyTorch has it; its step needs a closure.</summary>
            public static LBFGS LBFGS(IEnumerable<(string name, Parameter parameter)> parameters, double lr = 0.01, long max_iter = 20, long? max_eval = null, double tolerange_grad = 1e-5, double tolerance_change = 1e-9, long history_size = 100) =>
                LBFGS(parameters.Select(named => named.parameter), lr, max_iter, max_eval, tolerange_grad, tolerance_change, history_size);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>L-BFGS (Nocedal, "Updating quasi-Newton matrices with limited storage", 1980) with steps of a fixed length.</summary>
    public class LBFGS : torch.optim.Optimizer, torch.optim.ILearningRateController
    {
        private readonly Parameter[] all;
        private readonly long iterations;
        private readonly long evaluations;
        private readonly double flat;
        private readonly double still;
        private readonly long memory;

        // Changes of the gradient and of the parameters, the latest last, with the inverse of their product.
        private readonly List<(torch.Tensor Gradient, torch.Tensor Change, double Inverse)> history = [];
        private torch.Tensor? direction;
        private torch.Tensor? lastGradient;
        private double length;
        private double diagonal = 1;
        private long steps;

        internal LBFGS(IEnumerable<Parameter> parameters, double lr, long iterations, long evaluations, double flat, double still, long memory)
        {
            ArgumentNullException.ThrowIfNull(parameters);
            all = [.. parameters];
            LearningRate = InitialLearningRate = Pyro.LibTorch.Required.NotNegative(lr);
            this.iterations = iterations;
            this.evaluations = evaluations;
            this.flat = flat;
            this.still = still;
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(memory);
            this.memory = memory;
        }

        /// <summary>The length of a step along its direction.</summary>
        public double LearningRate { get; set; }

        /// <summary>The length that schedules start from.</summary>
        public double InitialLearningRate { get; set; }

        /// <summary>The optimizer itself: it has one group.</summary>
        public override IEnumerable<torch.optim.ILearningRateController> ParamGroups => [this];

        /// <inheritdoc/>
        public override IEnumerable<Parameter> parameters() => all;

        /// <summary>Takes several steps; each needs the loss and its gradients anew.</summary>
        /// <param name="closure">Clears the gradients, computes the loss, calls backward, and returns the loss.</param>
        /// <returns>The loss before the first step.</returns>
        public override torch.Tensor step(Func<torch.Tensor>? closure)
        {
            ArgumentNullException.ThrowIfNull(closure);
            var loss = Evaluate(closure);
            // What the closure makes is its caller's: no scope of the step is open while it runs.
            var value = loss.ToDouble();
            for (long iteration = 1, evaluated = 1; iteration <= iterations && Advance() && iteration < iterations; iteration++)
            {
                var before = value;
                value = Evaluate(closure).ToDouble();
                if (++evaluated >= evaluations || IsStill() || Math.Abs(value - before) < still)
                    break;
            }
            return loss;
        }

        /// <inheritdoc/>
        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            if (!disposing)
                return;
            foreach (var (gradient, change, _) in history)
            {
                gradient.Dispose();
                change.Dispose();
            }
            history.Clear();
            direction?.Dispose();
            lastGradient?.Dispose();
        }

        private static torch.Tensor Evaluate(Func<torch.Tensor> closure)
        {
            using var mode = torch.enable_grad();
            return closure();
        }

        private static double Largest(torch.Tensor tensor) => tensor.numel() == 0 ? 0 : tensor.abs().max().ToDouble();

        private static void Keep(ref torch.Tensor? kept, torch.Tensor value)
        {
            var old = kept;
            kept = value.DetachFromDisposeScope();
            if (!ReferenceEquals(old, value))
                old?.Dispose();
        }

        // One step along the next direction; false where the gradient is flat, or the direction does not lead down.
        private bool Advance()
        {
            using var scope = torch.NewDisposeScope();
            using var mode = torch.no_grad();
            var gradient = Gradient();
            if (!(Largest(gradient) > flat))
                return false;
            steps++;
            if (steps > 1)
                Remember(gradient - lastGradient!);
            Keep(ref direction, Direction(gradient));
            Keep(ref lastGradient, gradient.clone());
            length = steps == 1 ? Math.Min(1, 1 / gradient.abs().sum().ToDouble()) * LearningRate : LearningRate;
            if (gradient.dot(direction!).ToDouble() > -still)
                return false;
            Move();
            return true;
        }

        private bool IsStill()
        {
            using var scope = torch.NewDisposeScope();
            using var mode = torch.no_grad();
            return Largest(direction! * length) <= still;
        }

        private void Remember(torch.Tensor change)
        {
            var moved = direction! * length;
            var product = change.dot(moved).ToDouble();
            if (product <= 1e-10)
                return;
            if (history.Count == memory)
            {
                history[0].Gradient.Dispose();
                history[0].Change.Dispose();
                history.RemoveAt(0);
            }
            history.Add((change.DetachFromDisposeScope(), moved.DetachFromDisposeScope(), 1 / product));
            diagonal = product / change.dot(change).ToDouble();
        }

        // The two loops over what is remembered.
        private torch.Tensor Direction(torch.Tensor gradient)
        {
            var result = gradient.neg();
            var weights = new double[history.Count];
            for (var i = history.Count - 1; i >= 0; i--)
            {
                weights[i] = history[i].Change.dot(result).ToDouble() * history[i].Inverse;
                result.add_(history[i].Gradient, -weights[i]);
            }
            result.mul_(diagonal);
            for (var i = 0; i < history.Count; i++)
                result.add_(history[i].Change, weights[i] - history[i].Gradient.dot(result).ToDouble() * history[i].Inverse);
            return result;
        }

        private torch.Tensor Gradient() => torch.cat([.. all.Select(parameter => parameter.grad is { } gradient ? gradient.reshape(-1) : torch.zeros_like(parameter).reshape(-1))]);

        private void Move()
        {
            var at = 0L;
            foreach (var parameter in all)
            {
                var count = parameter.numel();
                parameter.add_(direction!.narrow(0, at, count).view_as(parameter), length);
                at += count;
            }
        }
    }
}
