namespace Pyro.Analyzers.Flow;

/// <summary>Which primitive a call is.</summary>
internal enum PrimitiveKind
{
    Sample,
    Observe,
    Factor,
    Deterministic,
    Param,
    IArange,
    IRange,
}
