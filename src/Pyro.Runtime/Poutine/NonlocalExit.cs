namespace Pyro.Poutines;

/// <summary>Thrown by <see cref="EscapePoutine"/>: the program was left at a site, which has not acted.</summary>
public sealed class NonlocalExit : Exception
{
    internal NonlocalExit(in Message site) : base($"The program was left at the site '{site.Name}'.") => Site = site;

    /// <summary>The site.</summary>
    public Message Site { get; }
}
