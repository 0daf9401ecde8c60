namespace Pyro.Optim;

/// <summary>Learning rates that change from step to step: factors by the number of steps before, for <see cref="PyroOptim.Schedule"/>.</summary>
public static class Schedules
{
    /// <summary>gamma to the power of the steps.</summary>
    /// <param name="gamma">The factor of one step.</param>
    public static Func<long, double> Exponential(double gamma) => step => Math.Pow(gamma, step);

    /// <summary>A factor for every so many steps.</summary>
    /// <param name="size">How many.</param>
    /// <param name="gamma">The factor.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive.</exception>
    public static Func<long, double> Stairs(long size, double gamma = 0.1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        return step => Math.Pow(gamma, step / size);
    }

    /// <summary>A factor at each of some steps.</summary>
    /// <param name="milestones">The steps.</param>
    /// <param name="gamma">The factor.</param>
    public static Func<long, double> Milestones(IReadOnlyList<long> milestones, double gamma = 0.1) =>
        step => Math.Pow(gamma, milestones.Count(milestone => milestone <= step));

    /// <summary>Along half a cosine from one to a least factor, which it keeps.</summary>
    /// <param name="steps">After how many steps.</param>
    /// <param name="least">The least factor.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of steps is not positive.</exception>
    public static Func<long, double> Cosine(long steps, double least = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps);
        return step => least + (1 - least) * 0.5 * (1 + Math.Cos(Math.PI * Math.Min(step, steps) / steps));
    }

    /// <summary>In equal steps from one factor to another, which it keeps.</summary>
    /// <param name="steps">After how many steps.</param>
    /// <param name="from">The first factor.</param>
    /// <param name="to">The last.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of steps is not positive.</exception>
    public static Func<long, double> Linear(long steps, double from = 1.0 / 3, double to = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps);
        return step => from + (to - from) * Math.Min(step, steps) / steps;
    }

    /// <summary>Both: their product.</summary>
    /// <param name="first">The one, such as a warm-up.</param>
    /// <param name="second">The other.</param>
    public static Func<long, double> Times(this Func<long, double> first, Func<long, double> second) => step => first(step) * second(step);
}
