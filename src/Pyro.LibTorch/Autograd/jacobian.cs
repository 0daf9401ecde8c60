namespace TorchSharp;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>Derivatives of functions.</summary>
        public static class functional
        {
            /// <summary>The derivatives of each output by each input: of output i by input j at i · inputs + j, shaped as the output, then the input.</summary>
            public static IEnumerable<Tensor> jacobian(Func<Tensor[], Tensor[]> function, params Tensor[] inputs)
            {
                ArgumentNullException.ThrowIfNull(function);
                using var scope = NewDisposeScope();
                using var recording = enable_grad();
                var leaves = inputs.Select(input => input.detach().requires_grad_(true)).ToArray();
                return [.. function(leaves).SelectMany(output => Derivatives(output, leaves))];
            }

            /// <summary>The derivative of the output by the input, shaped as the output, then the input.</summary>
            public static Tensor jacobian(Func<Tensor, Tensor> function, Tensor inputs) => jacobian((Tensor[] given) => new[] { function(given[0]) }, inputs).Single();

            /// <summary>The derivative of each output by the input, shaped as the output, then the input.</summary>
            public static IEnumerable<Tensor> jacobian(Func<Tensor, Tensor[]> function, Tensor inputs) => jacobian((Tensor[] given) => function(given[0]), inputs);

            /// <summary>The derivative of the output by each input, shaped as the output, then the input.</summary>
            public static IEnumerable<Tensor> jacobian(Func<Tensor[], Tensor> function, params Tensor[] inputs) => jacobian((Tensor[] given) => new[] { function(given) }, inputs);

            // One pass back for each element; what has no influence has derivative 0.
            private static Tensor[] Derivatives(Tensor output, Tensor[] leaves)
            {
                var rows = leaves.Select(_ => new List<Tensor>()).ToArray();
                foreach (var element in output.reshape(-1).unbind(0))
                {
                    var gradients = element.requires_grad ? grad([element], leaves, retain_graph: true, allow_unused: true) : null;
                    for (var i = 0; i < leaves.Length; i++)
                        rows[i].Add(gradients?[i] ?? zeros_like(leaves[i]));
                }
                return [.. rows.Select((row, i) => row.Count == 0
                    ? zeros([.. output.shape, .. leaves[i].shape], leaves[i].dtype, leaves[i].device).MoveToOuterDisposeScope()
                    : stack(row).reshape([.. output.shape, .. leaves[i].shape]).MoveToOuterDisposeScope())];
            }
        }
    }
}
