using Pyro.Distributions;
using Pyro.Params;
using static TorchSharp.torch;

namespace Pyro.Programs;

/// <summary>
/// Checks values against the domains they must lie in, where it is cheap: in host memory, and up to a size above which the loss tells soon enough that
/// something is wrong.
/// </summary>
internal static class Domains
{
    private const long Small = 1 << 16;

    public static void CheckParameters(string site, Distribution distribution)
    {
        CheckPrecision(site, distribution);
        if (!Validation.Enabled)
            return;
        foreach (var parameter in distribution.Parameters)
            if (IsCheap(parameter.Value))
                CheckParameter(site, distribution, parameter);
    }

    public static void CheckValue(string site, Distribution distribution, Tensor value)
    {
        if (Validation.Enabled && IsCheap(value))
            CheckSupport(site, distribution, value);
    }

    public static void CheckParam(StoredParam parameter, Tensor value)
    {
        if (Validation.Enabled && IsCheap(value) && parameter.Constraint.Find(value) is { } found)
            throw new ModelException(parameter.Name,
                $"The parameter '{parameter.Name}' has become {found}, outside its constraint {parameter.Constraint}. " +
                "Lower the learning rate, or start it elsewhere.");
    }

    public static void CheckGiven(string parameter, Constraint constraint, Tensor value)
    {
        if (Validation.Enabled && IsCheap(value) && constraint.Find(value) is { } found)
            throw new ModelException(parameter,
                $"The parameter '{parameter}' is given {found} by a handler, outside its constraint {constraint}: {constraint.Description}. Give it a value inside.");
    }

    /// <summary>Checks what the run passed over because it was large or on a device. For finding the site at fault when a loss is not finite.</summary>
    public static void CheckThoroughly(string site, Distribution distribution, Tensor value)
    {
        foreach (var parameter in distribution.Parameters)
            CheckParameter(site, distribution, parameter);
        CheckSupport(site, distribution, value);
    }

    // Three or four digits are no log density: sums of them are off by whole nats. A point has none to lose.
    private static void CheckPrecision(string site, Distribution distribution)
    {
        if (distribution.Leading.dtype is not (ScalarType.Float16 or ScalarType.BFloat16) || distribution is Delta)
            return;
        var named = distribution.Parameters.FirstOrDefault(parameter => parameter.Value.dtype is ScalarType.Float16 or ScalarType.BFloat16);
        throw new ModelException(site,
            $"The site '{site}' has {distribution.Name} with {named.Name ?? "parameters"} of the 16-bit dtype {distribution.Leading.dtype}, in which neither densities nor samples are right. " +
            $"Give it parameters in single precision, such as {named.Name ?? "x"}.to_type(ScalarType.Float32); observed values may stay as they are.");
    }

    private static bool IsCheap(Tensor value) => value.device_type == TorchSharp.DeviceType.CPU && value.numel() <= Small;

    private static void CheckParameter(string site, Distribution distribution, DistributionParameter parameter)
    {
        if (parameter.Constraint.Find(parameter.Value) is { } found)
            throw new ModelException(site,
                $"The site '{site}' has {distribution.Name} with {parameter.Name} = {found}, which must be {parameter.Constraint.Description}. " +
                $"Give it another {parameter.Name}; a Param that feeds it can carry the constraint.");
    }

    private static void CheckSupport(string site, Distribution distribution, Tensor value)
    {
        if (distribution.Support.Find(value) is { } found)
            throw new ModelException(site,
                $"The site '{site}' has the value {found}, outside the support of {distribution.Name}, which is {distribution.Support.Description}. " +
                "Give a value inside it, or another distribution.");
    }
}
