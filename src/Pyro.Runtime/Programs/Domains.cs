using Pyro.Distributions;
using Pyro.Kernels;
using Pyro.Params;
using Pyro.Poutines;
using static TorchSharp.torch;

namespace Pyro.Programs;

/// <summary>
/// Checks values against the domains they must lie in, every element of them, where no device has to be waited for. What a mask leaves out counts nothing, so it may
/// lie anywhere: a value that is missing, and the parameters that belong to it.
/// </summary>
internal static class Domains
{
    /// <summary>Checks the parameters of a distribution to draw from: all of them, since what is drawn is drawn whole, masks or not.</summary>
    /// <param name="site">The site's name.</param>
    /// <param name="distribution">The distribution.</param>
    public static void CheckDrawn(string site, Distribution distribution)
    {
        CheckPrecision(site, distribution);
        if (Validation.Enabled)
            CheckParameters(site, distribution.Unmasked, null, null, thorough: false);
    }

    /// <summary>Checks the parameters of a distribution that a value is scored with.</summary>
    /// <param name="site">The site's name.</param>
    /// <param name="distribution">The distribution.</param>
    /// <param name="mask">The mask of handlers and scopes around the site; null for none.</param>
    /// <param name="plate">The innermost plate around the site.</param>
    public static void CheckScored(string site, Distribution distribution, Tensor? mask, PlateScope? plate)
    {
        CheckPrecision(site, distribution);
        if (Validation.Enabled)
            CheckParameters(site, distribution, mask, plate, thorough: false);
    }

    /// <summary>Checks the value of an observed site.</summary>
    /// <param name="site">The site's name.</param>
    /// <param name="distribution">The distribution.</param>
    /// <param name="value">The value.</param>
    /// <param name="mask">The mask of handlers and scopes around the site; null for none.</param>
    /// <param name="plate">The innermost plate around the site.</param>
    public static void CheckValue(string site, Distribution distribution, Tensor value, Tensor? mask, PlateScope? plate)
    {
        if (Validation.Enabled && IsInHostMemory(value))
            CheckSupport(site, distribution, value, mask, plate);
    }

    /// <summary>What is wrong with an observation that is outside of its support in this run; null for nothing.</summary>
    /// <param name="site">The site's name.</param>
    /// <param name="distribution">The distribution.</param>
    /// <param name="value">The value.</param>
    /// <param name="mask">The mask of handlers and scopes around the site; null for none.</param>
    /// <param name="plate">The innermost plate around the site.</param>
    /// <exception cref="ModelException">It is NaN or infinite, which is outside of the supports of all runs.</exception>
    public static string? FindOutside(string site, Distribution distribution, Tensor value, Tensor? mask, PlateScope? plate)
    {
        if (!Validation.Enabled || !IsInHostMemory(value) || FindCounted(site, distribution, null, value, mask, plate) is not { } found)
            return null;
        return value.is_floating_point() && FindCounted(site, distribution, Constraints.Real, value, mask, plate) is { } number
            ? throw new ModelException(site, Outside(site, distribution, number))
            : Outside(site, distribution, found);
    }

    public static void CheckParam(StoredParam parameter, Tensor value)
    {
        if (Validation.Enabled && IsInHostMemory(value) && parameter.Constraint.Find(value) is { } found)
            throw new ModelException(parameter.Name,
                $"The parameter '{parameter.Name}' has become {found}, outside its constraint {parameter.Constraint}. " +
                "Lower the learning rate, or start it elsewhere.");
    }

    public static void CheckGiven(string parameter, Constraint constraint, Tensor value)
    {
        if (Validation.Enabled && IsInHostMemory(value) && constraint.Find(value) is { } found)
            throw new ModelException(parameter,
                $"The parameter '{parameter}' is given {found} by a handler, outside its constraint {constraint}: {constraint.Description}. Give it a value inside.");
    }

    /// <summary>Checks what the run passed over because it was on a device. For finding the site at fault when a loss is not finite.</summary>
    public static void CheckThoroughly(string site, Distribution distribution, Tensor value, Tensor? mask, PlateScope? plate)
    {
        CheckParameters(site, distribution, mask, plate, thorough: true);
        CheckSupport(site, distribution, value, mask, plate);
    }

