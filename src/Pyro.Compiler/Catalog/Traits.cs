namespace Pyro.Compiler.Catalog;

/// <summary>What an operation does to the values and to the gradients that go through it.</summary>
[Flags]
public enum Traits
{
    /// <summary>Nothing to say.</summary>
    None = 0,

    /// <summary>Its values are those of its first operand, or some of them, unchanged.</summary>
    View = 1,

    /// <summary>Its other operands choose among the values of the first: they decide, and no number flows from them.</summary>
    Chooses = 2,

    /// <summary>It compares: true or false for each element.</summary>
    Compares = 4,

    /// <summary>It jumps where its operand is smooth: the gradient is zero or does not see the jump.</summary>
    Jumps = 8,

    /// <summary>No gradient comes back through it.</summary>
    EndsGradient = 16,

    /// <summary>Its result is not linear in its first operand.</summary>
    Nonlinear = 32,

    /// <summary>It draws random numbers: it is not a function of its operands.</summary>
    Draws = 64,

    /// <summary>Its integers are dimensions, in order.</summary>
    TakesDimensions = 128,

    /// <summary>It is a method of distributions, and makes one of another.</summary>
    OfDistributions = 256,

    /// <summary>Its result is a sum of products of its operands: linear in each of them, and not in all together.</summary>
    Multiplies = 512,
}
