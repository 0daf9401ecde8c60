namespace Pyro.Compiler.Catalog;

/// <summary>An operation on tensors or numbers, however it is written: a row of <see cref="Operations"/>.</summary>
/// <param name="Name">Its name: TorchSharp's.</param>
/// <param name="Shape">The shape of its result.</param>
/// <param name="Traits">What else is known of it.</param>
/// <param name="Spellings">
/// What else it is written as: other methods of TorchSharp, those of <see cref="Math"/>, a layer without parameters, and operators: "-" between two operands, "-x" before one.
/// </param>
public sealed record Op(string Name, ShapeRule Shape, Traits Traits, params string[] Spellings)
{
    private const char Operand = 'x';

    /// <summary>The operator between two operands that it is written as; null for none.</summary>
    public string? Operator { get; } = Spellings.FirstOrDefault(spelling => !spelling.Any(char.IsLetter));

    /// <summary>The operator before one operand that it is written as; null for none.</summary>
    public string? Prefix { get; } = Spellings.FirstOrDefault(spelling => spelling.Length == 2 && spelling[1] == Operand && !char.IsLetter(spelling[0]))?.Substring(0, 1);

    /// <summary>Whether it acts on each element by itself, its operands broadcast against each other.</summary>
    public bool IsElementwise => Shape == ShapeRule.Broadcast;

    /// <summary>Whether its integers are sizes, or places, of dimensions in order.</summary>
    public bool TakesSizes => Shape is ShapeRule.Sizes or ShapeRule.SizesFirst or ShapeRule.SizesAfter or ShapeRule.Square || Is(Traits.TakesDimensions);

    /// <summary>How an operator before one operand is spelled among the others.</summary>
    public static string Before(string token) => token + Operand;

    /// <summary>Whether it has one of these traits.</summary>
    public bool Is(Traits traits) => (Traits & traits) != 0;
}
