namespace Pyro.Programs;

/// <summary>What a site's density is computed from, as the compiler sees it.</summary>
/// <param name="Site">The site.</param>
/// <param name="Formula">The distribution, or a parameter's initial value, as an expression of sites ('in quotes'), arguments and constants; null where it is another on
/// different ways through the program.</param>
/// <param name="Shape">The shape of the site's value: sizes in brackets, or whose shape it is; null where it is not known before the program runs.</param>
/// <param name="Opaque">The C# in it that the compiler does not look into.</param>
/// <param name="OnceForAll">The tensor expressions in it that depend on the arguments alone: the same in every step.</param>
public sealed record DensityReport(Site Site, string? Formula, string? Shape, IReadOnlyList<string> Opaque, IReadOnlyList<string> OnceForAll);
