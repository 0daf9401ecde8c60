namespace Pyro.Optim;

/// <summary>Averaged stochastic gradient descent (Polyak and Juditsky, 1992). Keeps the average of the parameter.</summary>
internal readonly struct AsgdUpdate(double eta, double lambd, double mu, double weightDecay, bool maximize) : IUpdate
{
    public void Apply<V>(ref V parameter, V gradient, ref V average, ref V second, ref V third)
        where V : struct, INumbers<V>
    {
        if (maximize)
            gradient = V.Of(0) - gradient;
        if (weightDecay != 0)
            gradient += V.Of(weightDecay) * parameter;
        parameter = V.Of(1 - lambd * eta) * parameter - V.Of(eta) * gradient;
        average = mu == 1 ? parameter : average + V.Of(mu) * (parameter - average);
    }
}
