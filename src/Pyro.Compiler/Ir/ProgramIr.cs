namespace Pyro.Compiler.Ir;

/// <summary>What happens at a site.</summary>
public enum SiteKind
{
    /// <summary>A random choice that inference decides.</summary>
    Latent,

    /// <summary>A random choice whose value is given.</summary>
    Observed,

    /// <summary>A learnable parameter.</summary>
    Param,
}

/// <summary>Where something is written; lines and columns count from 1.</summary>
public sealed record Span(string File, int Line, int Column, int EndLine, int EndColumn);

/// <summary>
/// A site, or a family of sites when its name has places for indices. <paramref name="Rounds"/> says of each place which loop around the site, counted from the
/// outermost as 1, it is the index of: in one round of it the place has one number. 0 where it may have several.
/// </summary>
public sealed record SiteIr(int Slot, string Name, SiteKind Kind, DistributionIr Distribution, EquatableArray<int> Plates, EquatableArray<int> Rounds, Span Span)
{
    /// <summary>The member that holds it in generated code.</summary>
    public string Member { get; init; } = "";

    /// <summary>Whether the program may give its value where it is said to be latent.</summary>
    public bool MayBeGiven { get; init; }
}

/// <summary>What the compiler knows about a distribution; empty names where it cannot know, and no rank.</summary>
public sealed record DistributionIr(string Name, string Support, int? EventRank, bool Reparameterized, bool Enumerable)
{
    /// <summary>What is known before the program runs when the distribution is not: nothing.</summary>
    public static DistributionIr Unknown { get; } = new("", "", null, Reparameterized: false, Enumerable: false);

    /// <summary>How many of the event's dimensions are the family's own.</summary>
    public int OwnRank { get; init; }

    /// <summary>Whether its parameters are vectors: a probability for each outcome, a concentration for each dimension.</summary>
    public bool TakesVectors { get; init; }

    /// <summary>The type of the values that a site of it gives the program, as generated code writes it; null for tensors.</summary>
    public string? ValueType { get; init; }
}

/// <summary>A plate: a dimension (IArange) or a loop (IRange).</summary>
public sealed record PlateIr(string Name, bool Vectorized)
{
    /// <summary>The member that holds it in generated code.</summary>
    public string Member { get; init; } = "";
}

/// <summary>An IRange loop: its plate, where it is written, and why its iterations run one after another; null where they run as one.</summary>
public sealed record LoopIr(int Plate, Span Span, string? Sequential);

/// <summary>A type around the method: "partial class", its name with type parameters, whether it inherits from another class.</summary>
public sealed record TypeIr(string Keyword, string Name, bool IsDerived);

/// <summary>From where the program can be used, and the body that it runs; whether pointers are allowed in it.</summary>
public sealed record AccessIr(string Program, string Body, bool IsUnsafe);

/// <summary>A namespace around the method, empty for the file itself, with its using directives; whether it is declared for the whole file.</summary>
public sealed record NamespaceIr(string Name, EquatableArray<string> Usings, bool IsFileScoped);

/// <summary>A type that generated code speaks of, by its full name, and as it is written there.</summary>
public sealed record TypeName(string FullName, string Written);

/// <summary>A parameter: its modifiers and type as generated code writes them, its name, its default value as C# or an empty string, and what it is.</summary>
public sealed record ParameterIr(string Modifier, string Type, string Name, string Default, ValueKind Kind)
{
    private static readonly HashSet<string> Reserved = ["CompareTo", "Deconstruct", "Equals", "GetHashCode", "Rest", "ToString"];

    /// <summary>Its name as a part of the tuple of all arguments: that has some names of its own.</summary>
    public string Element => Reserved.Contains(Name) || (Name.StartsWith("Item", StringComparison.Ordinal) && int.TryParse(Name.Substring(4), out _)) ? Name + "_" : Name;
}

/// <summary>A piece of the body's text to be replaced.</summary>
public sealed record Edit(int Start, int Length, string Replacement);

/// <summary>
/// A place in the body where a statement starts that would not stand where the user wrote it, because its text or that before it on its line is changed. Its first
/// line is said to be <paramref name="Span"/>: as a whole, or from its first column on.
/// </summary>
public sealed record LineMark(int Start, Span Span, bool IsWhole);

/// <summary>
/// The body as written, with the preprocessor symbols that its file defines; the name of the parameter with the explicit context, and what is replaced so that primitives act
/// on that. <paramref name="Indent"/> is what stands before it on its line, null where that is more than space; <paramref name="At"/> is null
/// where the user hides it from debuggers.
/// </summary>
public sealed record BodyIr(
    string Text, bool IsExpression, string? Indent, Span? At, bool Nullable, EquatableArray<string> Symbols, string Context, EquatableArray<Edit> Edits,
    EquatableArray<LineMark> Marks);

/// <summary>An edge of the dependency graph, by slot: of the loops around both sites, outermost first, it stays in one round of that many.</summary>
public sealed record Edge(int From, int To, int SameRounds);

/// <summary>
/// A program: a method marked [Model] or [Guide], with all that the emitters and the analyses need to know. <paramref name="Aliases"/> are the groups of variables
/// that a change of one may show in; <paramref name="Twins"/> tells its file from those of names that differ in case alone.
/// </summary>
public sealed record ProgramIr(
    EquatableArray<NamespaceIr> Namespaces,
    EquatableArray<TypeIr> Types,
    string Method,
    string Suffix,
    bool IsStatic,
    string Twins,
    AccessIr Access,
    string? GuideOf,
    EquatableArray<ParameterIr> Parameters,
    string? ReturnType,
    EquatableArray<SiteIr> Sites,
    EquatableArray<PlateIr> Plates,
    EquatableArray<LoopIr> Loops,
    bool HasDynamicSites,
    Block Nodes,
    EquatableArray<EquatableArray<string>> Aliases,
    BodyIr Body)
{
    /// <summary>Whether it is a method of objects: of a class or an interface, not of values.</summary>
    public bool IsOfObjects => !IsStatic && !Types[Types.Count - 1].Keyword.EndsWith("struct", StringComparison.Ordinal);

    /// <summary>The types that generated code speaks of and that cannot be called by their own name alone there.</summary>
    public EquatableArray<TypeName> Names { get; init; }

    /// <summary>The dependency graph.</summary>
    public EquatableArray<Edge> Edges { get; init; }

    /// <summary>The method's documentation id, where other assemblies can call it; null where none can.</summary>
    public string? OfferedAs { get; init; }

    /// <summary>Whether a tensor is changed in place somewhere in it, or in what it calls.</summary>
    public bool ChangesTensors { get; init; }

    /// <summary>Whether there may be sites in methods that are not followed.</summary>
    public bool MayHaveOtherSites { get; init; }

    /// <summary>The names of values without a density, as far as they are constants.</summary>
    public EquatableArray<string> OtherNames { get; init; }

    /// <summary>Whether there may be other names than those of sites, plates and <see cref="OtherNames"/>.</summary>
    public bool MayHaveOtherNames { get; init; }

    /// <summary>How its arguments reach its sites, and what reaches its result; nothing of a program that no other assembly can call.</summary>
    public FlowsIr Flows { get; init; } = FlowsIr.None;

    /// <summary>The slots of the sites that every run has which ends without an exception.</summary>
    public EquatableArray<int> Certain { get; init; }

    /// <summary>What each site's density is computed from, by slot.</summary>
    public EquatableArray<DensityIr> Densities { get; init; }
}
