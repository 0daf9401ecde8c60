namespace Pyro.Optim;

/// <summary>Adagrad (Duchi, Hazan and Singer, "Adaptive subgradient methods", 2011). Keeps the sum of squares.</summary>
internal readonly struct AdagradUpdate(double rate, double eps, double weightDecay, bool maximize = false) : IUpdate
{
    public void Apply<V>(ref V parameter, V gradient, ref V sum, ref V second, ref V third)
        where V : struct, INumbers<V>
    {
        if (maximize)
            gradient = V.Of(0) - gradient;
        if (weightDecay != 0)
            gradient += V.Of(weightDecay) * parameter;
        sum += gradient * gradient;
        parameter -= V.Of(rate) * gradient / (V.Sqrt(sum) + V.Of(eps));
    }
}
