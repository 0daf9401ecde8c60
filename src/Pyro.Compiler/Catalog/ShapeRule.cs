namespace Pyro.Compiler.Catalog;

/// <summary>How the shape of an operation's result follows from its operands.</summary>
public enum ShapeRule
{
    /// <summary>It does not, or not from shapes alone.</summary>
    Unknown,

    /// <summary>That of all operands, broadcast against each other.</summary>
    Broadcast,

    /// <summary>That of the first operand.</summary>
    Same,

    /// <summary>A single number.</summary>
    Scalar,

    /// <summary>That of the first operand without the dimensions that are named.</summary>
    Reduced,

    /// <summary>The operands are the sizes.</summary>
    Sizes,

    /// <summary>The first operand has the sizes.</summary>
    SizesFirst,

    /// <summary>All operands but the first are the sizes.</summary>
    SizesAfter,

    /// <summary>That of the list that is written out.</summary>
    List,

    /// <summary>As many numbers as the operand says.</summary>
    Range,

    /// <summary>As many numbers as the argument <c>steps</c> says.</summary>
    Steps,

    /// <summary>A square of the first operand's size.</summary>
    Square,

    /// <summary>One dimension more, of size 1.</summary>
    Unsqueezed,

    /// <summary>The dimensions of a matrix, exchanged.</summary>
    Transposed,

    /// <summary>That of a product of matrices or vectors.</summary>
    Product,

    /// <summary>One dimension more, as long as the list that is written out.</summary>
    Stacked,
}
