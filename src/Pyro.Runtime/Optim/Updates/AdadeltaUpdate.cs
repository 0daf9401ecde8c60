namespace Pyro.Optim;

/// <summary>Adadelta (Zeiler, "ADADELTA: an adaptive learning rate method", 2012). Keeps the mean squares of the gradient and of the change.</summary>
internal readonly struct AdadeltaUpdate(double lr, double rho, double eps, double weightDecay, bool maximize) : IUpdate
{
    public void Apply<V>(ref V parameter, V gradient, ref V square, ref V change, ref V third)
        where V : struct, INumbers<V>
    {
        if (maximize)
            gradient = V.Of(0) - gradient;
        if (weightDecay != 0)
            gradient += V.Of(weightDecay) * parameter;
        square = V.Of(rho) * square + V.Of(1 - rho) * gradient * gradient;
        var delta = V.Sqrt(change + V.Of(eps)) / V.Sqrt(square + V.Of(eps)) * gradient;
        change = V.Of(rho) * change + V.Of(1 - rho) * delta * delta;
        parameter -= V.Of(lr) * delta;
    }
}
