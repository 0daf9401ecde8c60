using Pyro.Compiler.Catalog;

namespace Pyro.Compiler.Ir;

// The body of a program: what acts in which order, and what it computes with. All of it is values: equal text gives equal nodes.

/// <summary>A statement.</summary>
public abstract record Node;

/// <summary>Statements in order.</summary>
public sealed record Block(EquatableArray<Node> Nodes) : Node;

/// <summary>A value is computed, for what happens on the way.</summary>
public sealed record Evaluate(Expr Value) : Node;

/// <summary>One of two blocks runs.</summary>
public sealed record Branch(Expr Condition, Block Then, Block Else) : Node;

/// <summary>A block runs any number of times.</summary>
/// <param name="Kind">For how long.</param>
/// <param name="Source">What the variables come from, or the condition.</param>
/// <param name="Variables">What each round gets.</param>
/// <param name="Body">The block.</param>
/// <param name="Step">What runs between two rounds, behind a continue as well.</param>
/// <param name="Plate">The plate of an IRange, or -1.</param>
public sealed record Loop(LoopKind Kind, Expr Source, EquatableArray<string> Variables, Block Body, Block Step, int Plate) : Node;

/// <summary>How a loop goes on.</summary>
public enum LoopKind
{
    /// <summary>A round for each element of the source.</summary>
    Each,

    /// <summary>As long as the source holds.</summary>
    While,

    /// <summary>Once, and then as long as the source holds.</summary>
    Do,

    /// <summary>For as long as something jumps back.</summary>
    Jumps,
}

/// <summary>A block that a break leaves: a switch statement.</summary>
public sealed record Breakable(Block Body) : Node;

/// <summary>A block runs inside of a vectorised plate; -1 for one whose name is known only at run time.</summary>
public sealed record PlateScope(int Plate, Expr Size, Block Body) : Node;

/// <summary>A block in which the log densities of sites are multiplied with weights.</summary>
public sealed record WeightScope(Expr Weights, Block Body) : Node;

/// <summary>A block, the handlers that may take over anywhere in it, and what runs in any case.</summary>
public sealed record Attempt(Block Body, EquatableArray<Block> Handlers, Block Finally) : Node;

/// <summary>A function is known by this name from here on: a local function, or another program whose sites are among ours.</summary>
public sealed record Function(string Name, EquatableArray<string> Parameters, Block Body) : Node
{
    /// <summary>Whether it runs when its results are asked for, and not when it is called: an iterator.</summary>
    public bool IsDeferred { get; init; }
}

/// <summary>Control goes elsewhere.</summary>
public sealed record Leave(LeaveKind Kind, Expr? Value) : Node;

/// <summary>Where a goto may arrive, of which it is not said.</summary>
public sealed record Label : Node;

/// <summary>Where control goes.</summary>
public enum LeaveKind
{
    /// <summary>Out of the function.</summary>
    Return,

    /// <summary>Out of the loop or switch.</summary>
    Break,

    /// <summary>To the next round of the loop.</summary>
    Continue,

    /// <summary>To whoever asks for the function's next result, and back.</summary>
    Yield,

    /// <summary>To a label.</summary>
    Goto,

    /// <summary>To whoever catches.</summary>
    Throw,
}

/// <summary>A value.</summary>
public abstract record Expr
{
    /// <summary>What it is as a value of C#: by this, arithmetic is that of whole numbers or of others.</summary>
    public ValueKind Kind { get; init; }
}

/// <summary>The kinds of values that the compiler computes with.</summary>
public enum ValueKind
{
    /// <summary>Any other.</summary>
    Other,

    /// <summary>True or false.</summary>
    Bool,

    /// <summary>A whole number of 32 bits.</summary>
    Int32,

    /// <summary>A whole number of 64 bits.</summary>
    Int64,

    /// <summary>A number in single precision.</summary>
    Single,

    /// <summary>A number in double precision.</summary>
    Double,

    /// <summary>A tensor.</summary>
    Tensor,
}

/// <summary>What no site can change.</summary>
/// <param name="Text">As it is written.</param>
public sealed record Constant(string Text) : Expr
{
    private const string Omitted = "default ";

    /// <summary>The number or truth that it is; null for others.</summary>
    public double? Number { get; init; }

    /// <summary>The default value of a parameter whose argument is left out.</summary>
    public static Constant Default(string parameter) => new(Omitted + parameter);

    /// <summary>Whether it is the default value of a parameter.</summary>
    public bool IsDefault => Text.StartsWith(Omitted, StringComparison.Ordinal);
}

/// <summary>A local, a parameter or a field.</summary>
public sealed record Variable(string Name) : Expr;

/// <summary>A variable gets the value; where the target is only a part of it, it keeps what it had as well.</summary>
public sealed record Assign(string Variable, Expr Value, bool Partial) : Expr;