    private static bool IsInHostMemory(Tensor value) => value.device_type == TorchSharp.DeviceType.CPU;

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

    private static void CheckParameters(string site, Distribution distribution, Tensor? mask, PlateScope? plate, bool thorough)
    {
        var parameters = distribution.Parameters;
        for (var i = 0; i < parameters.Count; i++)
        {
            var parameter = parameters[i];
            if ((!thorough && !IsInHostMemory(parameter.Value)) || parameter.Constraint.Find(parameter.Value) is not { } found)
                continue;
            using var scope = NewDisposeScope();
            var (own, counted) = Counted(site, distribution, mask, plate, distribution.LogProbShape);
            if (counted is not null)
            {
                // As large as the log density: what follows its dimensions is the parameter's own.
                var whole = own.Expand(Shapes.Broadcast(own.LogProbShape, counted.Sizes()) ?? own.LogProbShape);
                parameter = whole.Parameters[i];
                if (Find(parameter.Constraint, parameter.Value, counted, whole.LogProbShape) is not { } counting)
                    continue;
                found = counting;
            }
            throw new ModelException(site,
                $"The site '{site}' has {distribution.Name} with {parameter.Name} = {found}, which must be {parameter.Constraint.Description}. " +
                $"Give it another {parameter.Name}; a Param that feeds it can carry the constraint.");
        }
    }

    private static void CheckSupport(string site, Distribution distribution, Tensor value, Tensor? mask, PlateScope? plate)
    {
        if (FindCounted(site, distribution, null, value, mask, plate) is { } found)
            throw new ModelException(site, Outside(site, distribution, found));
    }

    // The first value that counts and is outside of a set: of the support, where none is given.
    private static string? FindCounted(string site, Distribution distribution, Constraint? set, Tensor value, Tensor? mask, PlateScope? plate)
    {
        if ((set ?? distribution.Support).Find(value) is not { } found)
            return null;
        using var scope = NewDisposeScope();
        var (own, counted) = Counted(site, distribution, mask, plate, value.Sizes()[..^distribution.EventRank]);
        return counted is null ? found : Find(set ?? own.Support, value, counted, value.Sizes()[..^own.EventRank]);
    }

    /// <summary>
    /// Which elements of a log density count under the distribution's own masks and those around it, as booleans; null for all. With it the distribution under its masks
    /// and events, whose log density has these elements.
    /// </summary>
    private static (Distribution Own, Tensor? Counted) Counted(string site, Distribution distribution, Tensor? mask, PlateScope? plate, long[] density)
    {
        var counted = mask is null ? null : Masks.Fit(site, mask, density, plate);
        while (true)
            switch (distribution)
            {
                case Independent independent:
                    for (var i = 0; i < independent.Count; i++)
                        counted = counted?.unsqueeze(-1);
                    distribution = independent.Inner;
                    break;
                case Masked masked:
                    counted = counted is null ? masked.Weights : Reduction.Both(counted, masked.Weights);
                    distribution = masked.Inner;
                    break;
                default:
                    return (distribution, counted is null || counted.dtype == ScalarType.Bool ? counted : counted.ne(0));
            }
    }

    // The first value outside that counts, as text.
    private static string? Find(Constraint constraint, Tensor value, Tensor counted, long[] density)
    {
        using var noGrad = no_grad();
        var inside = constraint.Check(value);
        counted = counted.expand(Shapes.Broadcast(density, counted.Sizes()) ?? density);
        for (var further = inside.dim() - density.Length; further > 0; further--)
            counted = counted.unsqueeze(-1);
        return constraint.FirstOf(value, inside.logical_not().logical_and(counted));
    }

    private static string Outside(string site, Distribution distribution, string found) =>
        $"The site '{site}' has the value {found}, outside the support of {distribution.Name}, which is {distribution.Support.Description}. " +
        $"{distribution.Remedy ?? "Give a value inside it, or another distribution."}";
}
