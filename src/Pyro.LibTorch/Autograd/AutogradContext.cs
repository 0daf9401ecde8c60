using Pyro.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>What the two halves of a custom function share: tensors saved for the derivative, other data, and marks on the outputs.</summary>
        public class AutogradContext : IDisposable
        {
            private readonly Dictionary<string, object> data = [];
            private List<Tensor> saved = [];

            internal AutogradContext()
            {
            }

            /// <summary>Whether missing gradients arrive as zeros rather than null.</summary>
            public bool MaterializeGrads { get; private set; } = true;

            internal List<Tensor> Dirty { get; private set; } = [];

            internal List<Tensor> NotDifferentiable { get; private set; } = [];

            internal List<Tensor> Saved => saved;

            /// <summary>The node that owns the saved tensors, during its derivative.</summary>
            internal nint Node { get; set; }

            /// <summary>Keeps tensors for the derivative; get_saved_variables returns them in this order.</summary>
            public void save_for_backward(List<Tensor> tensors) => saved = [.. tensors];

            /// <summary>Keeps anything for the derivative.</summary>
            public void save_data(string key, object value) => data[key] = value;

            /// <summary>Inputs that the function changed in place and returns.</summary>
            public void mark_dirty(List<Tensor> tensors) => Dirty = [.. tensors];

            /// <summary>Outputs that no gradient flows through.</summary>
            public void mark_non_differentiable(List<Tensor> tensors) => NotDifferentiable = [.. tensors];

            /// <summary>Whether missing gradients arrive as zeros rather than null.</summary>
            public void set_materialize_grads(bool value) => MaterializeGrads = value;

            /// <summary>The tensors of save_for_backward.</summary>
            public List<Tensor> get_saved_variables()
            {
                if (Node == 0)
                    return saved;
                var result = Native.pt_function_saved(Node);
                return result.Value == 0 ? throw Failure.Of(nameof(get_saved_variables)) : [.. Tensor.Several(result)];
            }

            /// <summary>What save_data kept under the key.</summary>
            public object get_data(string key) => data[key];

            /// <summary>Forgets what was kept.</summary>
            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            /// <summary>Forgets what was kept.</summary>
            protected void Dispose(bool disposing) => data.Clear();

            // The node has taken the saved tensors over.
            internal void ForgetTensors()
            {
                saved = [];
                Dirty = [];
                NotDifferentiable = [];
            }
        }
    }
}
