namespace Pyro.Optim;

/// <summary>A rule by gradients whose numbers are brought into the interval from minus a limit to the limit.</summary>
internal readonly struct Clipped<TRule>(TRule rule, double limit) : IUpdate
    where TRule : struct, IUpdate
{
    public void Apply<V>(ref V parameter, V gradient, ref V first, ref V second, ref V third)
        where V : struct, INumbers<V> => rule.Apply(ref parameter, V.Min(V.Max(gradient, V.Of(-limit)), V.Of(limit)), ref first, ref second, ref third);
}
