namespace Pyro;

/// <summary>How the values of a discrete latent site are gone through instead of drawn.</summary>
public enum Enumerate
{
    /// <summary>Not at all: a value is drawn.</summary>
    No,

    /// <summary>One after another, the same for all elements of the vectorised plates that the site is in: as many runs as the support has values.</summary>
    LockStep,

    /// <summary>In all combinations over the site's elements: (number of values) to the power of (number of elements) runs.</summary>
    Full,
}
