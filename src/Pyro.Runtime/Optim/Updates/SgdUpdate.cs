namespace Pyro.Optim;

/// <summary>Gradient descent with momentum, as PyTorch has it (Sutskever et al., "On the importance of initialization and momentum", 2013). Keeps the momentum.</summary>
internal readonly struct SgdUpdate(double lr, double momentum, double weight, double weightDecay, bool nesterov, bool maximize) : IUpdate
{
    public void Apply<V>(ref V parameter, V gradient, ref V buffer, ref V second, ref V third)
        where V : struct, INumbers<V>
    {
        if (maximize)
            gradient = V.Of(0) - gradient;
        if (weightDecay != 0)
            gradient += V.Of(weightDecay) * parameter;
        if (momentum != 0)
        {
            buffer = V.Of(momentum) * buffer + V.Of(weight) * gradient;
            gradient = nesterov ? gradient + V.Of(momentum) * buffer : buffer;
        }
        parameter -= V.Of(lr) * gradient;
    }
}
