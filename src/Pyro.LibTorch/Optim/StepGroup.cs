using TorchSharp;
using TorchSharp.Modules;

namespace Pyro.LibTorch;

/// <summary>A group of parameters with their states, and the room for a step over them.</summary>
internal sealed class StepGroup
{
    // The parameter and the three tensors that an optimizer may keep of it.
    private const int Tensors = 4;

    private readonly nint[] handles;
    private readonly NumberView[] views;

    internal StepGroup(ParamGroup group, OptimizerState[] states)
    {
        Group = group;
        States = states;
        handles = new nint[Tensors * states.Length];
        views = new NumberView[ParameterStep.Views * states.Length];
    }

    internal ParamGroup Group { get; }

    internal OptimizerState[] States { get; }

    /// <summary>Steps each parameter that has a gradient.</summary>
    internal unsafe void Step(OptimizerHelper optimizer)
    {
        if (States.Length == 0)
            return;
        for (var i = 0; i < States.Length; i++)
        {
            States[i].Prepare(Group.Options);
            var (first, second, third) = States[i].Kept;
            var at = Tensors * i;
            handles[at] = States[i].Parameter.Handle;
            handles[at + 1] = torch.Tensor.HandleOrNull(first);
            handles[at + 2] = torch.Tensor.HandleOrNull(second);
            handles[at + 3] = torch.Tensor.HandleOrNull(third);
        }
        fixed (nint* tensors = handles)
        fixed (NumberView* into = views)
            if (Native.pt_numbers(tensors, States.Length, into).Value == 0)
                throw Failure.Of("step", Array.ConvertAll(States, torch.Tensor (state) => state.Parameter));
        for (var i = 0; i < States.Length; i++)
        {
            var own = views.AsSpan(ParameterStep.Views * i, ParameterStep.Views);
            if (own[1].Kind != NumberView.Absent)
                optimizer.Update(Group.Options, States[i], new ParameterStep(States[i], own));
        }
    }
}
