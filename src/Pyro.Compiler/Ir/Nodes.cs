namespace Pyro.Compiler.Ir;

// The body of a program: what acts in which order, and what it computes with. All of it is values: equal text gives equal nodes.

/// <summary>A statement.</summary>
public abstract record Node;

/// <summary>Statements in order.</summary>
public sealed record Block(EquatableArray<Node> Nodes) : Node;

/// <summary>A variable gets a value; where the target is only a part of it, it keeps what it had as well.</summary>
public sealed record Bind(string Variable, Expr Value, bool Partial) : Node;

/// <summary>A value is computed for what happens on the way.</summary>
public sealed record Evaluate(Expr Value) : Node;

/// <summary>One of two blocks runs.</summary>
public sealed record Branch(Expr Condition, Block Then, Block Else) : Node;

/// <summary>A block runs any number of times; the variables come from the source.</summary>
public sealed record Loop(Expr Source, EquatableArray<string> Variables, Block Body) : Node;

/// <summary>A block runs inside of a vectorised plate.</summary>
public sealed record PlateScope(int Plate, Expr Size, Block Body) : Node;

/// <summary>The program, or the round of a loop, ends here.</summary>
public sealed record Leave(Expr? Value) : Node;

/// <summary>A value.</summary>
public abstract record Expr;

/// <summary>What no site can change.</summary>
public sealed record Constant(string Text) : Expr;

/// <summary>A local, a parameter or a field.</summary>
public sealed record Variable(string Name) : Expr;

/// <summary>A site acts; its value is the value.</summary>
public sealed record SiteValue(int Slot, EquatableArray<Expr> Arguments) : Expr;

/// <summary>Another program runs; its sites are among ours.</summary>
public sealed record ProgramCall(string Name, EquatableArray<int> Slots, EquatableArray<Expr> Arguments) : Expr;

/// <summary>A known operation.</summary>
public sealed record Operation(string Name, EquatableArray<Expr> Operands) : Expr;

/// <summary>One of several values, by a condition.</summary>
public sealed record Conditional(Expr Condition, EquatableArray<Expr> Arms) : Expr;

/// <summary>A function that may run now or later.</summary>
public sealed record Lambda(Block Body) : Expr;

/// <summary>C# that the compiler does not look into: it reads the inputs and may change the variables in <paramref name="Mutates"/>.</summary>
public sealed record Opaque(string CSharp, EquatableArray<Expr> Inputs, EquatableArray<string> Mutates) : Expr;
