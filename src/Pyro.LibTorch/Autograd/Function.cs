using System.Runtime.InteropServices;
using System.Text;
using Pyro.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>A function whose derivative is written by hand; derive from one of the two subclasses.</summary>
        public abstract class Function<T>
            where T : Function<T>, new()
        {
            /// <summary>Made by apply, once a call.</summary>
            protected Function()
            {
            }

            /// <summary>The name of the node in the graph.</summary>
            public string Name => typeof(T).Name;

            /// <summary>Computes the function and records its derivative.</summary>
            public static List<Tensor> apply_internal(params object[] vars)
            {
                var function = new T();
                var context = new AutogradContext();
                List<Tensor> outputs;
                using (no_grad())
                    outputs = function.Forward(context, vars);
                var inputs = vars.OfType<Tensor>().ToArray();
                if (!is_grad_enabled() || !Array.Exists(inputs, input => input.requires_grad))
                    return outputs;
                return Record(function, context, vars, inputs, outputs);
            }

            internal abstract List<Tensor> Forward(AutogradContext context, object[] vars);

            internal abstract List<Tensor> Backward(AutogradContext context, List<Tensor> gradients);

            private static unsafe List<Tensor> Record(T function, AutogradContext context, object[] vars, Tensor[] inputs, List<Tensor> outputs)
            {
                var kinds = outputs.Select(output => context.Dirty.Contains(output) ? (byte)2
                    : context.NotDifferentiable.Contains(output) || !(output.is_floating_point() || output.is_complex()) ? (byte)1 : (byte)0).ToArray();
                // Gradients come back for every argument; only those of tensors have a place in the graph.
                var places = Enumerable.Range(0, vars.Length).Where(i => vars[i] is Tensor).ToArray();
                var call = new FunctionCall((gradients, node) =>
                {
                    context.Node = node;
                    var all = function.Backward(context, gradients);
                    return Array.ConvertAll(places, place => place < all.Count ? all[place] : null);
                });
                var state = GCHandle.ToIntPtr(GCHandle.Alloc(call));
                Result result;
                fixed (nint* input = HandlesOf(inputs), output = HandlesOf(outputs), saved = HandlesOf(context.Saved))
                fixed (byte* kind = kinds, name = Encoding.UTF8.GetBytes(function.Name))
                    result = Native.pt_function(new NativeSpan(input, inputs.Length), new NativeSpan(output, outputs.Count), kind,
                        new NativeSpan(saved, context.Saved.Count), new NativeSpan(name, Encoding.UTF8.GetByteCount(function.Name)),
                        context.MaterializeGrads, state, &FunctionCall.Run, &FunctionCall.Release);
                GC.KeepAlive(inputs);
                GC.KeepAlive(context.Saved);
                if (result.Value == 0)
                    throw Failure.Of(function.Name, inputs);
                var recorded = Tensor.Several(result);
                for (var i = 0; i < recorded.Length; i++)
                {
                    // An input that was changed in place stays the object it was.
                    if (kinds[i] == 2)
                    {
                        recorded[i].Dispose();
                        recorded[i] = outputs[i];
                    }
                    else if (!Array.Exists(inputs, input => ReferenceEquals(input, outputs[i])) && !context.Saved.Contains(outputs[i]))
                    {
                        outputs[i].Dispose();
                    }
                }
                context.ForgetTensors();
                return [.. recorded];
            }

            private static nint[] HandlesOf(IReadOnlyList<Tensor> tensors) => [.. tensors.Select(tensor => tensor.Handle)];
        }

        /// <summary>A function with one result.</summary>
        public abstract class SingleTensorFunction<T> : Function<T>
            where T : SingleTensorFunction<T>, new()
        {
            /// <summary>Made by apply, once a call.</summary>
            protected SingleTensorFunction()
            {
            }

            /// <summary>Computes the function and records its derivative.</summary>
            public static Tensor apply(params object[] vars) => apply_internal(vars)[0];

            /// <summary>The function.</summary>
            public abstract Tensor forward(AutogradContext ctx, params object[] vars);

            /// <summary>The derivative by each argument times the gradient of the result; null for what is no tensor.</summary>
            public abstract List<Tensor> backward(AutogradContext ctx, Tensor grad_output);

            internal sealed override List<Tensor> Forward(AutogradContext context, object[] vars) => [forward(context, vars)];

            internal sealed override List<Tensor> Backward(AutogradContext context, List<Tensor> gradients) => backward(context, gradients[0]);
        }

        /// <summary>A function with several results.</summary>
        public abstract class MultiTensorFunction<T> : Function<T>
            where T : MultiTensorFunction<T>, new()
        {
            /// <summary>Made by apply, once a call.</summary>
            protected MultiTensorFunction()
            {
            }

            /// <summary>Computes the function and records its derivative.</summary>
            public static List<Tensor> apply(params object[] vars) => apply_internal(vars);

            /// <summary>The function.</summary>
            public abstract List<Tensor> forward(AutogradContext ctx, params object[] vars);

            /// <summary>The derivative by each argument times the gradients of the results; null for what is no tensor.</summary>
            public abstract List<Tensor> backward(AutogradContext ctx, List<Tensor> grad_outputs);

            internal sealed override List<Tensor> Forward(AutogradContext context, object[] vars) => forward(context, vars);

            internal sealed override List<Tensor> Backward(AutogradContext context, List<Tensor> gradients) => backward(context, gradients);
        }
    }
}
