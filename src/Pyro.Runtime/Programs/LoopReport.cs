namespace Pyro.Programs;

/// <summary>An <c>IRange</c> loop as the compiler sees it.</summary>
/// <param name="Plate">The plate.</param>
/// <param name="Span">Where it is written.</param>
/// <param name="Sequential">Why its iterations run one after another; null where they run as one when the shapes allow it.</param>
public sealed record LoopReport(Plate Plate, SourceSpan Span, string? Sequential);
