using Pyro.Distributions;
using Pyro.Poutines;
using static TorchSharp.torch;

namespace Pyro.Programs;

/// <summary>
/// Fits sites to the vectorised plates they are in: the leftmost dimensions belong to the plates, outermost first. A distribution with fewer dimensions
/// than plates has those of the outer plates and is repeated along the inner ones.
/// </summary>
internal static class PlateShapes
{
    /// <summary>The distribution, as large as its plates.</summary>
    public static Distribution Expand(string site, Distribution distribution, PlateScope? plate)
    {
        if (plate is null || plate.Depth == 0)
            return distribution;
        var own = distribution.LogProbShape;
        CheckLeading(site, own, plate);
        var target = Target(own, plate);
        return own.AsSpan().SequenceEqual(target) ? distribution : Widen(distribution, target, plate.Depth);
    }

    /// <summary>The distribution, so that a value from elsewhere (a trace that is replayed) can be scored; its shape must be what would have been drawn.</summary>
    public static Distribution Fit(string site, Distribution distribution, Tensor value, PlateScope? plate)
    {
        var own = distribution.LogProbShape;
        var target = own;
        if (plate is not null && plate.Depth > 0)
        {
            CheckLeading(site, own, plate);
            target = Target(own, plate);
        }
        long[] expected = [.. target, .. distribution.Shape.AsSpan(own.Length)];
        var actual = value.Sizes();
        if (!actual.AsSpan().SequenceEqual(expected))
            throw new ModelException(site,
                $"The site '{site}' has shape {Shapes.Format(expected)} here ({distribution.Name}) and its value, from the guide or trace that is replayed, " +
                $"has shape {Shapes.Format(actual)}. Give both the same shape.");

        // Dimensions align from the right, so only one that has some plates' dimensions and not all must be widened.
        return own.Length > 0 && own.Length < target.Length ? Widen(distribution, target, plate!.Depth) : distribution;
    }

    /// <summary>Makes value and distribution of an observed site fit each other and their plates.</summary>
    public static void FitObserved(ref Message message)
    {
        var distribution = message.Distribution!;
        var value = message.Value!;
        var depth = message.Plate?.Depth ?? 0;
        var own = distribution.LogProbShape;
        var shape = value.Sizes();
        if (depth > 0)
        {
            CheckLeading(message.Name, own, message.Plate!);
            if (shape.Length >= distribution.EventRank)
            {
                var leading = shape[..^distribution.EventRank];
                CheckLeading(message.Name, leading, message.Plate!);
                if (leading.Length > 0 && leading.Length < depth)
                    message.Value = value.reshape(shape = [.. Target(leading, message.Plate!, size: 1), .. shape.AsSpan(leading.Length)]);
            }
            message.Distribution = distribution = OverOuter(distribution, message.Plate!);
        }
        if (!distribution.Accepts(shape))
            throw new ModelException(message.Name,
                $"The value of site '{message.Name}' has shape {Shapes.Format(shape)} and its distribution {distribution.Name} has shape " +
                $"{Shapes.Format(distribution.Shape)}. Give a value of that shape, or one with more dimensions on the left.");
    }

    /// <summary>The distribution to draw anew from what was observed, in the shape of the data.</summary>
    /// <param name="site">The site.</param>
    /// <param name="distribution">What the data are thought to be drawn from.</param>
    /// <param name="shape">The shape of the data.</param>
    /// <param name="plate">The innermost plate.</param>
    public static Distribution Predicted(string site, Distribution distribution, long[] shape, PlateScope? plate)
    {
        if (plate is not null && plate.Depth > 0)
        {
            CheckLeading(site, distribution.LogProbShape, plate);
            distribution = OverOuter(distribution, plate);
        }
        var batch = shape[..^Math.Min(distribution.EventRank, shape.Length)];
        return Shapes.ExpandsTo(distribution.LogProbShape, batch) ? distribution.Expand(batch) : distribution;
    }

