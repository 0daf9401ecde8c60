using static TorchSharp.torch;

namespace Pyro.Optim;

/// <summary>
/// What Adam and its relatives keep of a parameter: the means of the gradient and of its square, and with AMSGrad the largest of the latter. It means the same to
/// all of them, so that one goes on where another was.
/// </summary>
internal static class AdamState
{
    public const string Kind = "Adam";

    public static StateSlot[] Slots { get; } = [new("mean"), new("square", IsNotNegative: true), new("largest", IsNotNegative: true, IsOptional: true)];

    public static Tensor Mean(OptimState state, Tensor leaf) => state.Get("mean", leaf);

    public static Tensor Square(OptimState state, Tensor leaf) => state.Get("square", leaf);

    public static Tensor? Largest(AdamOptions options, OptimState state, Tensor leaf) => options.Amsgrad ? state.Get("largest", leaf) : null;

    /// <summary>The step that they have in common.</summary>
    /// <param name="options">The options.</param>
    /// <param name="steps">The number of the step, from 1.</param>
    /// <param name="rate">The learning rate of the step.</param>
    /// <param name="weightDecay">The weight of the L2 penalty.</param>
    /// <param name="shrink">What the parameter is multiplied with.</param>
    /// <param name="eps">What is added to the divisor; the options' when not given.</param>
    public static AdamUpdate Update(AdamOptions options, long steps, double rate, double weightDecay, double shrink = 1, double? eps = null) =>
        AdamUpdate.Step(steps, rate, options.Betas.Beta1, options.Betas.Beta2, eps ?? options.Eps, weightDecay, shrink, options.Amsgrad, options.Maximize);
}
