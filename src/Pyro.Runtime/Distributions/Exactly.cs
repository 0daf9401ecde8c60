using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// Distribution functions and quantiles, computed in double whatever the dtypes of values and parameters, and rounded once: differences such as 1 − p keep
/// the digits of what was given.
/// </summary>
internal static class Exactly
{
    /// <summary>A function of values and one parameter, in their dtype.</summary>
    public static Tensor Of(Tensor x, Tensor a, Func<Tensor, Tensor, Tensor> function) => function(Wide(x), Wide(a)).to_type(TypeOf(x, a));

    /// <summary>A function of values and two parameters, in their dtype.</summary>
    public static Tensor Of(Tensor x, Tensor a, Tensor b, Func<Tensor, Tensor, Tensor, Tensor> function) =>
        function(Wide(x), Wide(a), Wide(b)).to_type(promote_types(TypeOf(x, a), b.dtype));

    /// <summary>1 − exp(log), with a slope that has its digits on both sides.</summary>
    /// <param name="log">The logarithm; not positive.</param>
    public static Tensor OneLessExp(Tensor log)
    {
        var near = log.gt(-1);
        return where(near, -log.clamp_min(-1).expm1(), 1 - log.exp());
    }

    /// <summary>Numbers in double.</summary>
    public static Tensor Wide(Tensor x) => x.to_type(ScalarType.Float64);

    private static ScalarType TypeOf(Tensor x, Tensor a) => x.is_floating_point() ? promote_types(x.dtype, a.dtype) : a.dtype;
}
