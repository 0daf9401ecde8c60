using Pyro.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Accumulates d self / d leaf into every leaf's gradient. The tensor must have one element.</summary>
        public void backward() => Done(Native.Backward(Handle, 0, 0, 0), nameof(backward), this);

        /// <summary>Accumulates Σ gradient · d self / d leaf into every leaf's gradient.</summary>
        public void backward(IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null)
        {
            if (inputs is not null)
            {
                var gradients = autograd.grad([this], inputs, grad_tensors, retain_graph, create_graph, allow_unused: true);
                for (var i = 0; i < gradients.Count; i++)
                    if (gradients[i] is { IsInvalid: false } gradient)
                        inputs[i].grad = inputs[i].grad is { } before ? before.add(gradient) : gradient;
                return;
            }
            var seed = grad_tensors is { Count: > 0 } ? grad_tensors[0] : null;
            Done(Native.Backward(Handle, seed?.Handle ?? 0, Flag(retain_graph), Flag(create_graph)), nameof(backward), this, seed);
        }

        /// <summary>Says whether autograd records operations on this tensor.</summary>
        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }
    }

    /// <summary>Whether operations on this thread are recorded for backward passes.</summary>
    public static bool is_grad_enabled() => Native.GradEnabled() != 0;

    /// <summary>Records nothing on this thread until the result is disposed.</summary>
    public static IDisposable no_grad() => new GradMode(false);

    /// <summary>Records, or not, on this thread until the result is disposed.</summary>
    public static IDisposable enable_grad(bool enabled = true) => new GradMode(enabled);

    /// <inheritdoc cref="enable_grad"/>
    public static IDisposable set_grad_enabled(bool mode = true) => new GradMode(mode);

    private sealed class GradMode : IDisposable
    {
        private readonly int before = Native.GradEnabled();

        internal GradMode(bool enabled) => Native.SetGradEnabled(enabled ? 1 : 0);

        public void Dispose() => Native.SetGradEnabled(before);
    }

    /// <summary>Derivatives without gradients left behind in the leaves.</summary>
    public static class autograd
    {
        /// <summary>Σ outputs' gradients with respect to each input.</summary>
        /// <exception cref="System.Runtime.InteropServices.ExternalException">
        /// An input is not used by the outputs (unless allowed: then its gradient is an invalid tensor), or the graph has been freed.
        /// </exception>
        public static unsafe IList<Tensor> grad(IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null,
            bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            var of = Handles(outputs);
            var with = Handles(inputs);
            var seeds = Handles(grad_outputs ?? []);
            var results = new nint[with.Length];
            fixed (nint* ofPointer = of, withPointer = with, seedPointer = seeds, target = results)
            {
                if (Native.AutogradGrad(ofPointer, of.Length, withPointer, with.Length, seedPointer, seeds.Length,
                        (byte)(retain_graph ? 1 : 0), (byte)(create_graph ? 1 : 0), (byte)(allow_unused ? 1 : 0), target) != 0)
                    NativeFailure.Throw("autograd.grad", outputs.FirstOrDefault(), inputs.FirstOrDefault());
            }
            return [.. results.Select(result => new Tensor(result))];
        }
    }
}
