using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Helpers for gradients and parameters.</summary>
        public static partial class utils
        {
            /// <summary>Scales the gradients down to a common norm of at most max_norm; returns the norm that they had.</summary>
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2)
            {
                using var scope = NewDisposeScope();
                using var mode = no_grad();
                var gradients = tensors.Select(tensor => tensor.grad).OfType<Tensor>().ToList();
                if (gradients.Count == 0)
                    return 0;
                var norms = stack(gradients.Select(gradient => linalg.vector_norm(gradient.detach(), norm_type).to(gradients[0].dtype, gradients[0].device)));
                var total = linalg.vector_norm(norms, norm_type).ToDouble();
                var scale = max_norm / (total + 1e-6);
                if (scale < 1)
                    foreach (var gradient in gradients)
                        gradient.mul_(scale);
                return total;
            }

            /// <summary>Limits each element of the gradients to ±clip_value.</summary>
            public static void clip_grad_value_(IEnumerable<Parameter> tensors, double clip_value)
            {
                using var scope = NewDisposeScope();
                using var mode = no_grad();
                foreach (var gradient in tensors.Select(tensor => tensor.grad).OfType<Tensor>())
                    gradient.clamp_(-clip_value, clip_value);
            }

            /// <summary>All elements of the parameters in one vector, differentiable.</summary>
            public static Tensor parameters_to_vector(IEnumerable<Parameter> tensors)
            {
                using var scope = NewDisposeScope();
                return cat([.. tensors.Select(tensor => tensor.reshape(-1))]).MoveToOuterDisposeScope();
            }

            /// <summary>Writes a vector of all elements to the parameters.</summary>
            /// <exception cref="ArgumentException">The vector has another number of elements.</exception>
            public static void vector_to_parameters(Tensor vec, IEnumerable<Parameter> tensors)
            {
                var targets = tensors.ToList();
                var count = targets.Sum(target => target.numel());
                if (vec.dim() != 1 || vec.numel() != count)
                    throw new ArgumentException($"The parameters have {count} elements, the vector has shape [{string.Join(", ", vec.shape)}].", nameof(vec));
                using var scope = NewDisposeScope();
                using var mode = no_grad();
                var at = 0L;
                foreach (var target in targets)
                {
                    target.copy_(vec.narrow(0, at, target.numel()).view(target.shape));
                    at += target.numel();
                }
            }
        }
    }
}
