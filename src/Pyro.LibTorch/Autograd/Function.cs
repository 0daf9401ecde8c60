using System.Runtime.InteropServices;
using System.Text;
using Pyro.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>A function whose derivative is written by hand; derive from one of the two subclasses.</summary>
        public abstract class Function<T> : IDifferentiated
            where T : Function<T>, new()
        {
            private static NodeTitle? title;

            /// <summary>Made by apply, once a call.</summary>
            protected Function()
            {
            }

            /// <summary>The name of the node in the graph.</summary>
            public abstract string Name { get; }

            /// <summary>Computes the function and records its derivative.</summary>
            public static List<Tensor> apply_internal(params object[] vars)
            {
                var function = new T();
                var context = new AutogradContext();
                List<Tensor> outputs;
                if (!is_grad_enabled())
                    return function.Forward(context, vars);
                using (no_grad())
                    outputs = function.Forward(context, vars);
                var inputs = new List<Tensor>(vars.Length);
                var differentiable = false;
                foreach (var argument in vars)
                {
                    if (argument is not Tensor input)
                        continue;
                    inputs.Add(input);
                    differentiable |= input.requires_grad;
                }
                return differentiable ? Record(function, context, vars, inputs, outputs) : outputs;
            }

            List<Tensor> IDifferentiated.Backward(AutogradContext context, List<Tensor> gradients) => Backward(context, gradients);

            internal abstract List<Tensor> Forward(AutogradContext context, object[] vars);

            internal abstract List<Tensor> Backward(AutogradContext context, List<Tensor> gradients);

            private static unsafe List<Tensor> Record(T function, AutogradContext context, object[] vars, List<Tensor> inputs, List<Tensor> outputs)
            {
                var kinds = new byte[outputs.Count];
                for (var i = 0; i < kinds.Length; i++)
                    kinds[i] = (byte)KindOf(context, outputs[i]);
                var name = title is { } known && known.Text == function.Name ? known : title = new NodeTitle(function.Name);
                var state = GCHandle.ToIntPtr(GCHandle.Alloc(new FunctionCall(function, context, Array.ConvertAll(vars, argument => argument is Tensor))));
                Result result;
                fixed (nint* input = HandlesOf(inputs), output = HandlesOf(outputs), saved = HandlesOf(context.Saved))
                fixed (byte* kind = kinds, text = name.Bytes)
                    result = Native.pt_function(new NativeSpan(input, inputs.Count), new NativeSpan(output, outputs.Count), kind,
                        new NativeSpan(saved, context.Saved.Count), new NativeSpan(text, name.Bytes.Length),
                        context.MaterializeGrads, state, &FunctionCall.Run, &FunctionCall.Release);
                GC.KeepAlive(inputs);
                GC.KeepAlive(context.Saved);
                if (result.Value == 0)
                    throw Failure.Of(function.Name, [.. inputs]);
                var recorded = Tensor.Several(result);
                for (var i = 0; i < recorded.Length; i++)
                {
                    // An input that was changed in place stays the object it was.
                    if (kinds[i] == (byte)Kind.Dirty)
                    {
                        recorded[i].Dispose();
                        recorded[i] = outputs[i];
                    }
                    else if (!Has(inputs, outputs[i]) && !Has(context.Saved, outputs[i]))
                    {
                        outputs[i].Dispose();
                    }
                }
                context.ForgetTensors();
                return [.. recorded];
            }

            private static Kind KindOf(AutogradContext context, Tensor output) =>
                Has(context.Dirty, output) ? Kind.Dirty
                : Has(context.NotDifferentiable, output) || !(output.is_floating_point() || output.is_complex()) ? Kind.Constant : Kind.Differentiable;

            private static bool Has(List<Tensor> tensors, Tensor tensor)
            {
                // A list's own search compares numbers.
                foreach (var one in tensors)
                    if (ReferenceEquals(one, tensor))
                        return true;
                return false;
            }

            private static nint[] HandlesOf(List<Tensor> tensors)
            {
                var handles = new nint[tensors.Count];
                for (var i = 0; i < handles.Length; i++)
                    handles[i] = tensors[i].Handle;
                return handles;
            }

            // As the native side counts them.
            private enum Kind : byte
            {
                Differentiable,
                Constant,
                Dirty,
            }

            private sealed class NodeTitle(string text)
            {
                public string Text { get; } = text;

                public byte[] Bytes { get; } = Encoding.UTF8.GetBytes(text);
            }
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
