namespace Pyro.Kernels;

/// <summary>The arguments of a density whose derivatives are asked for.</summary>
[Flags]
internal enum Wanted
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The value.</summary>
    X = 1,

    /// <summary>The first parameter.</summary>
    A = 2,

    /// <summary>The second parameter.</summary>
    B = 4,

    /// <summary>The third parameter.</summary>
    C = 8,
}
