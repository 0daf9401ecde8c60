using Pyro.Kernels;
using Pyro.Params;
using Pyro.Poutines;
using Pyro.Programs;
using static TorchSharp.torch;

namespace Pyro.Infer;

/// <summary>A loss that is a function: its gradient goes to the parameters that the programs meet while it runs them.</summary>
internal sealed class FunctionLoss<T>(Func<RunContext, Program<T>, Program<T>, T, Tensor> function) : ILoss
{
    public double Loss<TArgs>(RunContext context, Program<TArgs> model, Program<TArgs> guide, TArgs args)
    {
        using var noGrad = no_grad();
        return Scalars.ToDouble(Value(context, model, guide, args));
    }

    public double LossAndGrads<TArgs>(RunContext context, Program<TArgs> model, Program<TArgs> guide, TArgs args, ParamSet trained)
    {
        Tensor loss;
        using (context.Push(new Collecting(trained)))
            loss = Value(context, model, guide, args);
        if (loss.requires_grad)
            Engine.Backward(loss);
        return Scalars.ToDouble(loss.detach());
    }

    private Tensor Value<TArgs>(RunContext context, Program<TArgs> model, Program<TArgs> guide, TArgs args)
    {
        // The programs of an inference have its arguments: T and TArgs are the same.
        var loss = function(context, (Program<T>)(object)model, (Program<T>)(object)guide, (T)(object)args!);
        return loss.dim() == 0 ? loss : throw new ModelException(null,
            $"The loss has shape {Distributions.Shapes.Format(loss.Sizes())}. Give one number: its sum or its mean.");
    }

    private sealed class Collecting(ParamSet trained) : Poutine
    {
        public override bool TakesFamily(Site family) => true;

        public override void After(ref Message message)
        {
            if (message.Parameter is { } parameter)
                trained.Add(parameter);
        }
    }
}
