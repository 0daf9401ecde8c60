using Pyro.Distributions;
using Pyro.Programs;
using static TorchSharp.torch;

namespace Pyro.Traces;

public sealed partial class Trace
{
    private Dictionary<string, Known>? _batchLogPdfs;

    /// <summary>
    /// The log density of sites, with their scales, one number a batch element. Where some of them are in vectorised plates the batch is the plates': one number
    /// an element, and what a site outside of a plate has is shared out evenly among the plate's elements, so that the sum over all of them is
    /// <see cref="LogPdf(Func{TraceSite, bool})"/>. Where none is, the sites' terms broadcast with each other.
    /// </summary>
    /// <param name="filter">Says which sites; all latent and observed ones where none is given.</param>
    /// <returns>A tensor of shape batch + (1,); in vectorised plates of their sizes, outermost first, + (1,).</returns>
    /// <exception cref="ModelException">The sites are in plates of which neither is inside of the other, or their terms do not broadcast.</exception>
    /// <remarks>Each site's term is computed once, as for <see cref="LogPdf()"/>.</remarks>
    public Tensor BatchLogPdf(Func<TraceSite, bool>? filter = null)
    {
        TraceSite[] sites = [.. this.Where(site => site.IsStochastic && filter?.Invoke(site) != false)];
        if (sites.Length == 0)
            return zeros(1);
        var deepest = sites.MaxBy(site => site.Plate?.Depth ?? 0);
        Tensor? total = null;
        foreach (var site in sites)
        {
            var term = deepest.Plate is { Depth: > 0 } ? InPlates(in site, in deepest) : Batch(in site);
            if (total is not null && Shapes.Broadcast(total.Sizes(), term.Sizes()) is null)
                throw new ModelException(site.Name,
                    $"The log density of site '{site.Name}' has shape {Shapes.Format(term.Sizes())} and those before it " +
                    $"{Shapes.Format(total.Sizes())}, which do not broadcast. Use LogPdf, or choose sites by a filter.");
            total = Plus(total, term);
        }
        return Own(total, sites.Length)!;
    }

    private Tensor Batch(in TraceSite site)
    {
        _batchLogPdfs ??= [];
        if (_batchLogPdfs.TryGetValue(site.Name, out var known) && known.Holds)
            return known.Term;
        var term = site.Scale == 1 ? site.BatchLogPdf() : site.BatchLogPdf() * site.Scale;
        return (_batchLogPdfs[site.Name] = new Known(term)).Term;
    }

    /// <summary>A site's term, aligned with the plates of the site that has most: of size 1, and its part of the whole, along those that it is not in.</summary>
    private Tensor InPlates(in TraceSite site, in TraceSite deepest)
    {
        var depth = site.Plate?.Depth ?? 0;
        var copies = 1L;
        var outer = deepest.Plate;
        for (; outer is not null && outer.Depth > depth; outer = outer.Outer)
            if (outer.Vectorized)
                copies *= outer.Count;
        if (!Same(site.Plate, outer))
            throw new ModelException(site.Name,
                $"The site '{site.Name}' is in {Describe(site.Plate)} and '{deepest.Name}' in {Describe(deepest.Plate)}: they have no elements in common. " +
                "Choose the sites of one plate by a filter, or use LogPdf.");
        var term = depth == 0 ? Scaled(in site) : Batch(in site);
        if (copies != 1)
            term = term / copies;
        return depth == 0 || depth == deepest.Plate!.Depth
            ? term
            : term.reshape([.. term.Sizes(), .. Enumerable.Repeat(1L, deepest.Plate.Depth - depth)]);
    }

    // What a loop around a plate visits in one iteration is not what it visits in another; a loop inside of it visits the plate's elements.
    private static bool Same(PlateScope? a, PlateScope? b)
    {
        (a, b) = (Vectorized(a), Vectorized(b));
        for (; a is not null && b is not null; (a, b) = (a.Outer, b.Outer))
            if (a.Name != b.Name || a.Count != b.Count || a.Iteration != b.Iteration)
                return false;
        return a is null && b is null;
    }

    private static PlateScope? Vectorized(PlateScope? scope)
    {
        while (scope is { Vectorized: false })
            scope = scope.Outer;
        return scope;
    }

    private static string Describe(PlateScope? innermost)
    {
        var names = new List<string>();
        for (var scope = Vectorized(innermost); scope is not null; scope = scope.Outer)
            names.Insert(0, scope.Vectorized ? $"'{scope.Name}' of size {scope.Count}" : $"iteration {scope.Iteration} of '{scope.Name}'");
        return (names.Count == 1 ? "the plate " : "the plates ") + string.Join(", ", names);
    }
}
