namespace Pyro.Poutines;

/// <summary>Thrown by <see cref="EscapePoutine"/>: the program was left at a site, which has not acted.</summary>
public sealed class NonlocalExit : Exception
{
    internal NonlocalExit(in Message site, Poutine handler) : base($"The program was left at the site '{site.Name}'.")
    {
        Site = site;
        Handler = handler;
    }

    /// <summary>The site.</summary>
    public Message Site { get; }

    /// <summary>The handler that left it: where several may, each takes up its own exits.</summary>
    public Poutine Handler { get; }
}
