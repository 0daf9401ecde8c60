namespace Pyro.Compiler.Ir;

/// <summary>
/// A shape as far as it is known before the program runs: a size a dimension, a number or the text that computes it, "?" for one that is not known.
/// Of some nothing is known but whose shape it is, or what several shapes broadcast to: <paramref name="Like"/>.
/// </summary>
public sealed record ShapeIr(EquatableArray<string> Sizes, string? Like)
{
    /// <summary>The shape of a single number.</summary>
    public static ShapeIr Scalar { get; } = new(default, null);

    /// <summary>The shape of something of these sizes.</summary>
    public static ShapeIr Of(IEnumerable<string> sizes) => new(sizes.ToEquatableArray(), null);

    /// <summary>The shape that something has which is known by name.</summary>
    public static ShapeIr Same(string name) => new(default, name);

    /// <inheritdoc/>
    public override string ToString() => Like is null ? $"[{string.Join(", ", Sizes)}]" : $"shape of {Like}";
}

/// <summary>
/// What a site's density is computed from: its distribution and, where it observes, the observed value, as expressions of sites, arguments and constants alone.
/// </summary>
/// <param name="Slot">The site.</param>
/// <param name="Distribution">The distribution; for a parameter its initial value. Null where it is another on different ways through the program.</param>
/// <param name="Observed">The observed value.</param>
/// <param name="Shape">The shape of the site's value; null where it is not known.</param>
/// <param name="Opaque">The C# in it that the compiler does not look into.</param>
/// <param name="OnceForAll">What in it depends on the arguments alone, and so is the same in every step: expressions with a tensor operation, the largest ones.</param>
public sealed record DensityIr(
    int Slot, Expr? Distribution, Expr? Observed, ShapeIr? Shape, EquatableArray<string> Opaque, EquatableArray<Expr> OnceForAll)
{
    /// <summary>Whether it consists of known operations.</summary>
    public bool IsKnown => Distribution is not null && Opaque.Count == 0;
}
