namespace Pyro.Optim;

/// <summary>Resilient backpropagation (Riedmiller and Braun, 1993). Keeps the last gradient and the step sizes.</summary>
internal readonly struct RpropUpdate(double etaMinus, double etaPlus, double least, double most, bool maximize) : IUpdate
{
    public void Apply<V>(ref V parameter, V gradient, ref V previous, ref V size, ref V third)
        where V : struct, INumbers<V>
    {
        if (maximize)
            gradient = V.Of(0) - gradient;
        var turn = gradient * previous;
        size *= V.BySign(turn, V.Of(etaMinus), V.Of(1), V.Of(etaPlus));
        size = V.Min(V.Max(size, V.Of(least)), V.Of(most));
        // Where the sign turned, nothing moves this time.
        gradient = V.BySign(turn, V.Of(0), gradient, gradient);
        parameter -= V.BySign(gradient, V.Of(-1), V.Of(0), V.Of(1)) * size;
        previous = gradient;
    }
}
