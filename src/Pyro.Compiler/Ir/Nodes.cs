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

/// <summary>A block runs any number of times; the variables come from the source. The plate is that of an IRange, or -1.</summary>
public sealed record Loop(Expr Source, EquatableArray<string> Variables, Block Body, int Plate) : Node;

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
public abstract record Expr;

/// <summary>What no site can change.</summary>
public sealed record Constant(string Text) : Expr
{
    private const string Omitted = "default ";

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

/// <summary>A known operation. An operand that is neither a tensor nor a number to compute with is an operation named for its parameter: "dim:" of 1.</summary>
public sealed record Operation(string Name, EquatableArray<Expr> Operands) : Expr;

/// <summary>An object is made; operands as those of an operation, with what its initializer gives it.</summary>
/// <param name="Type">The name of its class.</param>
/// <param name="IsFamily">Whether the class is one of distributions that says what it is.</param>
/// <param name="Operands">The arguments.</param>
public sealed record Creation(string Type, bool IsFamily, EquatableArray<Expr> Operands) : Expr;

/// <summary>One of several values, by a condition.</summary>
public sealed record Conditional(Expr Condition, EquatableArray<Expr> Arms) : Expr;

/// <summary>A function as a value; it may run now or later.</summary>
public sealed record Lambda(Function Function) : Expr;

/// <summary>A function runs, by its name or as a value.</summary>
public sealed record Call(Expr Target, EquatableArray<Expr> Arguments) : Expr;

/// <summary>C# that the compiler does not look into: it reads the inputs and may change the variables in <paramref name="Mutates"/>.</summary>
public sealed record Opaque(string CSharp, EquatableArray<Expr> Inputs, EquatableArray<string> Mutates) : Expr;
