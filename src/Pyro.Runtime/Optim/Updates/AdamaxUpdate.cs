namespace Pyro.Optim;

/// <summary>Adamax, Adam with the infinity norm (Kingma and Ba, 2015, section 7.1). Keeps the gradient's mean and its largest recent size.</summary>
internal readonly struct AdamaxUpdate(double rate, double beta1, double beta2, double eps, double weightDecay, bool maximize = false) : IUpdate
{
    public void Apply<V>(ref V parameter, V gradient, ref V mean, ref V largest, ref V third)
        where V : struct, INumbers<V>
    {
        if (maximize)
            gradient = V.Of(0) - gradient;
        if (weightDecay != 0)
            gradient += V.Of(weightDecay) * parameter;
        mean = V.Of(beta1) * mean + V.Of(1 - beta1) * gradient;
        largest = V.Max(V.Of(beta2) * largest, V.Abs(gradient) + V.Of(eps));
        parameter -= V.Of(rate) * mean / largest;
    }
}
