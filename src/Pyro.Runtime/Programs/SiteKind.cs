namespace Pyro.Programs;

/// <summary>What happens at a site.</summary>
public enum SiteKind
{
    /// <summary>A random choice that inference decides.</summary>
    Latent,

    /// <summary>A random choice whose value is given.</summary>
    Observed,

    /// <summary>A learnable parameter.</summary>
    Param,

    /// <summary>The choice of a plate's elements, shared between a guide and its model. Never in a program's table: the plate stands for it.</summary>
    Subsample,

    /// <summary>A value that follows from others, recorded under a name. It has no log density, and is in no program's table.</summary>
    Deterministic,
}
