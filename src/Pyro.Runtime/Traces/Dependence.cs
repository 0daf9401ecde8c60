using Pyro.Programs;

namespace Pyro.Traces;

/// <summary>Whether the value of a site of a trace can reach a later one directly.</summary>
internal static class Dependence
{
    /// <summary>
    /// The program's graph says so where it knows both sites; of others the order does: everything may depend on what came before it. Iterations of a plate
    /// are independent by declaration.
    /// </summary>
    public static bool Reaches(in TraceSite from, in TraceSite to, SiteGraph graph) =>
        Meet(from.Plate, to.Plate)
        && (!graph.Contains(to.Site.Site) || !graph.Contains(from.Site.Site) || graph.Reaches(from.Site, to.Site));

    /// <summary>Whether two scopes lie in the same iteration of every loop plate that they share.</summary>
    private static bool Meet(PlateScope? a, PlateScope? b)
    {
        for (; a is not null; a = a.Outer)
            for (var other = a.Vectorized ? null : b; other is not null; other = other.Outer)
                if (!other.Vectorized && other.Iteration != a.Iteration && other.Name == a.Name)
                    return false;
        return true;
    }
}
