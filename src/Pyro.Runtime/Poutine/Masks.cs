using Pyro.Distributions;
using Pyro.Kernels;
using Pyro.Programs;
using static TorchSharp.torch;

namespace Pyro.Poutines;

/// <summary>How masks fit sites: booleans or weights, one of each element of a log density or of all elements along a dimension of size 1.</summary>
internal static class Masks
{
    /// <summary>A mask as it is used, which lives as long as what holds it.</summary>
    /// <exception cref="ArgumentException">It has a number that is no weight.</exception>
    public static Tensor Kept(Tensor mask)
    {
        using var scope = NewDisposeScope();
        var weights = Weights.Of(mask);
        return ReferenceEquals(weights, mask) ? mask : weights.DetachFromDisposeScope();
    }

    /// <summary>What elements weigh under two masks.</summary>
    /// <exception cref="ModelException">They do not broadcast.</exception>
    public static Tensor Both(string site, Tensor inner, Tensor outer) => Shapes.Broadcast(inner.Sizes(), outer.Sizes()) is not null
        ? Reduction.Both(inner, outer)
        : throw new ModelException(site,
            $"The site '{site}' has two masks, of the shapes {Shapes.Format(inner.Sizes())} and {Shapes.Format(outer.Sizes())}, which do not broadcast. " +
            "Give both as many dimensions as the site's log density has.");

    /// <summary>Makes sure that a mask fits a log density.</summary>
    /// <param name="site">The site's name.</param>
    /// <param name="mask">The mask.</param>
    /// <param name="density">The log density's shape.</param>
    /// <param name="plate">The innermost plate around the site.</param>
    /// <exception cref="ModelException">It does not.</exception>
    public static void Check(string site, Tensor mask, long[] density, PlateScope? plate) => Shape(site, mask, density, plate);

    /// <summary>A mask that broadcasts with a log density and makes it no larger than its plates.</summary>
    /// <param name="site">The site's name.</param>
    /// <param name="mask">The mask.</param>
    /// <param name="density">The log density's shape.</param>
    /// <param name="plate">The innermost plate around the site.</param>
    /// <exception cref="ModelException">There is none.</exception>
    public static Tensor Fit(string site, Tensor mask, long[] density, PlateScope? plate)
    {
        var shape = Shape(site, mask, density, plate);
        return shape is null ? mask : shape.Length < mask.dim() ? mask.reshape(shape) : mask.expand(shape);
    }

    // What the mask must be viewed as; null where it fits as it is.
    private static long[]? Shape(string site, Tensor mask, long[] density, PlateScope? plate)
    {
        if (mask.dtype != ScalarType.Bool && !mask.is_floating_point())
            throw new ModelException(site, $"The mask of site '{site}' has the dtype {mask.dtype}. Give booleans, which say what elements of the log density count, or weights.");
        var own = mask.Sizes();
        if (own.Length == 0)
            return null;
        var target = plate is { Depth: > 0 } ? PlateShapes.Sized(density, plate) : density;
        if (Shapes.ExpandsTo(own, target))
            return density.Length < target.Length ? target : null;
        // One number an element of the plates, over sites with and without more dimensions than those.
        if (plate is { Depth: > 0 } && own.Length > target.Length && !own.AsSpan(target.Length).ContainsAnyExcept(1)
            && Shapes.ExpandsTo(own.AsSpan(0, target.Length), target))
            return own[..target.Length];
        var remedy = plate is { Depth: > 0 and var depth }
            ? $"one that says it of each element of the plates has shape {Shapes.Format([.. target.AsSpan(0, depth), .. Enumerable.Repeat(1L, target.Length - depth)])}"
            : "it has no more dimensions, and in each the same size or 1";
        throw new ModelException(site,
            $"The mask of site '{site}' has shape {Shapes.Format(own)} and its log density {Shapes.Format(target)}. Give a mask that broadcasts to the log " +
            $"density of every site inside of the handler: {remedy}. To mask one site, mask its distribution.");
    }
}