    // One that has the dimensions of outer plates only gets those of the inner ones: sizes align from the right.
    private static Distribution OverOuter(Distribution distribution, PlateScope plate) => distribution.LogProbShape is { Length: > 0 } own && own.Length < plate.Depth
        ? Widen(distribution, Target(own, plate, size: 1), plate.Depth)
        : distribution;

    /// <summary>How many times a log density counts because it is smaller than its plates.</summary>
    /// <param name="shape">The log density's shape.</param>
    /// <param name="plate">The innermost plate.</param>
    public static long Copies(ReadOnlySpan<long> shape, PlateScope? plate)
    {
        if (plate is null || plate.Depth == 0)
            return 1;
        var copies = 1L;
        for (var scope = plate; scope is not null; scope = scope.Outer)
            if (scope.Vectorized && (scope.Depth > shape.Length || (shape[scope.Depth - 1] == 1 && scope.Count != 1)))
                copies *= scope.Count;
        return copies;
    }

    /// <summary>A shape as large as the plates: with their numbers of elements as its leftmost dimensions, outermost first.</summary>
    /// <param name="shape">The shape; empty for those numbers alone.</param>
    /// <param name="plate">The innermost plate.</param>
    public static long[] Sized(long[] shape, PlateScope plate) => Target(shape, plate);

    /// <summary>The size that a site gives the plate it is in.</summary>
    /// <param name="message">The site.</param>
    /// <param name="plate">The plate, which was entered without a size.</param>
    /// <exception cref="ModelException">The site has no dimension of the plate.</exception>
    public static long SizeOf(in Message message, PlateScope plate)
    {
        var distribution = message.Distribution!;
        var own = Along(distribution.LogProbShape);
        var given = message.Value is { } value && value.dim() >= distribution.EventRank ? Along(value.Sizes().AsSpan(..^distribution.EventRank)) : null;
        return (given is null or 1 ? own ?? given : given) ?? throw new ModelException(message.Name,
            $"The plate '{plate.Name}' was entered without a size, and its first site, '{message.Name}', does not give it one: its distribution " +
            $"{distribution.Name} has shape {Shapes.Format(distribution.Shape)}{(message.Value is { } observed ? $", its value {Shapes.Format(observed.Sizes())}" : "")}. " +
            $"Give the size: IArange(\"{plate.Name}\", size).");

        long? Along(ReadOnlySpan<long> shape) => shape.Length >= plate.Depth ? shape[plate.Depth - 1] : null;
    }

    private static void CheckLeading(string site, long[] shape, PlateScope plate)
    {
        for (var scope = plate; scope is not null; scope = scope.Outer)
        {
            if (!scope.Vectorized || scope.Depth > shape.Length)
                continue;
            var size = shape[scope.Depth - 1];
            if (size != 1 && size != scope.Count)
                throw new ModelException(site,
                    $"The site '{site}' has size {size} in dimension {scope.Depth - 1} of {Shapes.Format(shape)}, which belongs to the plate '{scope.Name}' " +
                    $"of size {scope.Count}. The leftmost dimensions belong to the plates, outermost first: give that dimension the size {scope.Count} or 1, " +
                    "or move the site out of the plate.");
        }
    }

    /// <summary>A shape with its leading dimensions set to the plates' sizes, or the missing ones added with a given size.</summary>
    private static long[] Target(long[] own, PlateScope plate, long? size = null)
    {
        var target = new long[Math.Max(own.Length, plate.Depth)];
        own.CopyTo(target, 0);
        for (var scope = plate; scope is not null; scope = scope.Outer)
            if (scope.Vectorized && (size is null || scope.Depth > own.Length))
                target[scope.Depth - 1] = size ?? scope.Count;
        return target;
    }

    private static Distribution Widen(Distribution distribution, long[] target, int depth) => distribution.With(new Expansion(target, Math.Max(0, depth - distribution.LogProbShape.Length)));
}
