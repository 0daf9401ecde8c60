namespace Pyro.Optim;

/// <summary>NAdam, Adam with Nesterov's momentum (Dozat, "Incorporating Nesterov momentum into Adam", 2016). Keeps the means of the gradient and its square.</summary>
internal readonly struct NAdamUpdate(double gradientRate, double meanRate, double correction, double beta1, double beta2, double eps, double weightDecay) : IUpdate
{
    public void Apply<V>(ref V parameter, V gradient, ref V mean, ref V square, ref V third)
        where V : struct, INumbers<V>
    {
        if (weightDecay != 0)
            gradient += V.Of(weightDecay) * parameter;
        mean = V.Of(beta1) * mean + V.Of(1 - beta1) * gradient;
        square = V.Of(beta2) * square + V.Of(1 - beta2) * gradient * gradient;
        parameter -= (V.Of(gradientRate) * gradient + V.Of(meanRate) * mean) / (V.Sqrt(square * V.Of(correction)) + V.Of(eps));
    }
}
