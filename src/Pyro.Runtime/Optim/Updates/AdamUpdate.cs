namespace Pyro.Optim;

/// <summary>
/// Adam (Kingma and Ba, "Adam: a method for stochastic optimization", 2015) with its variants: decoupled weight decay (Loshchilov and Hutter, 2019) and
/// AMSGrad (Reddi, Kale and Kumar, 2018). Keeps the means of the gradient and of its square, and for AMSGrad the largest of the latter.
/// </summary>
/// <param name="beta1">The decay of the gradient's mean.</param>
/// <param name="beta2">The decay of its square's mean.</param>
/// <param name="rate">The step size, with the first mean's bias correction in it.</param>
/// <param name="correction">1 / √(1 − β₂ᵗ).</param>
/// <param name="eps">What keeps the divisor away from zero.</param>
/// <param name="weightDecay">The weight of the L2 penalty in the gradient.</param>
/// <param name="shrink">What the parameter is multiplied with: 1 − rate · decay where the decay is decoupled.</param>
/// <param name="amsgrad">Whether the largest mean square divides.</param>
/// <param name="maximize">Whether to climb.</param>
internal readonly struct AdamUpdate(double beta1, double beta2, double rate, double correction, double eps, double weightDecay, double shrink = 1,
    bool amsgrad = false, bool maximize = false) : IUpdate
{
    /// <summary>The step number t, from 1.</summary>
    public static AdamUpdate Step(long t, double lr, double beta1, double beta2, double eps, double weightDecay, double shrink = 1, bool amsgrad = false,
        bool maximize = false) =>
        new(beta1, beta2, lr / (1 - Math.Pow(beta1, t)), 1 / Math.Sqrt(1 - Math.Pow(beta2, t)), eps, weightDecay, shrink, amsgrad, maximize);

    public void Apply<V>(ref V parameter, V gradient, ref V mean, ref V square, ref V largest)
        where V : struct, INumbers<V>
    {
        if (maximize)
            gradient = V.Of(0) - gradient;
        if (weightDecay != 0)
            gradient += V.Of(weightDecay) * parameter;
        if (shrink != 1)
            parameter *= V.Of(shrink);
        mean = V.Of(beta1) * mean + V.Of(1 - beta1) * gradient;
        square = V.Of(beta2) * square + V.Of(1 - beta2) * gradient * gradient;
        if (amsgrad)
            largest = V.Max(largest, square);
        var spread = V.Sqrt(amsgrad ? largest : square) * V.Of(correction) + V.Of(eps);
        parameter -= V.Of(rate) * mean / spread;
    }
}
