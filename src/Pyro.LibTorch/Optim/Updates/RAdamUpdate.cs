namespace Pyro.Optim;

/// <summary>RAdam (Liu et al., "On the variance of the adaptive learning rate and beyond", 2020). Keeps the means of the gradient and its square.</summary>
internal readonly struct RAdamUpdate(double rate, bool adaptive, double beta1, double beta2, double eps, double weightDecay) : IUpdate
{
    public void Apply<V>(ref V parameter, V gradient, ref V mean, ref V square, ref V third)
        where V : struct, INumbers<V>
    {
        if (weightDecay != 0)
            gradient += V.Of(weightDecay) * parameter;
        mean = V.Of(beta1) * mean + V.Of(1 - beta1) * gradient;
        square = V.Of(beta2) * square + V.Of(1 - beta2) * gradient * gradient;
        // While too few gradients have been seen, the mean alone decides.
        parameter -= V.Of(rate) * (adaptive ? mean / (V.Sqrt(square) + V.Of(eps)) : mean);
    }
}
