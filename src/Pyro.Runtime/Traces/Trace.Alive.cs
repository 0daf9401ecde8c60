using Pyro.Programs;

namespace Pyro.Traces;

public sealed partial class Trace
{
    /// <summary>Looks for what was disposed, where reading a site has failed.</summary>
    /// <param name="program">The name of the program that ran.</param>
    /// <exception cref="ModelException">A site's value, or a parameter of its distribution, was; the message names it.</exception>
    internal void CheckAlive(string program)
    {
        foreach (ref readonly var site in Entries)
            if (site.IsStochastic)
                site.CheckAlive(program);
    }

    /// <summary>Whether an exception says that a tensor was disposed.</summary>
    internal static bool IsOfDisposed(Exception failure) =>
        failure is ObjectDisposedException or InvalidOperationException { Message: "Tensor invalid -- empty handle." };
}

internal static class Alive
{
    /// <summary>Makes sure that a site's value and the parameters of its distribution are there: inference reads them after the run.</summary>
    /// <param name="site">A latent or observed site.</param>
    /// <param name="program">The name of the program that ran.</param>
    /// <exception cref="ModelException">One was disposed.</exception>
    public static void CheckAlive(this in TraceSite site, string program)
    {
        if (site.Value!.IsInvalid)
            throw Ended(site.Name, site.Kind == SiteKind.Observed ? "observed value" : "value", program);
        foreach (var parameter in site.Distribution?.Parameters ?? [])
            if (parameter.Value.IsInvalid)
                throw Ended(site.Name, $"{parameter.Name} of {site.Distribution!.Name}", program);
    }

    private static ModelException Ended(string site, string what, string program) => new(site,
        $"The {what} at the site '{site}' was disposed before inference has read the run of {program}. A dispose scope inside of a program, or a using, ends with what was made in " +
        "it: move it out, by MoveToOuterDisposeScope, or make no scope there, as each step has one of its own. A trace's values end with the trace and with the scope around it.");
}
