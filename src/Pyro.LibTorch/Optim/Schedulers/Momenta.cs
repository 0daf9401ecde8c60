namespace Pyro.LibTorch;

/// <summary>The momenta of an optimizer's groups, or the first of Adam's decays, for the schedules that change them beside the rates.</summary>
internal static class Momenta
{
    /// <exception cref="ArgumentException">The group has none.</exception>
    internal static void Set(TorchSharp.torch.optim.ILearningRateController group, double momentum)
    {
        switch (group)
        {
            case TorchSharp.torch.optim.IMomentum plain:
                plain.Momentum = momentum;
                break;
            case TorchSharp.torch.optim.IBetas decays:
                decays.Betas = (momentum, decays.Betas.Item2);
                break;
            default:
                throw new ArgumentException("The optimizer has no momentum to change; pass cycle_momentum: false.", nameof(group));
        }
    }
}
