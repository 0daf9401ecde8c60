using System.Runtime.CompilerServices;
using Pyro.Distributions.Transforms;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// What a sample was mapped from. Rounding may take from a sample what a density needs, such as a small step between large numbers; what it was mapped from
/// still has it. The way back is kept by the sample's tensor, whoever drew it: a guide's sample is scored by a model with the same last maps as well.
/// </summary>
internal sealed class Origin
{
    private static readonly ConditionalWeakTable<Tensor, Origin> s_origins = [];

    private readonly Bijector[] _maps;
    private readonly Tensor[] _path;

    private Origin(Bijector[] maps, Tensor[] path) => (_maps, _path) = (maps, path);

    /// <summary>Keeps where a sample came from, as long as the sample lives.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="maps">The maps, first to last.</param>
    /// <param name="path">What it was before each map, and what the last one made.</param>
    public static void Keep(Tensor sample, Bijector[] maps, Tensor[] path) => s_origins.AddOrUpdate(sample, new Origin(maps, path));

    /// <summary>Where a sample came from; null where that is not known, or gone with its dispose scope.</summary>
    /// <param name="sample">The sample.</param>
    public static Origin? Of(Tensor sample) =>
        s_origins.TryGetValue(sample, out var origin) && Array.TrueForAll(origin._path, step => !step.IsInvalid) ? origin : null;

    /// <summary>The steps of a path through other maps; null where the last ones are not the same.</summary>
    /// <param name="maps">The maps, first to last.</param>
    /// <param name="known">From which step on the path is known; those before are null.</param>
    public Tensor[]? PathOf(Bijector[] maps, out int known)
    {
        var common = 0;
        while (common < Math.Min(maps.Length, _maps.Length) && Leads(maps[^(common + 1)], _maps[^(common + 1)], _path[^(common + 2)], _path[^(common + 1)]))
            common++;
        known = maps.Length - common;
        return common == 0 ? null : [.. new Tensor[known], .. _path.AsSpan(_path.Length - 1 - common)];
    }

    // Whether a map is the one that led from x to y, or one that leads there to the last digit.
    private static bool Leads(Bijector map, Bijector other, Tensor x, Tensor y)
    {
        if (ReferenceEquals(map, other))
            return true;
        if (map.GetType() != other.GetType() || map is Flow || !map.KeepsSource)
            return false;
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var made = map.Forward(x);
        return made.dtype == y.dtype && made.Sizes().AsSpan().SequenceEqual(y.Sizes()) && made.eq(y).all().Number<bool>();
    }
}
