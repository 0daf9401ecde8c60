using Pyro.Programs;
using static TorchSharp.torch;

namespace Pyro.Infer;

/// <summary>
/// The vectorised plates around a site, outermost first: what its log density has along its leftmost dimensions. Plates of model and guide are the same when
/// they have the same name.
/// </summary>
internal readonly struct PlateAxes
{
    private readonly PlateScope[]? _plates;

    private PlateScope[] Scopes => _plates ?? [];

    public PlateAxes(PlateScope? innermost)
    {
        _plates = innermost is null || innermost.Depth == 0 ? [] : new PlateScope[innermost.Depth];
        for (var scope = innermost; scope is not null; scope = scope.Outer)
            if (scope.Vectorized)
                _plates[scope.Depth - 1] = scope;
    }

    /// <summary>How many there are.</summary>
    public int Count => Scopes.Length;

    /// <summary>Whether only some elements of a plate are visited.</summary>
    public bool Subsampled => Array.Exists(Scopes, scope => scope.Count != scope.Size);

    /// <summary>The plates' names and counts, as one text.</summary>
    public string Key => string.Join('\n', Scopes.Select(scope => $"{scope.Name}\t{scope.Count}"));

    /// <summary>How many elements each has.</summary>
    public long[] Shape => Array.ConvertAll(Scopes, scope => scope.Count);

    /// <summary>All of them.</summary>
    public PlateSet All => new((1UL << Scopes.Length) - 1);

    /// <summary>Whether the plates that are not in a set have one element each.</summary>
    public bool IsSingle(PlateSet kept)
    {
        for (var i = 0; i < Count; i++)
            if (!kept.Contains(i) && Scopes[i].Count > 1)
                return false;
        return true;
    }

    /// <summary>Those of these plates that are also around another site.</summary>
    public PlateSet In(PlateScope? innermost)
    {
        var set = 0UL;
        for (var i = 0; i < Scopes.Length; i++)
            for (var scope = innermost; scope is not null; scope = scope.Outer)
                if (scope.Vectorized && scope.Name == Scopes[i].Name && scope.Count == Scopes[i].Count)
                    set |= 1UL << i;
        return new PlateSet(set);
    }

    /// <summary>
    /// A log density, summed over everything but some of these plates: one dimension a plate of these, of size 1 where the plate is not one of the site's
    /// or not to be kept, or where the density is the same for all its elements.
    /// </summary>
    /// <param name="density">The log density: its leftmost dimensions are those of the site's plates.</param>
    /// <param name="site">The site's plates.</param>
    /// <param name="kept">Which of these plates to keep.</param>
    /// <param name="mean">Averages over the site's other plates instead of summing.</param>
    public Tensor Align(Tensor density, in PlateAxes site, PlateSet kept, bool mean = false)
    {
        var dimensions = (int)density.dim();
        if (dimensions == 0 && Count == 0 && site.Count == 0)
            return density;
        if (dimensions > site.Count)
            density = density.sum([.. Enumerable.Range(site.Count, dimensions - site.Count).Select(d => (long)d)]);
        for (var d = dimensions; d < site.Count; d++)
            density = density.unsqueeze(-1);
        var place = new int[Count];
        Array.Fill(place, -1);
        for (var d = 0; d < site.Count; d++)
        {
            var axis = kept.IsEmpty ? -1 : IndexOf(site.Scopes[d]);
            if (axis >= 0 && kept.Contains(axis))
            {
                place[axis] = d;
                continue;
            }
            var count = site.Scopes[d].Count;
            var copies = density.Sizes()[d] == count ? 1 : count;
            density = mean ? density.mean([d], keepdim: true) : density.sum(d, keepdim: true);
            if (!mean && copies != 1)
                density = density * copies;
        }
        var ordered = density.reshape([.. density.Sizes(), .. Enumerable.Repeat(1L, Count)]);
        var spare = site.Count;
        long[] order = [.. place.Select(p => p >= 0 ? (long)p : spare++)];
        long[] rest = [.. Enumerable.Range(0, site.Count + Count).Select(d => (long)d).Except(order)];
        // What is not kept has size 1 by now.
        return ordered.permute([.. order, .. rest]).reshape([.. order.Select(d => ordered.Sizes()[d])]);
    }

    private int IndexOf(PlateScope scope) => Array.FindIndex(Scopes, own => own.Name == scope.Name && own.Count == scope.Count);
}

/// <summary>Some of the plates of a site, by their places.</summary>
/// <param name="Bits">A bit a place.</param>
internal readonly record struct PlateSet(ulong Bits)
{
    public bool IsEmpty => Bits == 0;

    public bool Contains(int place) => (Bits >> place & 1) != 0;

    public PlateSet And(PlateSet other) => new(Bits & other.Bits);
}
