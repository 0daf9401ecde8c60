namespace Pyro.Optim;

/// <summary>RMSprop (Hinton's lecture 6e, 2012; centred as in Graves, 2013). Keeps the mean square, the mean where centred, and the momentum.</summary>
internal readonly struct RmsPropUpdate(double lr, double alpha, double eps, double weightDecay, double momentum, bool centered, bool maximize) : IUpdate
{
    public void Apply<V>(ref V parameter, V gradient, ref V square, ref V mean, ref V buffer)
        where V : struct, INumbers<V>
    {
        if (maximize)
            gradient = V.Of(0) - gradient;
        if (weightDecay != 0)
            gradient += V.Of(weightDecay) * parameter;
        square = V.Of(alpha) * square + V.Of(1 - alpha) * gradient * gradient;
        var variance = square;
        if (centered)
        {
            mean = V.Of(alpha) * mean + V.Of(1 - alpha) * gradient;
            // Rounding may bring what is no more than zero below it.
            variance = V.Max(variance - mean * mean, V.Of(0));
        }
        gradient /= V.Sqrt(variance) + V.Of(eps);
        if (momentum > 0)
        {
            buffer = V.Of(momentum) * buffer + gradient;
            gradient = buffer;
        }
        parameter -= V.Of(lr) * gradient;
    }
}
