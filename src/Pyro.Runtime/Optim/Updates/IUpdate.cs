namespace Pyro.Optim;

/// <summary>One step of an optimizer for one parameter, element by element.</summary>
internal interface IUpdate
{
    /// <summary>Changes the parameter, and the numbers that the optimizer keeps beside it, by the gradient.</summary>
    void Apply<V>(ref V parameter, V gradient, ref V first, ref V second, ref V third)
        where V : struct, INumbers<V>;
}
