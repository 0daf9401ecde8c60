using Pyro.Programs;
using Pyro.Traces;

namespace Pyro.Poutines;

/// <summary>Goes on with a trace that ends before a site.</summary>
/// <param name="partial">The trace.</param>
/// <param name="site">The site, which has not acted.</param>
/// <returns>Traces that have the site, each with a value of it.</returns>
public delegate IEnumerable<Trace> TraceExtension(Trace partial, Message site);

/// <summary>The usual ways to go on with a trace.</summary>
public static class TraceExtensions
{
    /// <summary>With each value of the site's support, in its order. The elements of an IArange have it all together, in lock-step.</summary>
    public static TraceExtension Enumerated { get; } = (partial, site) =>
    {
        var values = SupportValues.Of(in site, Enumerate.LockStep);
        return Enumerable.Range(0, values.Count).Select(i => partial.With(site, values[i]));
    };

    /// <summary>With each combination of values over all elements of the site, so that a search of a plate is whole.</summary>
    public static TraceExtension Combined { get; } = (partial, site) =>
    {
        var values = SupportValues.Of(in site, Enumerate.Full);
        return Enumerable.Range(0, values.Count).Select(i => partial.With(site, values[i]));
    };

    /// <summary>With fresh draws.</summary>
    /// <param name="count">How many.</param>
    public static TraceExtension Drawn(int count = 1) => (partial, site) =>
    {
        var distribution = PlateShapes.Expand(site.Name, site.Distribution!, site.Plate);
        return Enumerable.Range(0, count).Select(_ => partial.With(site, distribution.Sample(site.Context.GetGenerator(distribution.Leading))));
    };
}
