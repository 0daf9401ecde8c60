namespace Pyro.Kernels;

/// <summary>What a pass over a density's elements is for; known when its loop is compiled.</summary>
internal interface IOutcome
{
    /// <summary>Whether values are written.</summary>
    static abstract bool Values { get; }

    /// <summary>Whether derivatives are.</summary>
    static abstract bool Derivatives { get; }
}

/// <summary>The values.</summary>
internal readonly struct ValuesOnly : IOutcome
{
    public static bool Values => true;

    public static bool Derivatives => false;
}

/// <summary>The derivatives.</summary>
internal readonly struct DerivativesOnly : IOutcome
{
    public static bool Values => false;

    public static bool Derivatives => true;
}

/// <summary>Both: what they have in common is computed once.</summary>
internal readonly struct ValuesAndDerivatives : IOutcome
{
    public static bool Values => true;

    public static bool Derivatives => true;
}
