using Pyro.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Whether operations on this tensor are recorded for gradients; setting it is for leaves only.</summary>
        public bool requires_grad
        {
            get
            {
                var result = Native.pt_requires_grad(Handle) != 0;
                GC.KeepAlive(this);
                return result;
            }
            set => Ops.requires_grad_(this, value);
        }

        /// <summary>Whether the tensor was not made by a recorded operation.</summary>
        public bool is_leaf => Ops.is_leaf(this);

        /// <summary>Whether operations on this tensor are recorded for gradients.</summary>
        public Tensor with_requires_grad(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        /// <summary>Keeps the gradient of a tensor that is not a leaf.</summary>
        public void retain_grad() => Ops.retain_grad(this);

        /// <summary>The accumulated gradient, or null; setting null drops it.</summary>
        public Tensor? grad
        {
            get => Ops.grad(this);
            set => Ops.set_grad(this, value);
        }

        /// <summary>Adds, to the gradients of the leaves, the derivative of this 0-dim tensor.</summary>
        public void backward() => Ops.backward(this, null, false, false, []);

        /// <summary>Adds, to the gradients of the leaves (of the inputs, where given), the derivative of this tensor, weighted where it is not 0-dim.</summary>
        public void backward(IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null) =>
            Ops.backward(this, grad_tensors is { Count: > 0 } ? grad_tensors[0] : null, retain_graph || create_graph, create_graph,
                inputs is null ? [] : SpanOf(inputs));
    }

    /// <summary>Stops recording operations for gradients, on this thread, until disposed.</summary>
    public static IDisposable no_grad() => new GradientMode(false);

    /// <summary>Records (or stops recording) operations for gradients, on this thread, until disposed.</summary>
    public static IDisposable enable_grad(bool enabled = true) => new GradientMode(enabled);

    /// <summary>Records (or stops recording) operations for gradients, on this thread, until disposed.</summary>
    public static IDisposable set_grad_enabled(bool mode = true) => new GradientMode(mode);

    /// <summary>Whether operations are recorded for gradients on this thread.</summary>
    public static bool is_grad_enabled() => Ops.grad_enabled();

    /// <summary>Makes tensors that can never take part in gradients, on this thread, until disposed; cheaper than <see cref="no_grad"/>.</summary>
    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);

    /// <summary>Whether inference mode is on for this thread.</summary>
    public static bool is_inference_mode_enabled() => Ops.inference_enabled();

    private sealed class GradientMode : IDisposable
    {
        private readonly bool before = Ops.grad_enabled();
        private bool disposed;

        internal GradientMode(bool enabled) => Ops.set_grad_enabled(enabled);

        public void Dispose()
        {
            if (!disposed)
                Ops.set_grad_enabled(before);
            disposed = true;
        }
    }

    private sealed class InferenceMode(bool mode) : IDisposable
    {
        private nint entered = (nint)Ops.enter_inference(mode);

        public void Dispose()
        {
            if (entered != 0)
                Ops.leave_inference(entered);
            entered = 0;
        }
    }

    /// <summary>Gradients.</summary>
    public static partial class autograd
    {
        /// <summary>The derivatives of the outputs, weighted where they are not 0-dim, by the inputs. An unused input is an error, or null where allowed.</summary>
        public static IList<Tensor> grad(IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null, bool retain_graph = false, bool create_graph = false, bool allow_unused = false) =>
            Ops.gradients(SpanOf(outputs), SpanOf(inputs), grad_outputs is null ? [] : SpanOf(grad_outputs), retain_graph || create_graph, create_graph, allow_unused);

        /// <summary>Adds the derivatives of tensors to the gradients of the leaves (of the inputs, where given).</summary>
        public static void backward(IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            Ops.backward__all(SpanOf(tensors), grad_tensors is null ? [] : SpanOf(grad_tensors), retain_graph ?? create_graph, create_graph,
                inputs is null ? [] : SpanOf(inputs));

        /// <summary>Adds the derivative of a tensor to the gradients of the leaves (of the inputs, where given).</summary>
        public static void backward(Tensor tensor, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], grad_tensors, retain_graph, create_graph, inputs);

        /// <summary>Adds the weighted derivative of a tensor to the gradients of the leaves (of the inputs, where given).</summary>
        public static void backward(Tensor tensor, Tensor grad_tensor, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], grad_tensor is null ? null : [grad_tensor], retain_graph, create_graph, inputs);
    }
}
