using Pyro.Programs;

namespace Pyro.Poutines;

/// <summary>Leaves the program by a <see cref="NonlocalExit"/> at a latent site without a value, before the site acts.</summary>
/// <param name="escapes">Says at which sites.</param>
public sealed class EscapePoutine(SitePredicate escapes) : Poutine
{
    /// <summary>Leaves at every site.</summary>
    public static SitePredicate All { get; } = static (in Message _) => true;

    /// <summary>Leaves at discrete sites: those whose support is finite.</summary>
    public static SitePredicate Discrete { get; } = static (in Message message) => message.Distribution!.Enumerable;

    /// <inheritdoc/>
    public override bool TakesFamily(Site family) => family.Kind != SiteKind.Latent;

    /// <inheritdoc/>
    public override void Before(ref Message message)
    {
        if (message.Kind == SiteKind.Latent && message.Value is null && escapes(in message))
            throw new NonlocalExit(in message, this);
    }
}