/// <summary>A site acts; its value is the value.</summary>
public sealed record SiteValue(int Slot, EquatableArray<Expr> Arguments) : Expr;

/// <summary>The value that a site has got: what its name stands for in a density.</summary>
public sealed record SiteRef(int Slot) : Expr;

/// <summary>A value that is made of others, which are computed first, in order.</summary>
public abstract record Compound(EquatableArray<Expr> Operands) : Expr
{
    private protected static EquatableArray<Expr> One(Expr operand) => new[] { operand }.ToEquatableArray();
}

/// <summary>A known operation. An operand that is neither a tensor nor a number to compute with has its parameter's name: a <see cref="Named"/>.</summary>
public sealed record Operation(Op Op, EquatableArray<Expr> Operands) : Compound(Operands);

/// <summary>An argument with the name of its parameter.</summary>
public sealed record Named(string Parameter, EquatableArray<Expr> Operands) : Compound(Operands)
{
    /// <summary>The argument.</summary>
    public Named(string parameter, Expr value)
        : this(parameter, One(value))
    {
    }

    /// <summary>What it is.</summary>
    public Expr Value => Operands[0];
}

/// <summary>A number as one of another type, or an object as one of another class.</summary>
public sealed record Cast(string Type, EquatableArray<Expr> Operands) : Compound(Operands)
{
    /// <summary>The conversion of a value.</summary>
    public Cast(string type, Expr value)
        : this(type, One(value))
    {
    }

    /// <summary>What is converted.</summary>
    public Expr Value => Operands[0];
}

/// <summary>A member of an object.</summary>
public sealed record Member(string Name, EquatableArray<Expr> Operands) : Compound(Operands)
{
    /// <summary>The member of a value.</summary>
    public Member(Expr value, string name)
        : this(name, One(value))
    {
    }

    /// <summary>The object.</summary>
    public Expr Value => Operands[0];
}

/// <summary>An element, or a part, of the first operand, by the others.</summary>
public sealed record Element(EquatableArray<Expr> Operands) : Compound(Operands)
{
    /// <summary>What the element is one of.</summary>
    public Expr Whole => Operands[0];

    /// <summary>Which it is.</summary>
    public IEnumerable<Expr> Indices => Operands.Skip(1);
}

/// <summary>Several values, written out: an array, a list, a tuple.</summary>
public sealed record Items(EquatableArray<Expr> Operands) : Compound(Operands);

/// <summary>An object is made; operands as those of an operation, with what its initializer gives it.</summary>
/// <param name="Type">The name of its class.</param>
/// <param name="IsFamily">Whether the class is one of distributions that says what it is.</param>
/// <param name="Operands">The arguments.</param>
public sealed record Creation(string Type, bool IsFamily, EquatableArray<Expr> Operands) : Compound(Operands);

/// <summary>A primitive that opens a plate or a block of weights.</summary>
public sealed record Opening(string Primitive, EquatableArray<Expr> Operands) : Compound(Operands);

/// <summary>Values that are computed in order, of which the last one is its value.</summary>
public sealed record Sequence(EquatableArray<Expr> Operands) : Compound(Operands);

/// <summary>Another form of C#: it gives a value, and does nothing beside.</summary>
/// <param name="Name">As it is written, without the operands.</param>
/// <param name="Operands">The operands.</param>
public sealed record Form(string Name, EquatableArray<Expr> Operands) : Compound(Operands);

/// <summary>A value that decides, and those of which one is computed, or none.</summary>
public sealed record Conditional(Choice Choice, Expr Condition, EquatableArray<Expr> Arms) : Expr
{
    /// <summary>Whether one of the arms is computed in any case.</summary>
    public bool IsComplete => Choice is Choice.Either or Choice.Last;
}

/// <summary>How a value decides.</summary>
public enum Choice
{
    /// <summary>The first arm where it holds, the second where it does not.</summary>
    Either,

    /// <summary>The arm where it holds, and else false.</summary>
    And,

    /// <summary>True where it holds, and else the arm.</summary>
    Or,

    /// <summary>The value, or the arm where it is null.</summary>
    Coalesce,

    /// <summary>Null where it is null, and else the arm.</summary>
    Access,

    /// <summary>The arm where it holds, and else an exception.</summary>
    Last,
}

/// <summary>A function as a value; it may run now or later.</summary>
public sealed record Lambda(Function Function) : Expr;

/// <summary>A function runs, by its name or as a value.</summary>
public sealed record Call(Expr Target, EquatableArray<Expr> Arguments) : Expr;

/// <summary>C# that the compiler does not look into: it reads the inputs and may change the variables in <paramref name="Mutates"/>.</summary>
public sealed record Opaque(string CSharp, EquatableArray<Expr> Inputs, EquatableArray<string> Mutates) : Expr;
